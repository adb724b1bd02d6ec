"""A stored original as a response: saved by the browser and never opened in the office's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse

from gongkai.office.acts.attachments.errors import DamagedError, StoreError
from gongkai.office.acts.attachments.scanning import Verdict
from gongkai.office.acts.attachments.store import FileStore

if TYPE_CHECKING:
    from gongkai.office.acts.models import Attachment

_VERIFIED_AT_ONCE = 50 * 1024 * 1024  # bytes; larger ones are verified by the nightly job
# What a browser would run or draw under the office's own address, were it ever shown.
_ACTIVE = frozenset({"html", "svg", "xml", "mht"})


class InfectedError(StoreError):
    """The scanner found a virus after the file had been taken."""


def download(attachment: Attachment, store: FileStore) -> FileResponse:
    """The content, streamed, after its hash was verified (up to 50 MB). Whether it may be read the view has asked.

    Raises StoreError with a sentence for the page: infected, missing or damaged.
    """
    file = attachment.file
    if file.scan.verdict == Verdict.INFECTED:
        raise InfectedError(f"这份附件{file.scan.sentence()}，不能下载；请联系系统管理员")
    if file.damaged:
        raise DamagedError(file.sha256, "内容已损坏")
    if file.size <= _VERIFIED_AT_ONCE:
        store.verify(file.sha256)
    media_type = "application/octet-stream" if file.kind_key in _ACTIVE else file.kind.media_type
    response = FileResponse(
        store.open(file.sha256), as_attachment=True, filename=attachment.name, content_type=media_type
    )
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response

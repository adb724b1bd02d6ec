"""The originals: sealed as attachments of their batch, found again by their hash."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from django.core.files.uploadedfile import UploadedFile

from gongkai.office.acts.attachments import names
from gongkai.office.acts.attachments.scanning import Verdict
from gongkai.office.acts.models import Attachment, StoredFile
from gongkai.office.acts.policy import Actor
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.acts.services.attachments import RefusedFileError, attach, store
from gongkai.office.analysis.models import Batch, Document
from gongkai.office.analysis.services.making import made
from gongkai.reading.formats import too_large
from gongkai.reading.limits import MAX_BYTES

__all__ = ["Lending", "RefusedFileError", "bytes_of", "keep", "release", "shown_name", "shown_path"]


def shown_name(file: UploadedFile[Any]) -> str:
    """The name as it may be shown: no path, no marks that turn the direction of reading."""
    return names.clean(file.name or "")


def shown_path(label: str) -> str:
    """The same for the name of a member of an archive, with its folders."""
    return "/".join(names.clean(part) for part in label.split("/") if part.strip(" ."))


def keep(actor: Actor, batch: Batch, file: UploadedFile[Any]) -> Attachment:
    """Seal the original. Raises RefusedFileError for programs, empty files, viruses, and what is too large to read."""
    if (file.size or 0) > MAX_BYTES:
        raise RefusedFileError(too_large(file.size or 0))
    return attach(actor, batch, file)


def release(batch: Batch) -> None:
    """Let go of the originals of a batch that is removed: content that nothing else claims goes with the next sweep."""
    attachments = attachments_of(batch)
    files = set(attachments.values_list("file", flat=True))
    attachments.delete()
    StoredFile.objects.filter(pk__in=files, attachments=None).delete()


class Lending:
    """Plain copies for the process apart, for the time of a ``with``: the same file again is the same copy.

    So the documents of an archive, which come one after the other, cost it one copy.
    """

    def __init__(self) -> None:
        self._held = ExitStack()
        self._sha256, self._path = "", Path()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._held.close()

    def path_of(self, document: Document) -> Path:
        """The original in which ``document`` is found: the file itself, or the archive that holds it.

        There until the next one is asked for. Raises StoreError, and RefusedFileError for one in which a virus was
        found since.
        """
        _demand_clean(document)
        if document.sha256 != self._sha256:
            self._held.close()
            self._sha256 = ""
            self._path = self._held.enter_context(store().lent(document.sha256))
            self._sha256 = document.sha256
        return self._path


def bytes_of(document: Document) -> bytes:
    """The bytes of a document: of the file, or of the member of its archive.

    Raises StoreError, ApartError, RefusedFileError.
    """
    if document.source.get("member"):
        with Lending() as lending:
            return made("original", {"path": str(lending.path_of(document)), "member": document.source["member"]})
    _demand_clean(document)
    return store().read(document.sha256)


def _demand_clean(document: Document) -> None:
    known = StoredFile.objects.filter(sha256=document.sha256).first()
    if known is not None and known.scan.verdict == Verdict.INFECTED:
        raise RefusedFileError(known.scan.sentence())

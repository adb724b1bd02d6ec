"""The originals: sealed as attachments of their batch, found again by their hash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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

__all__ = ["RefusedFileError", "bytes_of", "keep", "path_of", "release", "shown_name", "shown_path"]


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


def path_of(document: Document) -> Path:
    """The original in which ``document`` is found: the file itself, or the archive that holds it.

    Raises RefusedFileError for one in which a virus was found since.
    """
    known = StoredFile.objects.filter(sha256=document.sha256).first()
    if known is not None and known.scan.verdict == Verdict.INFECTED:
        raise RefusedFileError(known.scan.sentence())
    return store().path(document.sha256)


def bytes_of(document: Document) -> bytes:
    """The bytes of a document: of the file, or of the member of its archive.

    Raises StoreError, ApartError, RefusedFileError.
    """
    path = path_of(document)
    if document.source.get("member"):
        return made("original", {"path": str(path), "member": document.source["member"]})
    return store().read(document.sha256)

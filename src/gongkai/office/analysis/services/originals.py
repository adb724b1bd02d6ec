"""The originals: where the bytes of an upload are kept, unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gongkai.office.acts.attachments import content, names
from gongkai.office.acts.attachments.store import FileStore, StoreError
from gongkai.office.analysis.models import Document
from gongkai.office.analysis.services.making import made
from gongkai.reading.limits import MAX_BYTES


class RefusedFileError(Exception):
    """A file that is not taken; ``str(error)`` is the Chinese line that says why."""


class Kept(NamedTuple):
    """A sealed original."""

    name: str
    sha256: str
    size: int


def store() -> FileStore:
    return FileStore(Path(settings.DATA) / "files")


def shown_name(file: UploadedFile) -> str:
    """The name as it may be shown: no path, no marks that turn the direction of reading."""
    return names.clean(file.name or "")


def shown_path(label: str) -> str:
    """The same for the name of a member of an archive, with its folders."""
    return "/".join(names.clean(part) for part in label.split("/") if part.strip(" ."))


def keep(file: UploadedFile) -> Kept:
    """Seal the original. Raises RefusedFileError for programs, empty files, and what is too large."""
    name = shown_name(file)
    try:
        stored = store().put(file.chunks(), MAX_BYTES, declared=file.size)
    except StoreError as error:
        raise RefusedFileError(str(error)) from error
    if refusal := names.refusal(name, content.kind_of_file(store().path(stored.sha256))):
        raise RefusedFileError(refusal)
    return Kept(name, stored.sha256, stored.size)


def path_of(document: Document) -> Path:
    """The original in which ``document`` is found: the file itself, or the archive that holds it."""
    return store().path(document.sha256)


def bytes_of(document: Document) -> bytes:
    """The bytes of a document: of the file, or of the member of its archive. Raises StoreError, ApartError."""
    if document.source.get("member"):
        return made("original", {"path": str(path_of(document)), "member": document.source["member"]})
    return store().read(document.sha256)

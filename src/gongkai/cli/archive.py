"""Archives of documents (.zip): each member a source of its own, inflated within bounds, names as the sender saw."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from gongkai.cli.source import Source, is_document, is_json, system_reason
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_BYTES
from gongkai.reading.office.container import Container

MAX_ARCHIVE = 2 * 1024**3  # bytes that come out of one archive, all members together
# A Word or Excel file is a zip container too; it is told by this member, whatever its suffix.
_OFFICE = "[Content_Types].xml"


class Archive(Container):
    """A container whose members are documents: each may be as large as a file, all together ``MAX_ARCHIVE``."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data, MAX_BYTES)
        self._total = 0

    def read(self, name: str) -> bytes:
        if self._total > MAX_ARCHIVE:
            raise UnreadableError("压缩包损坏或解压后过大，其余文件不予读取")
        self._left = MAX_BYTES
        try:
            content = super().read(name)
        except UnreadableError:
            # A member may have been inflated before it was refused; one with a password never is.
            if name in self and not self._members[name].flag_bits & 0x1:
                self._total += MAX_BYTES
            raise
        self._total += len(content)
        return content


def members(path: str) -> Iterator[Source]:
    """The documents in the archive at ``path``, labelled "a.zip!folder/b.html". An archive that cannot be opened is
    one source with an ``error``."""
    try:
        names = _open(path).names
    except UnreadableError as error:
        yield Source(path, error=str(error))
        return
    if _OFFICE in names or "OFD.xml" in names:
        yield Source(path, path)
        return
    yield from _sources(path, names, None)


def members_of(label: str, data: bytes) -> Iterator[Source]:
    """The same for an archive on standard input; a Word or Excel file there is one document."""
    try:
        archive = Archive(data)
    except UnreadableError as error:
        yield Source(label, error=str(error))
        return
    if _OFFICE in archive.names or "OFD.xml" in archive.names:
        yield Source(label, data=data)
    else:
        yield from _sources(label, archive.names, archive)


def _sources(label: str, names: list[str], archive: Archive | None) -> Iterator[Source]:
    found = False
    for name in sorted(names):
        parts = name.split("/")
        if "__MACOSX" in parts or any(p.startswith(".") for p in parts[:-1]) or not is_document(parts[-1]):
            continue
        found = True
        place = f"{label}!{name}"
        if os.path.splitext(name)[1].lower() == ".zip":
            yield Source(place, error="压缩包里还有压缩包，不再打开；请先解压")
        elif archive is None:
            yield Source(place, label, member=name, is_json=is_json(name))
        else:
            try:
                yield Source(place, data=archive.read(name), is_json=is_json(name))
            except UnreadableError as error:
                yield Source(place, error=str(error))
    if not found:
        yield Source(label, error="压缩包里没有可读的文件")


@lru_cache(maxsize=1)
def _open(path: str) -> Archive:
    """The archive at ``path``, kept while its members are read one after another."""
    try:
        if os.path.getsize(path) > MAX_BYTES:
            raise UnreadableError(f"压缩包超过 {MAX_BYTES // 1024**2} MB，不予读取；请分成几个或先解压")
        return Archive(Path(path).read_bytes())
    except OSError as error:
        raise UnreadableError(system_reason(error)) from error


def member_bytes(path: str, name: str) -> bytes:
    """The bytes of the member ``name`` of the archive at ``path``. Raises UnreadableError."""
    return _open(path).read(name)

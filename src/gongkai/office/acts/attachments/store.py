"""The files of the office on disk, each under the hash of its content: what was handed in stays as it was.

``root/ab/cd/abcd…`` holds the sealed originals (read-only), ``root/incoming`` what is being written. A file appears
under its hash only when it is whole and on disk, so that a process killed at any moment leaves nothing half-written
but a leftover in ``incoming``, which ``sweep`` finds by its lock. The same content is kept once, however many write it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 256 * 1024
_SEALED = 0o440
_HASH = re.compile(r"[0-9a-f]{64}")
_MEGABYTE = 1024 * 1024


class StoreError(Exception):
    """What the store cannot do; ``str(error)`` is one sentence for the person at the screen."""


class TooLargeError(StoreError):
    """More came than is taken. ``limit`` in bytes."""

    def __init__(self, limit: int, size: int | None = None) -> None:
        self.limit, self.size = limit, size
        found = f"文件有 {_megabytes(size)} MB，" if size else "文件"
        super().__init__(f"{found}超过上限 {_megabytes(limit)} MB，没有保存；请压缩、拆分后再上传")


class DamagedError(StoreError):
    """The file under a hash is not there or no longer has that hash."""

    def __init__(self, sha256: str, reason: str) -> None:
        self.sha256 = sha256
        super().__init__(f"存储的文件{reason}（编号 {sha256[:12]}），无法提供；请联系系统管理员从备份恢复")


@dataclass(frozen=True, slots=True)
class Stored:
    """``size`` in bytes; ``new`` is False when the same content was there already."""

    sha256: str
    size: int
    new: bool


class FileStore:
    """A store in the folder ``root``, which is made when it is missing. Safe for many processes at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._incoming = root / "incoming"

    def put(self, source: Iterable[bytes], limit: int, declared: int | None = None) -> Stored:
        """Keep what ``source`` gives, chunk by chunk, and at most ``limit`` bytes.

        ``declared``: the size the sender told, for refusing early. Raises TooLargeError, and StoreError when the disk
        does not take it; nothing is left behind.
        """
        if declared is not None and declared > limit:
            raise TooLargeError(limit, declared)
        try:
            part, file = self._begin()
            try:
                with file:
                    digest, size = _copy(source, file, limit)
                    file.flush()
                    os.fchmod(file.fileno(), _SEALED)
                    os.fsync(file.fileno())
                    with self._locked(fcntl.LOCK_SH):
                        return Stored(digest, size, self._publish(part, digest, size))
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"文件没有保存成功：{error.strerror or error}；请稍后再试，或联系系统管理员") from error

    def path(self, sha256: str) -> Path:
        """Where the content with this hash is kept. Raises ValueError for what is no hash."""
        if not _HASH.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def open(self, sha256: str) -> BinaryIO:
        """The file for reading, not verified. Raises DamagedError when it is missing or cannot be opened."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            raise DamagedError(sha256, "不见了") from None
        except OSError as error:
            raise DamagedError(sha256, f"打不开：{error.strerror or error}") from error

    def read(self, sha256: str) -> bytes:
        """The content, verified. Raises DamagedError."""
        with self.open(sha256) as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedError(sha256, "内容已损坏")
        return data

    def verify(self, sha256: str) -> int:
        """The size in bytes, when the content still has its hash. Raises DamagedError."""
        with self.open(sha256) as file:
            digest, size = hashlib.sha256(), 0
            for chunk in chunks(file):
                digest.update(chunk)
                size += len(chunk)
        if digest.hexdigest() != sha256:
            raise DamagedError(sha256, "内容已损坏")
        return size

    def hashes(self) -> Iterator[str]:
        """All that is kept, in order."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if _HASH.fullmatch(path.name):
                yield path.name

    def sweep(self) -> int:
        """Remove what killed writers left in ``incoming``; what is being written now is locked and stays. How many."""
        removed = 0
        for part in self._incoming.glob("*.part") if self._incoming.is_dir() else ():
            with suppress(OSError), part.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                part.unlink()
                removed += 1
        return removed

    def remove_unclaimed(self, claimed: Callable[[list[str]], set[str]], older_than: float = 86_400.0) -> list[str]:
        """Remove content that no record claims: its transaction was rolled back after the file had been written.

        ``claimed`` says which of some hashes have a record. Only what was last handed in ``older_than`` seconds ago
        or longer is looked at: no transaction lasts so long, so a record that is not there will not come.
        """
        limit = time.time() - older_than
        old = [sha256 for sha256 in self.hashes() if self.path(sha256).stat().st_mtime < limit]
        removed = []
        for start in range(0, len(old), 500):
            group = old[start : start + 500]
            kept = claimed(group)
            with self._locked(fcntl.LOCK_EX):
                for sha256 in group:
                    if sha256 not in kept and self.path(sha256).stat().st_mtime < limit:
                        self.path(sha256).unlink()
                        removed.append(sha256)
        return removed

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Between those that hand in again what is there (shared) and the one that removes it (exclusive)."""
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, how)
            yield
        finally:
            os.close(descriptor)

    def _begin(self) -> tuple[Path, BinaryIO]:
        """A new file in ``incoming``, locked. A sweep may take it between its making and its lock: then another."""
        self._incoming.mkdir(parents=True, exist_ok=True, mode=0o750)
        while True:
            part = self._incoming / f"{secrets.token_hex(16)}.part"
            file = part.open("xb")
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file.fileno()).st_nlink:
                return part, file
            file.close()

    def _publish(self, part: Path, sha256: str, size: int) -> bool:
        """Put the whole file under its hash; False when it was there; a damaged one there is replaced."""
        target = self.path(sha256)
        if target.is_file() and target.stat().st_size == size:
            with suppress(DamagedError):
                self.verify(sha256)
                os.utime(target)  # handed in again just now: see remove_unclaimed
                return False
        new = not target.exists()
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        os.replace(part, target)
        for folder in (target.parent, target.parent.parent, self.root):
            _sync(folder)
        return new


def _copy(source: Iterable[bytes], file: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in source:
        size += len(chunk)
        if size > limit:
            raise TooLargeError(limit)
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest(), size


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """What is left of an open file, in chunks of 256 KB."""
    while chunk := file.read(CHUNK):
        yield chunk


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _megabytes(size: int | None) -> str:
    return f"{(size or 0) / _MEGABYTE:.1f}".removesuffix(".0")

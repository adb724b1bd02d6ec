"""The files of the office on disk, encrypted, each under the hash of its content: what was handed in stays as it was.

``root/ab/cd/abcd…`` holds the originals (read-only, sealed as ``sealing`` says), ``root/incoming`` what is being
written, sealed as well, ``root/lent`` plain copies while a program needs one (``lending``). A file appears under its
hash only when it is whole and on disk, so that a process killed at any moment leaves nothing half-written but a
leftover in ``incoming``, which ``sweep`` finds by its lock. The same content is kept once, however many write it.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gongkai.office.acts.attachments import lending, sealing
from gongkai.office.acts.attachments.errors import DamagedError, StoreError, TooLargeError
from gongkai.office.acts.attachments.sealing import Sealer
from gongkai.office.acts.personal.keys import Keyring

CHUNK = 256 * 1024
_SEALED = 0o440
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stored:
    """``size`` in bytes; ``new`` is False when the same content was there already."""

    sha256: str
    size: int
    new: bool


class FileStore:
    """A store in the folder ``root``, which is made when it is missing. Safe for many processes at once.

    ``keys``: what is written is sealed with the current one.
    """

    def __init__(self, root: Path, keys: Keyring) -> None:
        self.root = root
        self._keys = keys
        self._incoming = root / "incoming"
        self._lent = root / "lent"

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
                    digest, size = self._seal(source, file, limit)
                    with self._locked(fcntl.LOCK_SH):
                        return Stored(digest, size, self._publish(part, digest))
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"文件没有保存成功：{error.strerror or error}；请稍后再试，或联系系统管理员") from error

    def __contains__(self, sha256: str) -> bool:
        return self._place(sha256).is_file()

    def open(self, sha256: str) -> BinaryIO:
        """The plain content for reading and seeking, its hash not verified.

        Raises DamagedError when it is missing, cannot be opened, or was cut off, and when a part is read that was
        changed on the disk; LockedError when its key is missing.
        """
        try:
            file = io.FileIO(self._place(sha256))
        except FileNotFoundError:
            raise DamagedError(sha256, "不见了") from None
        except OSError as error:
            raise DamagedError(sha256, f"打不开：{error.strerror or error}") from error
        return sealing.opened(file, self._keys, sha256)

    def read(self, sha256: str) -> bytes:
        """The content, verified. Raises DamagedError, LockedError."""
        return b"".join(self._verified(sha256))

    def verify(self, sha256: str) -> int:
        """The size in bytes, when the content still has its hash. Raises DamagedError, LockedError."""
        return sum(len(chunk) for chunk in self._verified(sha256))

    @contextmanager
    def lent(self, sha256: str, name: str = "original") -> Iterator[Path]:
        """A plain copy of this name, verified, for a program that needs a path; alone in a folder where it may write.

        Removed at the end of the ``with``, with all else in the folder. Raises StoreError.
        """
        with ExitStack() as stack:
            try:
                copy = stack.enter_context(lending.folder(self._lent)) / name
                with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.writelines(self._verified(sha256))
            except OSError as error:
                raise StoreError(f"文件没有打开：{error.strerror or error}；请稍后再试，或联系系统管理员") from error
            yield copy

    def outdated(self) -> Iterator[str]:
        """What is not sealed with the current key: with an older one, or from before files were sealed; in order."""
        for sha256 in self.hashes():
            with suppress(FileNotFoundError):  # removed meanwhile, as nobody claims it
                if not self._is_current(self._place(sha256)):
                    yield sha256

    def reseal(self, sha256: str) -> None:
        """Seal with the current key what is kept; whoever reads it meanwhile is not disturbed.

        Raises DamagedError and LockedError, the file is left as it is then; StoreError when the disk does not take it.
        """
        try:
            part, file = self._begin()
            try:
                with file:
                    self._seal(self._verified(sha256), file)
                    with self._locked(fcntl.LOCK_EX):
                        self._replace(part, sha256)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"文件没有重新加密：{error.strerror or error}") from error

    def hashes(self) -> Iterator[str]:
        """All that is kept, in order."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if _HASH.fullmatch(path.name):
                yield path.name

    def sweep(self) -> int:
        """Remove what the killed left in ``incoming`` and ``lent``; what is in use is locked and stays. How many."""
        removed = lending.clear_left(self._lent)
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
        old = [sha256 for sha256 in self.hashes() if self._place(sha256).stat().st_mtime < limit]
        removed = []
        for start in range(0, len(old), 500):
            group = old[start : start + 500]
            kept = claimed(group)
            with self._locked(fcntl.LOCK_EX):
                for sha256 in group:
                    if sha256 not in kept and self._place(sha256).stat().st_mtime < limit:
                        self._place(sha256).unlink()
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

    def _seal(self, source: Iterable[bytes], file: BinaryIO, limit: int | None = None) -> tuple[str, int]:
        """Write ``source`` into ``file``, sealed, and on to the disk; its hash and its size."""
        sealer, digest, size = Sealer(file, self._keys), hashlib.sha256(), 0
        for chunk in source:
            size += len(chunk)
            if limit is not None and size > limit:
                raise TooLargeError(limit)
            digest.update(chunk)
            sealer.write(chunk)
        sealer.finish(digest.hexdigest())
        file.flush()
        os.fchmod(file.fileno(), _SEALED)
        os.fsync(file.fileno())
        return digest.hexdigest(), size

    def _verified(self, sha256: str) -> Iterator[bytes]:
        """The content piece by piece; raises DamagedError at its end when it is another."""
        digest = hashlib.sha256()
        with self.open(sha256) as file:
            for chunk in chunks(file):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != sha256:
            raise DamagedError(sha256, "内容已损坏")

    def _publish(self, part: Path, sha256: str) -> bool:
        """Put the whole file under its hash; False when it was there; what is there is replaced where it is not
        sealed with the current key, or does not open."""
        target = self._place(sha256)
        new = not target.exists()
        if not new and self._is_current(target):
            with suppress(DamagedError):
                self.verify(sha256)
                os.utime(target)  # handed in again just now: see remove_unclaimed
                return False
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        os.replace(part, target)
        for folder in (target.parent, target.parent.parent, self.root):
            _sync(folder)
        return new

    def _replace(self, part: Path, sha256: str) -> None:
        """Put ``part`` in the place of the same content, where that is still wanted."""
        target = self._place(sha256)
        with suppress(FileNotFoundError):  # removed meanwhile, as nobody claims it: it does not come back
            kept = target.stat()
            os.utime(part, ns=(kept.st_atime_ns, kept.st_mtime_ns))  # when it was handed in: see remove_unclaimed
            os.replace(part, target)
            _sync(target.parent)

    def _is_current(self, path: Path) -> bool:
        with io.FileIO(path) as file:
            return sealing.is_current(file, self._keys)

    def _place(self, sha256: str) -> Path:
        """Where the content with this hash is kept. Raises ValueError for what is no hash."""
        if not _HASH.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
        return self.root / sha256[:2] / sha256[2:4] / sha256


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

"""How a file is sealed on the disk: in frames, to be written and read as a stream, from any place, in little memory.

    header = magic · version · number of the data key · salt, then frames of 64 KiB, each with 16 bytes of proof

Each frame is AES-256-GCM under a key of the file's own (``Keyring.of_file``: HKDF-SHA256 of the data key and the salt).
The nonce is the frame's number and whether it is the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway
and Vizár, 2015): frames that are cut off, moved, repeated or taken from elsewhere do not open. The header is bound into
every frame, the file's name into the last, which is opened before anything is given out: a file that was cut off, or
put under another's name, does not open either. The reasons: ``docs/decisions/0009-files-sealed-in-frames.md``.
"""

from __future__ import annotations

import io
import os
import secrets
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gongkai.office.acts.attachments.errors import DamagedError, LockedError
from gongkai.office.acts.personal.keys import NUMBER, Keyring, MissingKeyError

MAGIC = b"\x93GONGKAI"
FRAME = 64 * 1024
_VERSION = b"\x01"
_SALT = 32
_PREFIX = len(MAGIC) + len(_VERSION) + NUMBER
HEADER = _PREFIX + _SALT
PROOF = 16


class _Buffer(Protocol):
    def write(self, data: bytes, /) -> int: ...


class Sealer:
    """Seals into ``file`` what it is given piece by piece; ``finish`` writes the last frame."""

    def __init__(self, file: _Buffer, keys: Keyring) -> None:
        salt = secrets.token_bytes(_SALT)
        self._file = file
        self._header = prefix(keys) + salt
        self._cipher = AESGCM(keys.of_file(keys.number, salt))
        self._waiting = bytearray()
        self._number = 0
        file.write(self._header)

    def write(self, data: bytes) -> None:
        self._waiting += data
        whole = (len(self._waiting) - 1) // FRAME * FRAME  # something stays: what comes last must know that it is
        with memoryview(self._waiting) as waiting:
            for at in range(0, whole, FRAME):
                with waiting[at : at + FRAME] as frame:
                    self._write(frame)
        if whole > 0:
            del self._waiting[:whole]

    def finish(self, name: str) -> None:
        """``name``: under which the file will lie; under another it does not open."""
        self._write(self._waiting, name)

    def _write(self, frame: bytes | bytearray | memoryview, name: str | None = None) -> None:
        nonce, bound = _nonce(self._number, last=name is not None), self._header + (name or "").encode()
        self._file.write(self._cipher.encrypt(nonce, frame, bound))
        self._number += 1


def sealed(data: bytes, keys: Keyring, name: str) -> bytes:
    """``data`` as a sealed file of this name."""
    out = io.BytesIO()
    sealer = Sealer(out, keys)
    sealer.write(data)
    sealer.finish(name)
    return out.getvalue()


def prefix(keys: Keyring) -> bytes:
    """How a file begins that is sealed with the current key."""
    return MAGIC + _VERSION + keys.number


def is_current(file: BinaryIO, keys: Keyring) -> bool:
    """Whether a file, opened at its beginning, is sealed with the current key."""
    return file.read(_PREFIX) == prefix(keys)


def opened(file: io.FileIO, keys: Keyring, name: str) -> BinaryIO:
    """The plain content of a sealed file: to be read and sought in; closing it closes ``file``.

    A file without the magic was put there before files were sealed, and is given as it is. Raises DamagedError and
    LockedError, ``file`` is closed then; reading raises DamagedError at the first frame that was changed.
    """
    try:
        header = file.read(HEADER)
        if header.startswith(MAGIC):
            return io.BufferedReader(_Plain(file, header, keys, name), FRAME)
        file.seek(0)
        return io.BufferedReader(file, FRAME)
    except BaseException:
        file.close()
        raise


class _Plain(io.RawIOBase):
    def __init__(self, file: io.FileIO, header: bytes, keys: Keyring, name: str) -> None:
        self._file, self._header, self._name = file, header, name
        if len(header) < HEADER or header[len(MAGIC) : len(MAGIC) + 1] != _VERSION:
            raise DamagedError(name, "不完整或者格式不明")
        try:
            self._cipher = AESGCM(keys.of_file(header[_PREFIX - NUMBER : _PREFIX], header[_PREFIX:]))
        except MissingKeyError:
            raise LockedError(name) from None
        body = os.fstat(file.fileno()).st_size - HEADER
        self._last = max(0, body - 1) // (FRAME + PROOF)
        self._size = body - (self._last + 1) * PROOF
        self._at = 0
        self._open = -1, b""  # the frame that was opened last, and its number
        self._frame(self._last)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError(f"negative position {start + offset}")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, FRAME)
        piece = memoryview(self._frame(number))[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _frame(self, number: int) -> bytes:
        if self._open[0] != number:
            last = number == self._last
            frame = os.pread(self._file.fileno(), FRAME + PROOF, HEADER + number * (FRAME + PROOF))
            bound = self._header + (self._name.encode() if last else b"")
            try:
                self._open = number, self._cipher.decrypt(_nonce(number, last=last), frame, bound)
            except (InvalidTag, ValueError):  # ValueError: shorter than a proof
                raise DamagedError(self._name, "内容已损坏") from None
        return self._open[1]


def _nonce(number: int, *, last: bool) -> bytes:
    """Never twice with one key: each file has a key of its own."""
    return number.to_bytes(11, "big") + bytes([last])

"""Encryption of personal data: AES-256-GCM under keys that are changed now and then, and hashes for looking up.

A sealed value is ``version · key number · hash · nonce · ciphertext``. The key number says which key it was sealed
with; the hash, keyed as well, is what a search compares. Name of the field, key number and hash are bound into the
ciphertext: put into another field, or given another's hash, a value does not open.

From each key of ``DATA_KEYS`` three are derived, one to encrypt, one to hash and one for files (see
``attachments.sealing``), so that there is one secret to keep.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NUMBER = 4  # bytes that tell which key
_HASH, _NONCE = 32, 12
HEADER = len(VERSION) + NUMBER  # bytes that tell whether a value is sealed with the current key
HASH_FROM = HEADER + 1  # where the hash begins, counted from 1 as SQL does
_BODY = HEADER + _HASH + _NONCE
_KEY = 32


class SealError(Exception):
    """A sealed value does not open: its key is missing, it was changed, or it belongs to another field."""


class MissingKeyError(SealError):
    """The key with which it was sealed is not among DATA_KEYS."""

    def __init__(self, number: bytes) -> None:
        super().__init__(f"sealed with key {number.hex()}, which is not among DATA_KEYS")


class Keyring:
    """Keys of 32 bytes, the current one first. Raises ValueError when there is none or one has another length."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != _KEY for key in keys):
            raise ValueError(f"personal data needs keys of {_KEY} bytes, the current one first")
        self._ciphers = {_number(key): AESGCM(_derived(key, b"encrypt")) for key in keys}
        self._hashers = [_derived(key, b"look up") for key in keys]
        self._files = {_number(key): _derived(key, b"files") for key in keys}
        self.number = _number(keys[0])
        self.current = VERSION + self.number

    def seal(self, text: str, field: str, kind: str, sought: str) -> bytes:
        """``text`` encrypted for ``field`` ("app.model.field"); ``sought`` is what a search would look for."""
        digest = self._hash(self._hashers[0], kind, sought)
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._ciphers[self.current[1:]].encrypt(nonce, text.encode(), _bound(self.current, digest, field))
        return self.current + digest + nonce + sealed

    def open(self, sealed: bytes, field: str) -> str:
        """The text. Raises SealError."""
        header, digest, nonce = sealed[:HEADER], sealed[HEADER : HEADER + _HASH], sealed[HEADER + _HASH : _BODY]
        if len(sealed) < _BODY or header[:1] != VERSION:
            raise SealError("not a sealed value of a known version")
        cipher = self._ciphers.get(header[1:])
        if cipher is None:
            raise MissingKeyError(header[1:])
        try:
            return cipher.decrypt(nonce, sealed[_BODY:], _bound(header, digest, field)).decode()
        except (InvalidTag, UnicodeDecodeError):
            raise SealError("changed after it was sealed, or moved from another field") from None

    def hashes(self, kind: str, sought: str) -> list[bytes]:
        """What a search compares with: the hash under each key, as some values may wait to be sealed anew."""
        return [self._hash(key, kind, sought) for key in self._hashers]

    def of_file(self, number: bytes, salt: bytes) -> bytes:
        """The key (32 bytes) of the file with this ``salt``, under the data key ``number``. Raises MissingKeyError."""
        if number not in self._files:
            raise MissingKeyError(number)
        return HKDF(SHA256(), _KEY, salt=salt, info=b"gongkai file").derive(self._files[number])

    def is_current(self, sealed: bytes) -> bool:
        return sealed[:HEADER] == self.current

    @staticmethod
    def _hash(key: bytes, kind: str, sought: str) -> bytes:
        return hmac.new(key, f"{kind}\0{sought}".encode(), hashlib.sha256).digest()


def keyring() -> Keyring:
    """The keys of the settings."""
    from django.conf import settings

    return _keyring(tuple(settings.DATA_KEYS))


@lru_cache(maxsize=4)
def _keyring(keys: tuple[bytes, ...]) -> Keyring:
    return Keyring(keys)


def _number(key: bytes) -> bytes:
    """The number of a key tells nothing of the key."""
    return hashlib.sha256(b"gongkai key number\0" + key).digest()[:NUMBER]


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt=None, info=b"gongkai personal data: " + purpose).derive(key)


def _bound(header: bytes, digest: bytes, field: str) -> bytes:
    return header + digest + field.encode()

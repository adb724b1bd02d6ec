"""Where the store keeps a file on the disk, which only the tests need to know, and keys for stores of their own."""

from __future__ import annotations

from pathlib import Path

from gongkai.office.acts.attachments.store import FileStore
from gongkai.office.acts.personal.keys import Keyring

KEY, OLD_KEY, FOREIGN_KEY = (bytes([number]) * 32 for number in (1, 2, 3))


def store_in(root: Path, *keys: bytes) -> FileStore:
    """A store in this folder; with ``KEY`` when none is given."""
    return FileStore(root, Keyring(keys or (KEY,)))


def place(store: FileStore, sha256: str) -> Path:
    return store.root / sha256[:2] / sha256[2:4] / sha256


def overwrite(path: Path, data: bytes) -> None:
    """As somebody would who goes round the office."""
    path.chmod(0o640)
    path.write_bytes(data)


def put_plain(store: FileStore, sha256: str, data: bytes) -> Path:
    """As the store kept files before it sealed them."""
    path = place(store, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o440)
    return path

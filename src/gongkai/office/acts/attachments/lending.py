"""Plain copies for programs that need a path: each in a folder for its owner alone, gone when it is given back.

A folder in use is locked by its process. What a killed one left is found by that and removed, at the next lending or
by the nightly sweep.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def folder(root: Path) -> Iterator[Path]:
    """A new folder (0700) in ``root``, removed with all that is in it, whatever happens. Raises OSError."""
    clear_left(root)
    path, lock = _begin(root)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


def clear_left(root: Path) -> int:
    """Remove the folders of the dead; how many. Those in use are locked, and stay."""
    removed = 0
    for path in list(root.iterdir()) if root.is_dir() else ():
        with suppress(OSError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)  # a program whose office was killed may be writing there still
                removed += not path.exists()
            finally:
                os.close(lock)
    return removed


def _begin(root: Path) -> tuple[Path, int]:
    """A new folder with its lock. ``clear_left`` may take it between its making and its lock: then another."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        path = root / secrets.token_hex(16)
        path.mkdir(mode=0o700)
        with suppress(FileNotFoundError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if path.is_dir():
                return path, lock
            os.close(lock)

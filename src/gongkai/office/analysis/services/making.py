"""Making files of what was read: in a process apart, as a stranger's text is in them, and a few at a time."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from gongkai.office.analysis.apart.reader import Apart, ApartError

_SECONDS = 40.0  # for one file; a PDF of an ordinary report takes less than one
_WAIT = 20.0
# Each process may take two gigabytes; people who press a button many times wait for their turn.
_turn = threading.BoundedSemaphore(2)

BUSY = "现在生成文件的人较多，请稍后再试。"


def made(what: str, question: Mapping[str, Any], seconds: float = _SECONDS) -> bytes:
    """The file that ``what`` (a key of ``apart.answers.ANSWERS``) makes. Raises ApartError."""
    if not _turn.acquire(timeout=_WAIT):
        raise ApartError(BUSY)
    try:
        with Apart() as apart:
            return apart.file(what, question, seconds)
    finally:
        _turn.release()

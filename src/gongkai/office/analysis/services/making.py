"""Making files of what was read: in a process apart, as a stranger's text is in them, and a few at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from gongkai.office.analysis.apart.reader import Apart, ApartError

_SECONDS = 40.0  # for one file; a PDF of an ordinary report takes less than one
_WAIT = 20.0
# Each process may take two gigabytes; people who press a button many times wait for their turn.
_turns = threading.BoundedSemaphore(2)

BUSY = "现在生成文件的人较多，请稍后再试。"


def made(what: str, question: Mapping[str, Any], seconds: float = _SECONDS) -> bytes:
    """The file that ``what`` (a key of ``apart.answers.ANSWERS``) makes. Raises ApartError."""
    with turn(_WAIT) as mine, Apart() as apart:
        if not mine:
            raise ApartError(BUSY)
        return apart.file(what, question, seconds)


@contextmanager
def turn(seconds: float) -> Iterator[bool]:
    """Wait so long for one's turn to start a process apart from a page; whether it came."""
    mine = _turns.acquire(timeout=seconds)
    try:
        yield mine
    finally:
        if mine:
            _turns.release()

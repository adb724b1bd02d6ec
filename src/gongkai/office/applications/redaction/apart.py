"""Questions about a PDF, answered by a process of its own with limits of time and memory (``child.py``)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.office.applications import programs
from gongkai.office.applications.redaction.boxes import Box
from gongkai.office.applications.redaction.child import SORRY

_LOOK, _BURN = 20, 120  # seconds
WIDTH = 1000  # pixels of a page on the screen

Heed = Callable[[int | None, int | None], None]


class RedactionError(Exception):
    """``str(error)`` is the Chinese sentence for the page."""


def pages_of(path: Path) -> int:
    """How many there are. Raises ``RedactionError``."""
    return int(_asked(path, _LOOK, do="count"))


def picture_of(path: Path, page: int) -> bytes:
    """Page ``page`` (from 1) as PNG. Raises ``RedactionError``."""
    return _asked(path, _LOOK, do="picture", page=page, width=WIDTH)


def redacted(path: Path, boxes: Iterable[Box], heed: Heed) -> bytes:
    """The file with the boxes burned in, proved to hold nothing of what they cover. Raises ``RedactionError``.

    ``heed`` is told of the pages drawn and proved, and of how many such steps there are; it may raise to end it.
    """

    def told(report: str) -> None:
        lines = report.splitlines()
        heed(*(int(number) for number in lines[-1].split("/")) if lines else (None, None))

    return _asked(path, _BURN, told, do="burn", boxes=[asdict(box) for box in boxes])


def _asked(path: Path, seconds: int, told: Callable[[str], None] = lambda report: None, **question: Any) -> bytes:
    line = json.dumps({"path": str(path), "seconds": seconds, **question}) + "\n"
    command = [sys.executable, "-m", "gongkai.office.applications.redaction.child"]
    try:
        answer = programs.run(command, seconds, line.encode(), told)
    except programs.TooLongError as error:
        raise RedactionError("处理时间过长，已停止；请把文件分成几个再处理") from error
    if answer.code == SORRY:
        raise RedactionError(answer.report.splitlines()[-1])
    if answer.code != 0:
        raise RedactionError("这份文件打不开或者内容异常，不能处理；请重新生成PDF后再上传")
    return answer.output

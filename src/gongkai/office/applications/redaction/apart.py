"""Questions about a PDF, answered by a process of its own with limits of time and memory (``child.py``)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.office.applications.redaction.boxes import Box
from gongkai.office.applications.redaction.child import SORRY

_LOOK, _BURN = 20, 120  # seconds
WIDTH = 1000  # pixels of a page on the screen


class RedactionError(Exception):
    """``str(error)`` is the Chinese sentence for the page."""


def pages_of(path: Path) -> int:
    """How many there are. Raises ``RedactionError``."""
    return int(_asked(path, _LOOK, do="count"))


def picture_of(path: Path, page: int) -> bytes:
    """Page ``page`` (from 1) as PNG. Raises ``RedactionError``."""
    return _asked(path, _LOOK, do="picture", page=page, width=WIDTH)


def redacted(path: Path, boxes: Iterable[Box]) -> bytes:
    """The file with the boxes burned in, proved to hold nothing of what they cover. Raises ``RedactionError``."""
    return _asked(path, _BURN, do="burn", boxes=[asdict(box) for box in boxes])


def _asked(path: Path, seconds: int, **question: Any) -> bytes:
    line = json.dumps({"path": str(path), "seconds": seconds, **question}) + "\n"
    command = [sys.executable, "-m", "gongkai.office.applications.redaction.child"]
    try:
        answer = subprocess.run(command, input=line.encode(), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise RedactionError("处理时间过长，已停止；请把文件分成几个再处理") from error
    if answer.returncode == SORRY:
        raise RedactionError(answer.stderr.decode("utf-8", "replace"))
    if answer.returncode != 0:
        raise RedactionError("这份文件打不开或者内容异常，不能处理；请重新生成PDF后再上传")
    return answer.stdout

"""The log: one event a line, on stderr; JSON for programs, words for people at a terminal. Never personal data."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import datetime
from types import TracebackType
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.office.config.request_number import current

ZONE = ZoneInfo("Asia/Shanghai")
_LEVELS = {"DEBUG": "细节", "INFO": "信息", "WARNING": "注意", "ERROR": "错误", "CRITICAL": "严重"}
# Identity numbers and mobile numbers. No message should hold any; the log is the last place to see to it.
_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)")
_FRAMES = 12  # of a traceback, the innermost


def configuration(form: str, level: str) -> dict[str, Any]:
    """For ``logging.config.dictConfig``; ``form``: ``json``, ``text``, or ``auto`` (text at a terminal)."""
    chosen = ("text" if sys.stderr.isatty() else "json") if form == "auto" else form
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": {"json": JsonLine, "text": TextLine}[chosen], "whole": level == "DEBUG"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "gongkai": {"level": level},
            # Django's own handlers would write every event a second time.
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            # What it says of 404 and 403 the line of the request says already.
            "django.request": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},
            "_granian": {"level": "WARNING", "handlers": [], "propagate": True},
            # granian adds a handler of its own here unless told.
            "granian.access": {"level": "WARNING", "handlers": [], "propagate": True},
        },
    }


class _Line(logging.Formatter):
    """``whole``: with the words of an exception, which may quote what people typed; for tests only."""

    def __init__(self, whole: bool = False) -> None:
        super().__init__()
        self._whole = whole

    def event(self, record: logging.LogRecord) -> dict[str, Any]:
        """What is known of one event, in the order in which it is written."""
        out: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, ZONE).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _message(record),
        }
        number = current.get() or getattr(getattr(record, "request", None), "number", "")
        if number:
            out["number"] = number
        out |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            out |= self._fault(record.exc_info[0], record.exc_info[1], record.exc_info[2])
        return out

    def _fault(self, kind: type[BaseException], error: Any, trace: TracebackType | None) -> dict[str, Any]:
        frames = traceback.extract_tb(trace)[-_FRAMES:]
        return {
            "exception": f"{kind.__module__}.{kind.__qualname__}",
            "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            **({"words": str(error)} if self._whole else {}),
        }


class JsonLine(_Line):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return _PERSONAL.sub("***", json.dumps(self.event(record), ensure_ascii=False, default=str))


class TextLine(_Line):
    """One line of words; a traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        event = self.event(record)
        head = f"{event.pop('time')[11:19]} {_LEVELS.get(event.pop('level'), record.levelname)}"
        event.pop("logger")
        trace = event.pop("trace", [])
        words = event.pop("event")
        if record.name == "gongkai.request":
            words = "{method} {path} {status} {ms}ms".format_map(event)
            event = {key: value for key, value in event.items() if key in ("number", "person") and value is not None}
        rest = " ".join(str(value) if key == "number" else f"{key}={value}" for key, value in event.items())
        return _PERSONAL.sub("***", "\n    ".join([f"{head} {words} {rest}".rstrip(), *trace]))


def _message(record: logging.LogRecord) -> str:
    # The queue's own messages spell out the arguments of the job.
    job = getattr(record, "job", None)
    if record.name.startswith("procrastinate") and isinstance(job, dict):
        return f"{getattr(record, 'action', 'job')} {job.get('task_name')} #{job.get('id')}"
    return record.getMessage()

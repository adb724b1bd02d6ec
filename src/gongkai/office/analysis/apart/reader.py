"""The office's side of the process apart: ask, wait for so long, take its death for an answer and start another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from gongkai.cli.bounds import SECONDS

_SOURCE = str(Path(__file__).resolve().parents[4])
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "GONGKAI_FONTS", "GONGKAI_DEBUG", "SYSTEMROOT")
_LONGEST = 160 * 1024 * 1024  # bytes of an answer

DIED = "读取时程序异常退出；文件可能已损坏，或读取所需内存过大"
HUNG = "读取时间过长，已放弃；文件可能已损坏"


class ApartError(Exception):
    """No answer but a reason; ``str(error)`` is one Chinese line. ``hung``: it took longer than was allowed."""

    def __init__(self, reason: str, *, hung: bool = False) -> None:
        self.hung = hung
        super().__init__(reason)


class Apart:
    """A process apart, for the time of a ``with``; started when first asked, and anew when it died. For one thread."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def ask(self, what: str, question: Mapping[str, Any], seconds: float = SECONDS) -> dict[str, Any]:
        """The answer to ``what`` (a key of ``answers.ANSWERS``). Raises ApartError."""
        if self._child is not None and self._child.poll() is not None:
            self._stop()
        child = self._child = self._child or _started()
        line = json.dumps({**question, "ask": what, "seconds": seconds}).encode() + b"\n"
        late = threading.Event()

        def give_up() -> None:
            late.set()
            _kill(child)

        clock = threading.Timer(seconds, give_up)
        clock.start()
        try:
            raw = _exchanged(child, line)
        finally:
            clock.cancel()
        if not raw.endswith(b"\n"):
            self._stop()
            raise ApartError(HUNG if late.is_set() else DIED, hung=late.is_set())
        answer: dict[str, Any] = json.loads(raw)
        if "error" in answer:
            raise ApartError(answer["error"])
        return answer

    def file(self, what: str, question: Mapping[str, Any], seconds: float = SECONDS) -> bytes:
        """The answer's file. Raises ApartError."""
        return b64decode(self.ask(what, question, seconds)["file"])

    def _stop(self) -> None:
        if self._child is None:
            return
        _kill(self._child)
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._child.wait()
        self._child = None


def _started() -> subprocess.Popen[bytes]:
    """Without the office's environment: what a stranger's file might make of the process finds no key in it."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "gongkai.office.analysis.apart.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**kept, "PYTHONPATH": _SOURCE},
        # A group of its own: killed with the children that it may have started itself.
        start_new_session=True,
    )


def _exchanged(child: subprocess.Popen[bytes], line: bytes) -> bytes:
    """The line that came back; cut short or empty when the process is gone."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(line)
        child.stdin.flush()
        return child.stdout.readline(_LONGEST)
    except (OSError, ValueError):
        return b""


def _kill(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)

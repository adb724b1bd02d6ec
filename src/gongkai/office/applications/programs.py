"""A program of its own, with a bound of time, that can be stopped while it runs."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICK = 0.1  # seconds between two looks at the program
_REPORT = 4096  # bytes of its other output that are read at a look


class TooLongError(Exception):
    """The program was ended when its time was up."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended, and what it wrote."""

    code: int
    output: bytes
    report: str


def run(
    command: Sequence[str],
    seconds: float,
    given: bytes = b"",
    heed: Callable[[str], None] = lambda report: None,
    folder: Path | None = None,
) -> Ended:
    """Run ``command`` to its end, ``given`` on its input; what it writes for a while goes into ``folder``, where given.

    ``heed`` gets what it has written to its other output since the last look, "" when that is nothing; what it raises
    ends the program, with the processes that it may have started. Raises ``TooLongError``.
    """
    # Files and not pipes: whoever writes much waits for nobody. They have no name and go with this process.
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as report:
        source.write(given)
        source.seek(0)
        own = {"TMPDIR": str(folder)} if folder else {}
        child = subprocess.Popen(
            command, stdin=source, stdout=output, stderr=report, start_new_session=True, env={**os.environ, **own}
        )
        try:
            _bound(child.pid, seconds)
            _wait(child, seconds, lambda at: os.pread(report.fileno(), _REPORT, at), heed)
        finally:
            _kill(child)
        output.seek(0)
        report.seek(0)
        return Ended(child.returncode, output.read(), report.read().decode("utf-8", "replace"))


def _wait(
    child: subprocess.Popen[bytes], seconds: float, read: Callable[[int], bytes], heed: Callable[[str], None]
) -> None:
    until, seen = time.monotonic() + seconds, 0
    while True:
        with suppress(subprocess.TimeoutExpired):
            child.wait(_TICK)
            return
        if time.monotonic() > until:
            raise TooLongError
        new = read(seen)
        whole = new[: new.rfind(b"\n") + 1]  # a line that is half written is read when it is whole
        seen += len(whole)
        heed(whole.decode("utf-8", "replace"))


def _bound(pid: int, seconds: float) -> None:
    """Should this process be killed, its time of the processor ends an orphan (where the system can say so)."""
    if hasattr(resource, "prlimit"):
        with suppress(OSError):
            resource.prlimit(pid, resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))


def _kill(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()

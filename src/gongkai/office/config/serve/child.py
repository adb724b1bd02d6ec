"""One program under the supervisor: started, watched, started again when it dies, stopped within bounds."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field

from gongkai.office.config.serve.parent import expect

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds before a dead program is started again; doubled each time
_STEADY = 5.0  # seconds; what ran so long did not fail at its start, and its death counts as a first one
_log = logging.getLogger("gongkai.serve")


@dataclass
class Child:
    """``module`` is run with ``arguments`` by this Python; ``patience``: seconds it has to stop before it is killed."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    patience: float = 20.0
    deaths: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _started: float = field(default=0.0, init=False)
    _next: float = field(default=0.0, init=False)

    def start(self) -> None:
        """In a session of its own: Ctrl-C at the terminal reaches the supervisor alone, which stops in order."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module, *self.arguments],
            stdin=subprocess.DEVNULL,
            env=expect(dict(os.environ)),
            start_new_session=True,
        )
        self._started = time.monotonic()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def look_after(self) -> None:
        """Start it again when it died, after a pause that grows from death to death."""
        now = time.monotonic()
        if self._process is not None:
            if self._process.poll() is None:
                return
            self._clear_away()
            steady = now - self._started > _STEADY
            self.deaths = 1 if steady else self.deaths + 1
            pause = min(_FIRST_PAUSE * 2 ** (self.deaths - 1), _LONGEST_PAUSE)
            facts = {"program": self.name, "code": self._process.returncode, "again_in": pause}
            _log.warning("child died", extra={"facts": facts})
            self._process, self._next = None, now + pause
        elif now >= self._next:
            self.start()

    def stop(self) -> None:
        """Ask, wait, kill; nothing of it is left afterwards."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(self.patience)
            except subprocess.TimeoutExpired:
                _log.warning("child killed", extra={"facts": {"program": self.name, "after": self.patience}})
        self._clear_away()
        self._process = None

    def _clear_away(self) -> None:
        """Processes that it started live on after it; they are of its session, whose number is its own pid."""
        assert self._process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

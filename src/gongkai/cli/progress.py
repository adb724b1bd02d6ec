"""How far we are: a bar with rate and remaining time, on the terminal behind stderr, once a run takes over a second."""

from __future__ import annotations

import sys
import time
from typing import Any

_AFTER = 1.0  # seconds before the bar appears
_EVERY = 0.1  # seconds between two looks of it


class Progress:
    """``total`` is ``None`` when it cannot be known (standard input). Silent where stderr is no terminal."""

    def __init__(self, total: int | None, what: str) -> None:
        self._total, self._what = total, what
        self._on = sys.stderr is not None and sys.stderr.isatty()
        # Results printed to the same terminal would tear the bar: it is taken away before each print.
        self._shared = self._on and sys.stdout.isatty()
        self._began = self._drawn = time.monotonic()
        self._bar: Any = None
        self._task: Any = None
        self.done = 0

    def tick(self) -> None:
        now = time.monotonic()
        if not self._on or now - self._began < _AFTER or now - self._drawn < _EVERY:
            return
        self._drawn = now
        if self._bar is None:
            self._bar = self._build()
            self._task = self._bar.add_task(self._what, total=self._total, rate="")
        elapsed = now - self._began
        self._bar.update(self._task, completed=self.done, rate=f"{self.done / elapsed:,.0f} 份/秒{self._left(elapsed)}")
        self._bar.start()
        self._bar.refresh()

    def clear(self) -> None:
        """Take the bar away before something is printed on the terminal."""
        if self._bar is not None and self._shared:
            self._bar.stop()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _left(self, elapsed: float) -> str:
        if not self._total or not self.done:
            return ""
        seconds = round(elapsed / self.done * (self._total - self.done))
        return f"，约剩 {seconds // 60} 分 {seconds % 60} 秒" if seconds >= 60 else f"，约剩 {seconds} 秒"

    def _build(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        what, rate = TextColumn("{task.description}"), TextColumn("{task.fields[rate]}")
        # No thread of its own: workers are forked, and a fork beside threads may lock up. No redirection: rich would
        # send what we print on standard output, a file perhaps, to the terminal.
        return Bar(
            what,
            BarColumn(24),
            MofNCompleteColumn(),
            rate,
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )

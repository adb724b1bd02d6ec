"""A child of the supervisor ends when the supervisor does, also when that was killed without a word."""

from __future__ import annotations

import os
import signal
import threading
import time

VARIABLE = "GONGKAI_PARENT"  # the pid that a child must have as its parent; set by who starts it, not a setting
_PAUSE = 0.5  # seconds between two looks
_GRACE = 10.0  # seconds for an orderly end


def expect(environment: dict[str, str]) -> dict[str, str]:
    """The environment for a child of this process."""
    return environment | {VARIABLE: str(os.getpid())}


def end_with_parent() -> None:
    """Watch the parent from a thread; when it is gone, end this process as SIGTERM would, or at last without asking.

    Does nothing in a process that no supervisor started.
    """
    told = os.environ.get(VARIABLE)
    if told:
        threading.Thread(target=_watch, args=(int(told),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PAUSE)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)

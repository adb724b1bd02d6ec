"""A few items in this process: no pool to start, the same bound on time where the system can interrupt itself."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import TypeVar

from gongkai.cli.bounds import HUNG, SECONDS

Item = TypeVar("Item")
Result = TypeVar("Result")


class _TimeUpError(BaseException):
    """Raised by the alarm; no ``except Exception`` on the way may swallow it."""


def run(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    lost: Callable[[Item, str], Result],
    seconds: float = SECONDS,
    tick: Callable[[], object] = lambda: None,
) -> Iterator[tuple[Item, Result]]:
    """``(item, work(item))`` for each item; ``lost(item, HUNG)`` for one that takes longer than ``seconds``."""
    alarm = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    for item in items:
        before = signal.signal(signal.SIGALRM, _ring) if alarm else None
        try:
            if alarm:
                signal.setitimer(signal.ITIMER_REAL, seconds)
            result = work(item)
        except _TimeUpError:
            result = lost(item, HUNG)
        finally:
            if alarm:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
        yield item, result
        tick()


def _ring(number: int, frame: FrameType | None) -> None:
    raise _TimeUpError

"""Locks between processes. The kernel gives them back when a process ends, also after ``kill -9``."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.office.config.database.errors import DatabaseUnavailableError

_PAUSE = 0.05  # seconds between two tries


@contextmanager
def exclusive(path: Path, seconds: float) -> Iterator[None]:
    """Hold ``path`` alone; raises ``DatabaseUnavailableError`` when others hold it for longer than ``seconds``."""
    handle = _open(path)
    try:
        _wait(handle, fcntl.LOCK_EX, seconds, path)
        yield
    finally:
        os.close(handle)


def share(path: Path, seconds: float) -> int:
    """Hold ``path`` together with others until the returned handle is closed or the process ends."""
    handle = _open(path)
    try:
        _wait(handle, fcntl.LOCK_SH, seconds, path)
    except BaseException:
        os.close(handle)
        raise
    return handle


def held_by_nobody(path: Path) -> int | None:
    """A handle that holds ``path`` alone, or ``None`` when somebody shares it now."""
    handle = _open(path)
    if _try(handle, fcntl.LOCK_EX):
        return handle
    os.close(handle)
    return None


def _open(path: Path) -> int:
    # Python's handles are not inherited over exec: a server started under a lock does not keep it.
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        raise DatabaseUnavailableError(f"不能打开 {path}：它属于另一个系统用户；请用建立数据文件夹的用户运行") from None


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(handle: int, kind: int, seconds: float, path: Path) -> None:
    until = time.monotonic() + seconds
    while not _try(handle, kind):
        if time.monotonic() > until:
            raise DatabaseUnavailableError(
                f"另一个进程正在启动或停止数据库，等了 {seconds:.0f} 秒仍未完成（{path}）；请稍后再试"
            )
        time.sleep(_PAUSE)

"""The processes of one embedded server, told by the name that only they carry.

Neither a pid file nor a pid says it: after a crash the pid may belong to any other program.
"""

from __future__ import annotations

import signal
from contextlib import suppress

import psutil

from gongkai.office.config.database.layout import Layout

_PATIENCE = 3.0  # seconds between asking and killing


def postmaster(layout: Layout) -> psutil.Process | None:
    """The main process of the server, when it lives: the one that has the name as an argument, not as a title."""
    mark = f"cluster_name={layout.tag}"
    return next((process for process in _all(layout) if mark in _line(process)), None)


def end_all(layout: Layout) -> int:
    """End whatever still runs on this cluster: the main process, then children that outlived theirs.

    Returns how many processes there were. What is committed stays: the next start recovers it from the log.
    """
    found = _all(layout)
    # The main process first: asked so, it takes its children with it. Killed while they run they would go on writing.
    main = postmaster(layout)
    for process in [main] if main else []:
        _end(process)
    for process in _all(layout):
        _end(process)
    return len(found)


def _end(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(signal.SIGQUIT)  # "immediate": no farewell, no waiting for clients
        try:
            process.wait(_PATIENCE)
        except psutil.TimeoutExpired:
            process.kill()
            with suppress(psutil.TimeoutExpired):
                process.wait(_PATIENCE)


def _all(layout: Layout) -> list[psutil.Process]:
    """The main process has the tag among its arguments; its children show it ("postgres: gongkai-…: checkpointer")."""
    return [
        process
        for process in psutil.process_iter(["name"])
        if process.info["name"] == "postgres" and layout.tag in _line(process)
    ]


def _line(process: psutil.Process) -> str:
    """The command line; empty for a process that is gone, or dead and not yet collected by its parent."""
    try:
        return "" if process.status() == psutil.STATUS_ZOMBIE else " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return ""

"""Does the server live? Asked by connecting: a pid file proves nothing."""

from __future__ import annotations

import logging
import time
from enum import Enum

import psycopg

from gongkai.office.config.database.layout import Layout
from gongkai.office.config.database.processes import postmaster

_log = logging.getLogger(__name__)
_CONNECT = 3  # seconds for one try
_PAUSE = 0.1


class State(Enum):
    """What a try to connect shows."""

    ANSWERS = "answers"
    STARTING = "starting"  # it speaks, and says that it is starting, recovering or stopping
    UNFINISHED = "unfinished"  # it lives, and the office's role or database is not there yet
    SILENT = "silent"  # nobody listens, or nobody answers


def ask(layout: Layout, *, as_office: bool = False) -> State:
    """One try to connect: as the superuser, or as the office itself."""
    conninfo = layout.conninfo if as_office else layout.superuser_conninfo
    try:
        with psycopg.connect(conninfo, connect_timeout=_CONNECT, autocommit=True) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        # A refusal by the server itself begins with FATAL: then it lives. It writes English (cluster locale C).
        refusal = str(error)
        if "the database system is" in refusal:
            return State.STARTING
        if "does not exist" in refusal and "FATAL:" in refusal:
            return State.UNFINISHED
        return State.ANSWERS if "FATAL:" in refusal else State.SILENT  # for example too many connections
    return State.ANSWERS


def answers_within(layout: Layout, *, starting: float, silent: float) -> bool:
    """Whether the server answers, waiting up to ``starting`` seconds while it recovers and ``silent`` while it is mute.

    Gives up at once when there is no main process: then nothing will ever answer.
    """
    begin = time.monotonic()
    while True:
        state = ask(layout)
        if state is State.ANSWERS:
            return True
        waited = time.monotonic() - begin
        if postmaster(layout) is None:
            # Asked after connecting: a server that ended in between must not count as answering.
            return False
        if waited > (starting if state is State.STARTING else silent):
            _log.warning("数据库主进程在运行，但 %.0f 秒没有应答", waited)
            return False
        time.sleep(_PAUSE)

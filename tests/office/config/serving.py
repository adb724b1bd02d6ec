"""A real ``gongkai serve`` for the tests: its own data folder and port, and a look at what is left of it."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
from shared_files import ROOT

from gongkai.office.config.database import processes, stop
from gongkai.office.config.database.layout import Layout

WAIT = 60.0  # seconds, for a loaded machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, **settings: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GONGKAI_", "DATABASE_", "DJANGO_"))}
    own = {"GONGKAI_DATA": str(data), "GONGKAI_PLAIN_HTTP": "1", "GONGKAI_DATABASE_DURABLE": "0"}
    return kept | own | {"PYTHONPATH": str(ROOT / "src"), "GONGKAI_WORKERS": "1"} | settings


class Office:
    """One run. What it writes is in ``lines`` (stdout) and ``log`` (stderr)."""

    def __init__(self, data: Path, *arguments: str, **settings: str) -> None:
        self.data, self.port = data, free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", "serve", "--port", str(self.port), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(data, **settings),
        )
        self.lines: list[str] = []
        self.log: list[str] = []
        for stream, into in ((self.process.stdout, self.lines), (self.process.stderr, self.log)):
            threading.Thread(target=lambda s=stream, i=into: i.extend(iter(s.readline, "")), daemon=True).start()

    def open(self) -> Office:
        """Wait until it says that it is open."""
        wait_for(lambda: any("已启动：" in line for line in self.lines) or self.process.poll() is not None)
        assert self.process.poll() is None, "".join(self.log)
        return self

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        return connection.getresponse()

    def ready(self) -> bool:
        try:
            return self.get("/readyz").status == 200
        except OSError:
            return False

    def parts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.get("/readyz").read())["parts"]
        return found

    def child(self, module: str) -> psutil.Process | None:
        """The program ``module`` (web, worker, prepare) under the supervisor."""
        for process in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if f"serve.{module}" in " ".join(process.cmdline()):
                    return process
        return None

    def postmaster(self) -> psutil.Process | None:
        return processes.postmaster(Layout.of(self.data / "postgres"))

    def database(self) -> psycopg.Connection[Any]:
        return psycopg.connect(Layout.of(self.data / "postgres").conninfo, autocommit=True)

    def ask(self, question: str) -> list[Any]:
        """Rows of the database."""
        with self.database() as database:
            return database.execute(question).fetchall()  # type: ignore[call-overload, no-any-return]

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(WAIT)


@contextlib.contextmanager
def office(data: Path, *arguments: str, **settings: str) -> Iterator[Office]:
    running = Office(data, *arguments, **settings)
    try:
        yield running
    finally:
        for process in left_of(data):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        running.process.wait()
        stop(data / "postgres")


def left_of(data: Path) -> list[psutil.Process]:
    """Every living process of the office in ``data``: ours by their environment, the database's by its name."""
    found = list(processes._all(Layout.of(data / "postgres")))
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.status() == psutil.STATUS_ZOMBIE or process.environ().get("GONGKAI_DATA") != str(data):
                continue
            found += [process]
    return found


def wait_for(holds: Callable[[], object], seconds: float = WAIT) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)

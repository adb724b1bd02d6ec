"""Visitors at work while web, worker and database of a real office are killed: afterwards the rows tell the story."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import psutil
from office.config.serving import Office, environment, left_of, office, wait_for
from office.config.visitors import Visitor

V = TypeVar("V", bound=Visitor)

PARTS = {"web", "a process of the web", "worker", "database"}
_NOBODY_WAITS_LONGER = 300  # seconds, on a machine that has much else to do


@dataclass
class Story(Generic[V]):
    """What happened: the visitors, what was killed how often, and what the database says afterwards."""

    visitors: Sequence[V]
    killed: Counter[str]
    rows: dict[str, list[Any]]
    verified: subprocess.CompletedProcess[str]
    seconds: dict[str, float]


@contextmanager
def killed_at_work(
    make: str,
    come: Callable[[Office], Sequence[V]],
    *,
    kills: int,
    seed: int,
    open_work: str,
    questions: Mapping[str, str],
    settle: str = "",
    settings: Mapping[str, str] | None = None,
) -> Iterator[Story[V]]:
    """``make``: what the office's shell does before it opens; ``come``: the visitors. When they are done and the number
    that ``open_work`` asks for is 0, the shell runs ``settle``, and ``questions`` are asked."""
    own = {"GONGKAI_WORKERS": "2", "GONGKAI_MFA_ROLES": "", **(settings or {})}
    with tempfile.TemporaryDirectory(prefix="gongkai-test-", ignore_cleanup_errors=True) as name:
        data = Path(name) / "data"
        for command in (["migrate", "--verbosity", "0"], ["shell", "-v", "0", "-c", make]):
            _command(data, own, "office", *command)
        with office(data, **own) as running:
            running.open()
            visitors = come(running)
            begin = time.monotonic()
            for visitor in visitors:
                visitor.start()
            killed = _kill_at_random(running, kills, seed)
            seconds = {"kills": time.monotonic() - begin}
            for visitor in visitors:
                visitor.join(max(1.0, begin + _NOBODY_WAITS_LONGER - time.monotonic()))
            waiting = [visitor for visitor in visitors if visitor.is_alive()]
            assert not waiting, [(visitor, visitor.lost, visitor.unexpected) for visitor in waiting]
            seconds["work"] = time.monotonic() - begin
            wait_for(running.ready)
            wait_for(lambda: running.ask(open_work)[0][0] == 0, _NOBODY_WAITS_LONGER)
            if settle:
                _command(data, own, "office", "shell", "-v", "0", "-c", settle)
            rows = {name: running.ask(question) for name, question in questions.items()}
            seconds["all"] = time.monotonic() - begin
            assert running.end() == 0
            assert left_of(data) == []
        yield Story(visitors, killed, rows, _command(data, own, "audit", "verify"), seconds)


def _command(data: Path, settings: Mapping[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", *command],
        capture_output=True,
        text=True,
        check=False,
        env=environment(data, **settings),
    )
    assert done.returncode == 0, done.stderr
    return done


def _kill_at_random(running: Office, kills: int, seed: int) -> Counter[str]:
    chance, killed = random.Random(seed), Counter[str]()
    while killed.total() < kills:
        time.sleep(chance.uniform(0.1, 1.5))
        assert running.process.poll() is None, f"the office itself ended: {''.join(running.log)[-5000:]}"
        what = chance.choice(sorted(PARTS))
        victim = _find(running, what)
        if victim is None:  # still dead from the last time
            continue
        with suppress(psutil.NoSuchProcess):
            victim.kill()
            killed[what] += 1
    return killed


def _find(running: Office, what: str) -> psutil.Process | None:
    if what == "database":
        return running.postmaster()
    if what == "worker":
        return running.child("worker")
    web = running.child("web")
    if what == "web" or web is None:
        return web
    with suppress(psutil.NoSuchProcess):
        return next((one for one in web.children() if "spawn_main" in " ".join(one.cmdline())), None)
    return None

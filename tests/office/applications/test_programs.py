"""A program of its own ends when it is done, when its time is up, or when somebody no longer wants it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from gongkai.office.applications import programs


class EnoughError(Exception):
    """Somebody stopped it."""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_input_output_and_report_may_be_larger_than_any_pipe() -> None:
    much = b"x" * 3_000_000
    code = "import sys; data = sys.stdin.buffer.read(); sys.stderr.write('r' * 2000000); sys.stdout.buffer.write(data)"
    ended = programs.run(python(code), 30, much)
    assert (ended.code, ended.output, len(ended.report)) == (0, much, 2_000_000)


def test_lines_are_heeded_whole_in_their_order_and_once() -> None:
    heard: list[str] = []
    code = """import sys, time
for n in range(5):
    sys.stderr.write(f"{n}"); sys.stderr.flush(); time.sleep(0.12); sys.stderr.write("/5\\n"); sys.stderr.flush()
time.sleep(0.3)"""
    programs.run(python(code), 30, heed=heard.append)
    assert "".join(heard).splitlines() == [f"{n}/5" for n in range(5)]
    assert all(not report or report.endswith("\n") for report in heard)


def test_what_it_writes_for_a_while_lies_where_it_is_told_to(tmp_path: Path) -> None:
    code = "import tempfile; tempfile.NamedTemporaryFile(delete=False).write(b'x')"
    assert programs.run(python(code), 30, folder=tmp_path).code == 0
    assert len(list(tmp_path.iterdir())) == 1


def test_when_its_time_is_up_it_is_ended() -> None:
    begin = time.monotonic()
    with pytest.raises(programs.TooLongError):
        programs.run(python("import time; time.sleep(60)"), 0.3)
    assert time.monotonic() - begin < 10


def test_who_stops_it_stops_what_it_has_started_too() -> None:
    started: list[int] = []

    def heed(report: str) -> None:
        started.extend(int(line) for line in report.splitlines())
        if started:
            raise EnoughError

    with pytest.raises(EnoughError):
        programs.run(["sh", "-c", "sleep 60 & echo $! >&2; wait"], 30, heed=heed)
    (child,) = started
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE

"""The embedded database: what a county's machine does to it (power, kill -9, several programs at once) it survives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from shared_files import ROOT

from gongkai.office.config.database import DatabaseUnavailableError, ensure_running, probe, processes, server, stop
from gongkai.office.config.database.address import connection
from gongkai.office.config.database.layout import Layout

WAIT = 30.0  # seconds, for a loaded machine


@pytest.fixture
def folder(place: Path) -> Iterator[Path]:
    yield place / "postgres"
    stop(place / "postgres")
    assert not processes._all(Layout.of(place / "postgres")), "a server was left running"


def start(folder: Path) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(ensure_running(folder, durable=False), autocommit=True)


def postmaster(folder: Path) -> psutil.Process:
    found = processes.postmaster(Layout.of(folder))
    assert found is not None
    return found


def kill(folder: Path) -> psutil.Process:
    """Kill -9 of the main process, and wait until it is gone."""
    killed = postmaster(folder)
    killed.kill()
    killed.wait(WAIT)
    return killed


def another_program(folder: Path, then: str) -> subprocess.Popen[str]:
    """A second program of the office: starts the database, says which server it found, then does ``then``."""
    code = (
        "import os, sys, time, signal; from pathlib import Path\n"
        "from gongkai.office.config.database import ensure_running, processes\n"
        "from gongkai.office.config.database.layout import Layout\n"
        f"folder = Path({str(folder)!r})\n"
        "ensure_running(folder, durable=False)\n"
        "print(processes.postmaster(Layout.of(folder)).pid, flush=True)\n" + then
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )


def said(program: subprocess.Popen[str]) -> int:
    assert program.stdout is not None
    return int(program.stdout.readline())


def finish(program: subprocess.Popen[str]) -> None:
    program.communicate("go on\n", timeout=WAIT)
    assert program.returncode == 0


def test_a_query_works_and_the_office_is_no_superuser(folder: Path) -> None:
    with start(folder) as database:
        row = database.execute(
            "SELECT current_database(), rolsuper, current_setting('listen_addresses'), pg_encoding_to_char(encoding),"
            " datcollate FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
        ).fetchone()
    assert row == ("gongkai", False, "", "UTF8", "C")


def test_nobody_else_can_enter_the_data(folder: Path) -> None:
    start(folder).close()
    assert Layout.of(folder).cluster.stat().st_mode & 0o077 == 0
    assert Layout.of(folder).log.stat().st_mode & 0o077 == 0


def test_a_restart_keeps_the_data(folder: Path) -> None:
    with start(folder) as database:
        database.execute("CREATE TABLE kept AS SELECT '依申请公开' AS word")
    stop(folder)
    assert processes.postmaster(Layout.of(folder)) is None
    with start(folder) as database:
        assert database.execute("SELECT word FROM kept").fetchone() == ("依申请公开",)


def test_by_default_a_commit_is_on_the_disk(folder: Path) -> None:
    with psycopg.connect(ensure_running(folder)) as database:
        shown = [database.execute(f"SHOW {name}").fetchone() for name in ("fsync", "synchronous_commit")]
    assert shown == [("on",), ("on",)]


def test_programs_that_start_at_once_share_one_server(folder: Path) -> None:
    programs = [another_program(folder, "sys.stdin.readline()") for _ in range(3)]
    servers = {said(program) for program in programs}
    assert len(servers) == 1
    for program in programs:
        finish(program)


def test_the_last_program_that_leaves_stops_the_server(folder: Path) -> None:
    first, second = (another_program(folder, "sys.stdin.readline()") for _ in range(2))
    assert said(first) == said(second)
    finish(first)
    assert processes.postmaster(Layout.of(folder)) is not None, "stopped while the second still uses it"
    finish(second)
    assert processes.postmaster(Layout.of(folder)) is None


def test_a_program_that_was_killed_is_no_user_any_more(folder: Path) -> None:
    killed = another_program(folder, "os.kill(os.getpid(), signal.SIGKILL)")
    found = said(killed)
    assert killed.wait(WAIT) == -signal.SIGKILL
    assert postmaster(folder).pid == found, "the server itself goes on"
    start(folder).close()
    assert postmaster(folder).pid == found, "and is used again"
    assert server.leave(folder), "the killed program does not count"
    assert processes.postmaster(Layout.of(folder)) is None


def test_after_kill_9_of_the_server_a_query_works_again_and_nothing_committed_is_lost(folder: Path) -> None:
    with start(folder) as database:
        database.execute("CREATE TABLE kept (n int)")
        database.execute("INSERT INTO kept VALUES (1), (2)")
        killed = kill(folder)
    with start(folder) as database:
        assert database.execute("SELECT sum(n) FROM kept").fetchone() == (3,)
    assert postmaster(folder).pid != killed.pid


def test_a_server_that_dies_while_it_is_being_opened_is_unavailable_in_one_line_and_opens_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers_within = probe.answers_within

    def answers_and_dies(layout: Layout, **seconds: float) -> bool:
        monkeypatch.undo()
        server._start(layout, False)
        assert answers_within(layout, **seconds)
        kill(folder)
        return True

    monkeypatch.setattr(probe, "answers_within", answers_and_dies)
    with pytest.raises(DatabaseUnavailableError, match="数据库又停止了") as told:
        ensure_running(folder, durable=False)
    assert "\n" not in str(told.value)
    with psycopg.connect(ensure_running(folder, durable=False)) as connected:
        assert connected.execute("SELECT 1").fetchone() == (1,)


def test_half_dead_children_do_not_hinder_the_next_start(folder: Path) -> None:
    with start(folder) as database:
        # A child that is stopped does not notice that its parent died, and would hold the shared memory for ever.
        child = psutil.Process(database.info.backend_pid)
        child.suspend()
        kill(folder)
    with start(folder) as database:
        assert database.execute("SELECT 1").fetchone() == (1,)
    assert not child.is_running()


def test_the_pid_file_of_a_living_stranger_is_not_believed(folder: Path) -> None:
    start(folder).close()
    pid_file = Layout.of(folder).cluster / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    kill(folder)
    # The stranger runs as the server's own account: PostgreSQL itself would refuse to start beside it.
    owner = Layout.of(folder).cluster.stat().st_uid
    stranger = subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None)
    try:
        lines[0] = str(stranger.pid)
        for path in Layout.of(folder).leftovers:
            if not path.is_socket():
                path.write_text("\n".join(lines) + "\n")
        with start(folder) as database:
            assert database.execute("SELECT 1").fetchone() == (1,)
        assert stranger.poll() is None, "the stranger must be left alone"
    finally:
        stranger.kill()
        stranger.wait()


def test_a_server_whose_socket_vanished_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_SILENCE", 1.0)
    start(folder).close()
    deaf = postmaster(folder)
    next(path for path in Layout.of(folder).leftovers if path.is_socket()).unlink()
    start(folder).close()
    assert not deaf.is_running()


def test_an_interrupted_set_up_begins_anew(folder: Path) -> None:
    layout = Layout.of(folder)
    layout.unfinished.mkdir(parents=True)
    (layout.unfinished / "PG_VERSION").write_text("16\n")
    start(folder).close()
    assert not layout.unfinished.exists()


def test_a_path_too_long_for_a_socket_works(place: Path) -> None:
    folder = place / ("政府信息公开" * 8) / "postgres"
    layout = Layout.of(folder)
    try:
        start(folder).close()
        assert layout.socket_folder.stat().st_mode & 0o077 == 0
    finally:
        stop(folder)
        layout.socket_folder.rmdir()


def test_the_server_log_tells_no_personal_data(folder: Path) -> None:
    with start(folder) as database:
        database.execute("CREATE TABLE person (number text PRIMARY KEY)")
        database.execute("INSERT INTO person VALUES ('110105194912310021')")
        with pytest.raises(psycopg.errors.UniqueViolation, match="110105194912310021"):
            database.execute("INSERT INTO person VALUES ('110105194912310021')")
    log = Layout.of(folder).log.read_text()
    assert "person_pkey" in log
    assert "110105194912310021" not in log


def test_data_of_an_unknown_version_is_refused_in_one_line(folder: Path) -> None:
    start(folder).close()
    stop(folder)
    version = Layout.of(folder).cluster / "PG_VERSION"
    version.write_text("9\n")
    try:
        with pytest.raises(DatabaseUnavailableError, match="由 PostgreSQL 9 建立") as caught:
            ensure_running(folder)
        assert "\n" not in str(caught.value)
    finally:
        version.write_text("16\n")


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    start(folder).close()
    stop(folder)
    (Layout.of(folder).cluster / "global" / "pg_control").rename(folder / "pg_control")
    with pytest.raises(DatabaseUnavailableError, match=r"没有启动起来：.*pg_control"):
        ensure_running(folder)


def test_waiting_for_another_program_has_an_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.office.config.database import locks

    start(folder).close()
    kill(folder)
    monkeypatch.setattr(server, "_LOCK", 0.3)
    begin = time.monotonic()
    with (
        locks.exclusive(Layout.of(folder).start_lock, 1.0),
        pytest.raises(DatabaseUnavailableError, match="另一个进程正在启动或停止数据库"),
    ):
        ensure_running(folder)
    assert time.monotonic() - begin < 10


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://clerk:p%40ss@db.example.org:5433/office?sslmode=require",
            {"NAME": "office", "USER": "clerk", "PASSWORD": "p@ss", "HOST": "db.example.org", "PORT": "5433"}
            | {"OPTIONS": {"sslmode": "require"}},
        ),
        ("host=/run/pg dbname=office", {"NAME": "office", "HOST": "/run/pg", "OPTIONS": {}}),
    ],
)
def test_an_address_becomes_djangos_parameters(url: str, expected: dict[str, object], tmp_path: Path) -> None:
    assert connection(url, tmp_path) == expected


@pytest.mark.parametrize(("url", "why"), [("mysql://x/y", "连接地址"), ("postgresql://host", "数据库名称")])
def test_an_address_that_is_none_is_refused(url: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=why):
        connection(url, tmp_path)


def test_without_an_address_the_parameters_are_the_embedded_servers(tmp_path: Path) -> None:
    found = connection("", tmp_path)
    assert found["HOST"] == str(Layout.of(tmp_path / "postgres").socket_folder)
    assert not (tmp_path / "postgres").exists(), "asking must start and make nothing"

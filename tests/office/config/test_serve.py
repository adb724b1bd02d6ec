"""``gongkai serve`` as people start it: opens, survives the death of any part, stops whole."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from office.config.serving import Office, environment, left_of, office, wait_for
from shared_files import ROOT

from gongkai.office.config.serve.address import shown


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder that several tests open one after the other: only the first makes the tables."""
    with tempfile.TemporaryDirectory(prefix="gongkai-test-", ignore_cleanup_errors=True) as name:
        yield Path(name) / "data"


@pytest.fixture
def opened(data: Path) -> Iterator[Office]:
    with office(data) as running:
        yield running.open()


def run(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment(data, **settings),
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_opens_says_where_and_stops_whole(opened: Office, number: int) -> None:
    assert f"公开办公系统已启动：http://127.0.0.1:{opened.port}/\n" in opened.lines
    assert any(str(opened.data / "postgres") in line for line in opened.lines), "the data folder is named"
    assert opened.get("/healthz").status == 200
    wait_for(opened.ready)
    assert set(opened.parts()) == {"database", "migrations", "worker", "static"}
    assert opened.end(number) == 0
    assert left_of(opened.data) == []
    assert opened.lines[-1] == "已停止\n"


def test_it_stops_while_it_is_still_preparing(data: Path) -> None:
    with office(data) as running:
        wait_for(lambda: running.child("prepare"))
        assert running.end() == 0
        assert left_of(data) == []


def test_after_kill_9_of_the_supervisor_nothing_is_left(opened: Office) -> None:
    assert len(left_of(opened.data)) > 5
    opened.end(signal.SIGKILL)
    wait_for(lambda: not left_of(opened.data), 30)


def test_a_web_that_was_killed_comes_back(opened: Office) -> None:
    killed = opened.child("web")
    assert killed is not None
    killed.kill()
    wait_for(lambda: opened.child("web") not in (None, killed))
    wait_for(opened.ready)


def test_a_process_of_the_web_that_was_killed_comes_back(opened: Office) -> None:
    web = opened.child("web")
    assert web is not None
    serving = [process for process in web.children() if "resource_tracker" not in " ".join(process.cmdline())]
    assert len(serving) == 1
    serving[0].kill()
    wait_for(lambda: not serving[0].is_running())
    wait_for(opened.ready)
    assert web.is_running()


def test_a_job_whose_worker_was_killed_runs_again_and_once(opened: Office) -> None:
    wait_for(opened.ready)
    with opened.database() as database:
        worker = database.execute("SELECT max(id) FROM procrastinate_workers").fetchone()
        assert worker is not None
        # What a job looks like that this worker has in hand.
        job = database.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
            " VALUES ('default', 'config.old_sessions', '{\"timestamp\": 0}', 'doing', %s) RETURNING id",
            [worker[0]],
        ).fetchone()
        assert job is not None
        killed = opened.child("worker")
        assert killed is not None
        killed.kill()

        def state() -> object:
            return database.execute("SELECT status, attempts FROM procrastinate_jobs WHERE id = %s", job).fetchone()

        wait_for(lambda: state() == ("succeeded", 2))
    assert any("job interrupted, runs again" in line for line in opened.log)


def test_a_database_that_was_killed_comes_back_with_its_data(opened: Office) -> None:
    with opened.database() as database:
        tables = database.execute("SELECT count(*) FROM pg_tables").fetchone()
    killed = opened.postmaster()
    assert killed is not None
    killed.kill()
    wait_for(lambda: opened.postmaster() not in (None, killed))
    wait_for(opened.ready)
    with opened.database() as database:
        assert database.execute("SELECT count(*) FROM pg_tables").fetchone() == tables
    assert opened.process.poll() is None


def test_with_a_certificate_it_serves_https_by_itself(data: Path, tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run([*make, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    settings = {"GONGKAI_TLS_CERTIFICATE": str(certificate), "GONGKAI_TLS_KEY": str(key), "GONGKAI_PLAIN_HTTP": "0"}
    with office(data, GONGKAI_HOSTS="xxgk.example", **settings) as running:
        running.open()
        assert f"公开办公系统已启动：https://127.0.0.1:{running.port}/\n" in running.lines
        context = ssl.create_default_context(cafile=str(certificate))
        connection = http.client.HTTPSConnection("127.0.0.1", running.port, timeout=10, context=context)
        connection.request("GET", "/nowhere", headers={"Host": "xxgk.example"})
        answer = connection.getresponse()
        assert answer.status == 404, "seen as HTTPS: no redirect"
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_two_on_the_same_data_are_refused(opened: Office) -> None:
    second = run(opened.data, "serve", "--port", "1")
    assert second.returncode == 2
    assert "正在使用数据文件夹" in second.stderr
    assert opened.get("/healthz").status == 200


def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(tmp_path, "serve", "--port", str(port))
    assert (done.returncode, done.stderr) == (2, f"端口 {port} 已被占用；请用 --port 换一个，或停止占用它的程序\n")
    assert not (tmp_path / "postgres").exists(), "told before anything was started"


def test_an_address_of_another_machine_is_told_in_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--host", "192.0.2.1")
    assert done.returncode == 2
    assert done.stderr.startswith("不能监听 192.0.2.1")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (
            {"GONGKAI_PORT": "http"},
            "环境变量 GONGKAI_PORT 的值“http”不对：应为 1 至 65535 的整数，例如 GONGKAI_PORT=8443\n",
        ),
        ({"DATABASE_URL": "mysql://x"}, "环境变量 DATABASE_URL 的值不对：不是 PostgreSQL 的连接地址"),
        ({"GONGKAI_PLAIN_HTTP": "0"}, "正式使用须用 GONGKAI_HOSTS 写明域名"),
        ({"GONGKAI_PLAIN_HTTP": "0", "GONGKAI_HOSTS": "x.example"}, "正式使用须经 HTTPS"),
    ],
)
@pytest.mark.parametrize("command", [("serve",), ("office", "check")])
def test_a_wrong_setting_is_told_and_nothing_starts(
    command: tuple[str, ...], settings: dict[str, str], line: str, tmp_path: Path
) -> None:
    done = run(tmp_path, *command, **settings)
    assert done.returncode == 2
    assert line in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_command_of_the_office_brings_its_own_database_and_stops_it(data: Path) -> None:
    done = run(data, "office", "showmigrations", "--plan")
    assert done.returncode == 0, done.stderr
    assert "sessions.0001_initial" in done.stdout
    assert left_of(data) == []


def test_without_the_office_packages_one_line_says_what_to_install(tmp_path: Path) -> None:
    import typer

    # The same Python without the packages of the office.
    for path in Path(typer.__file__).parents[1].iterdir():
        if not path.name.startswith(("django", "granian", "__pycache__")) and path.suffix != ".pth":
            (tmp_path / path.name).symlink_to(path)
    start = (
        f"import sys; sys.path[:0] = [{str(ROOT / 'src')!r}, {str(tmp_path)!r}]; import gongkai.__main__ as m; m.main()"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", start, "serve"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr == (
        "没有安装办公系统所需的软件包（缺少 django、granian）；请运行：pip install 'gongkai[office]'\n"
    )


def test_the_list_of_commands_needs_no_django() -> None:
    code = (
        "import sys; sys.argv = ['gongkai', '--help']\n"
        "from gongkai.__main__ import main\n"
        "try: main()\n"
        "finally: print([name for name in ('django', 'psycopg', 'granian', 'procrastinate') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert done.stdout.endswith("[]\n"), done.stderr
    assert "serve" in done.stdout


@pytest.mark.parametrize(
    ("host", "https", "expected"),
    [
        ("0.0.0.0", False, "http://localhost:80/"),
        ("::1", True, "https://[::1]:80/"),
        ("10.0.0.8", False, "http://10.0.0.8:80/"),
    ],
)
def test_the_address_shown_can_be_opened(host: str, https: bool, expected: str) -> None:
    assert shown(host, 80, https=https) == expected

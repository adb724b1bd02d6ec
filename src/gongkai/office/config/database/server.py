"""Start and stop the embedded server of one folder. Any number of processes may ask at the same time.

Every process that asked is a user of the server, known by a shared lock that the kernel gives back when the process
ends in whatever way. The last user that leaves stops the server.
"""

from __future__ import annotations

import atexit
import logging
import os
import shlex
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from gongkai.office.config.database import locks, probe, processes, programs
from gongkai.office.config.database.account import Account, account, let_through
from gongkai.office.config.database.errors import DatabaseUnavailableError
from gongkai.office.config.database.layout import DATABASE, OWNER, PORT, SUPERUSER, Layout

_log = logging.getLogger(__name__)

_LOCK = 300.0  # seconds to wait for another process that starts or stops the server: as long as that may take
_START = 60.0  # for one start
_RECOVERY = 240.0  # for a server that says it is recovering from a crash
_SILENCE = 20.0  # for a main process that lives and does not answer; then it is ended
_STOP = 20.0
_LONGEST_LOG = 5 * 1024**2  # bytes; a longer one is put aside at the next start

# For tests, whose data nobody misses when the power fails. A killed process still loses nothing that was committed.
_FORGETFUL = {"fsync": "off", "full_page_writes": "off"}

_users: dict[Path, tuple[int, int]] = {}  # folder → (pid, handle of the shared lock)


def ensure_running(folder: Path, *, durable: bool = True) -> str:
    """Start the server of ``folder`` if none answers; return how to connect (a libpq connection string).

    Makes the cluster the first time, recovers after a crash, and counts this process as a user until it ends or
    calls ``leave``. ``durable`` concerns a start; a server that runs already stays as it is.
    Raises ``DatabaseUnavailableError`` with one Chinese line.
    """
    layout = Layout.of(folder)
    _prepare(layout)
    _join(layout)
    if probe.ask(layout, as_office=True) is not probe.State.ANSWERS:
        with locks.exclusive(layout.start_lock, _LOCK):
            if not probe.answers_within(layout, starting=_RECOVERY, silent=_SILENCE):
                _start(layout, durable)
            try:
                _make_database(layout)
            except psycopg.OperationalError as error:  # it was there a moment ago
                raise DatabaseUnavailableError(f"数据库又停止了：{_last_line(str(error).encode())}") from error
    return layout.conninfo


def alive(folder: Path) -> bool:
    """Whether the server of ``folder`` answers now."""
    return probe.ask(Layout.of(folder)) is not probe.State.SILENT


def leave(folder: Path) -> bool:
    """Use the server no longer; stop it when nobody else does. Returns whether it was stopped."""
    layout = Layout.of(folder)
    pid, handle = _users.pop(layout.folder, (0, -1))
    if pid != os.getpid():  # never joined, or a forked child that merely inherited the entry
        return False
    with locks.exclusive(layout.start_lock, _LOCK):
        os.close(handle)
        alone = locks.held_by_nobody(layout.users_lock)
        if alone is None:
            return False
        try:
            _stop(layout)
        finally:
            os.close(alone)
    return True


def stop(folder: Path) -> None:
    """Stop the server of ``folder`` whoever uses it; connections are ended, what is committed stays."""
    layout = Layout.of(folder)
    if not layout.cluster.exists():
        return
    with locks.exclusive(layout.start_lock, _LOCK):
        pid, handle = _users.pop(layout.folder, (0, -1))
        if pid == os.getpid():
            os.close(handle)
        _stop(layout)


def _prepare(layout: Layout) -> None:
    try:
        layout.folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        if os.geteuid() == 0:
            layout.folder.chmod(0o711)
        elif not os.access(layout.folder, os.W_OK):
            raise PermissionError
    except OSError:
        raise DatabaseUnavailableError(
            f"不能写入数据文件夹 {layout.folder}；请检查权限，或用 GONGKAI_DATA 另指一处"
        ) from None


def _join(layout: Layout) -> None:
    pid, handle = _users.get(layout.folder, (0, -1))
    if pid == os.getpid():
        return
    if pid:
        os.close(handle)  # of the parent that forked this process; its own handle stays
    else:
        atexit.register(_leave_at_end, layout.folder)
    _users[layout.folder] = (os.getpid(), locks.share(layout.users_lock, _LOCK))


def _leave_at_end(folder: Path) -> None:
    with suppress(DatabaseUnavailableError, OSError):  # the folder may be gone by now (a test's)
        leave(folder)


def _start(layout: Layout, durable: bool) -> None:
    """Under the start lock, with nobody answering: clear what a dead server left, make the cluster, start."""
    who = account(layout)
    bin_folder = programs.folder(layout)
    let_through(who, layout.folder / "cluster")
    let_through(who, bin_folder / "postgres")
    ended = processes.end_all(layout)
    if ended:
        _log.warning("清理了上次没有正常结束的 %d 个数据库进程", ended)
    if not layout.cluster.exists():
        _make_cluster(layout, who, bin_folder, durable)
    for path in layout.leftovers:
        path.unlink(missing_ok=True)
    _socket_folder(layout, who)
    _launch(layout, who, bin_folder, durable)
    _log.info("数据库已启动，数据在 %s", layout.folder)


def _make_cluster(layout: Layout, who: Account, bin_folder: Path, durable: bool) -> None:
    """Under another name first: an interrupted set-up must not be taken for a cluster."""
    _log.info("正在建立数据库（首次约需几秒）：%s", layout.folder)
    shutil.rmtree(layout.unfinished, ignore_errors=True)
    layout.unfinished.mkdir(mode=0o700)
    who.give(layout.unfinished, 0o700)
    arguments = ["-D", str(layout.unfinished), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C"]
    # Checksums: a page that the disk spoilt is told, not believed.
    arguments += ["--data-checksums"] if durable else ["--no-sync"]
    done = programs.run(bin_folder / "initdb", *arguments, account=who, seconds=_START)
    if done.returncode:
        raise DatabaseUnavailableError(f"未能建立数据库（{layout.folder}）：{_last_line(done.stdout)}")
    layout.unfinished.rename(layout.cluster)


def _socket_folder(layout: Layout, who: Account) -> None:
    folder = layout.socket_folder
    if folder == layout.cluster:
        return
    # In a folder that all may write to, somebody else could have made it first and listen there.
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    state = folder.lstat()
    if folder.is_symlink() or state.st_uid not in (os.geteuid(), who.uid):
        raise DatabaseUnavailableError(
            f"文件夹 {folder} 属于别的用户，不能使用；请删除它，或把数据文件夹移到较短的路径下"
        )
    who.give(folder, 0o700)


def _launch(layout: Layout, who: Account, bin_folder: Path, durable: bool) -> None:
    if layout.log.exists() and layout.log.stat().st_size > _LONGEST_LOG:
        layout.log.replace(layout.log.with_suffix(".log.1"))
    layout.log.touch(mode=0o600)
    who.give(layout.log, 0o600)
    begin = layout.log.stat().st_size
    options = shlex.join(f"-c{name}={value}" for name, value in _options(layout, durable).items())
    arguments = ["start", "-D", str(layout.cluster), "-l", str(layout.log), "-o", options]
    arguments += ["-w", "-t", str(int(_RECOVERY))]
    told = b""
    with suppress(subprocess.TimeoutExpired):
        told = programs.run(bin_folder / "pg_ctl", *arguments, account=who, seconds=_RECOVERY + 5).stdout
    # pg_ctl waits, but believes the pid file; only an answer counts.
    if not probe.answers_within(layout, starting=_RECOVERY, silent=_SILENCE):
        why = _last_line(layout.log.read_bytes()[begin:] or told)
        raise DatabaseUnavailableError(f"数据库没有启动起来：{why}（记录在 {layout.log}）")


def _options(layout: Layout, durable: bool) -> dict[str, str]:
    return {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{layout.socket_folder}"',
        "unix_socket_permissions": "0700",
        "cluster_name": layout.tag,
        "max_connections": "200",
        "log_checkpoints": "off",
        # The text of a failed statement, and the detail of an error, hold personal data; logs do not.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        **({} if durable else _FORGETFUL),
    }


def _make_database(layout: Layout) -> None:
    """The office's role and database; each is made only when missing, so an interrupted start is completed."""
    with psycopg.connect(layout.superuser_conninfo, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            # CREATEDB: the tests make databases of their own.
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def _stop(layout: Layout) -> None:
    if processes.postmaster(layout) is not None:
        with suppress(subprocess.TimeoutExpired):
            programs.run(
                programs.folder(layout) / "pg_ctl",
                *("stop", "-D", str(layout.cluster), "-m", "fast", "-w", "-t", str(int(_STOP))),
                account=account(layout),
                seconds=_STOP + 5,
            )
    processes.end_all(layout)
    _log.info("数据库已停止")


def _last_line(output: bytes) -> str:
    """The last line that says something, for the one line that people see."""
    lines = [line.strip() for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower() or "PANIC" in line]
    return (telling or lines or ["没有留下说明"])[-1]

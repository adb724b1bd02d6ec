"""Where the embedded server keeps its things, and how it is reached: all of it follows from the folder alone.

So settings know the connection without a server running, and every process of the office finds the same one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

PORT = 5432  # only a part of the socket's name: the server listens on no network address
OWNER, DATABASE = "gongkai", "gongkai"  # the office's own role and database; the role is no superuser
SUPERUSER = "postgres"

# Bytes of a socket's path: 107 on Linux, 103 on macOS.
_LONGEST_SOCKET = 103
_SHORT = Path("/tmp")  # not TMPDIR: all processes of the office must come to the same place


@dataclass(frozen=True)
class Layout:
    """The places of the embedded server of one ``folder`` (absolute)."""

    folder: Path

    @classmethod
    def of(cls, folder: Path) -> Layout:
        return cls(Path(folder).expanduser().resolve())

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory; belongs to the account that the server runs as."""
        return self.folder / "cluster"

    @property
    def unfinished(self) -> Path:
        """Where a new cluster is made; it takes its name only when complete."""
        return self.folder / "cluster.unfinished"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def start_lock(self) -> Path:
        return self.folder / "start.lock"

    @property
    def users_lock(self) -> Path:
        return self.folder / "users.lock"

    @property
    def tag(self) -> str:
        """A name that only the processes of this folder's server carry (``cluster_name``; it shows in ``ps``)."""
        return f"gongkai-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]}"

    @property
    def socket_folder(self) -> Path:
        """The cluster itself, which nobody else may enter; a folder of like rights where that path is unfit.

        A path is unfit when it is too long for a socket, or has signs that libpq or PostgreSQL take for a list.
        """
        inside = self.cluster / self._socket_name
        unfit = len(str(inside).encode()) > _LONGEST_SOCKET or any(sign in str(inside) for sign in ",\"'\\")
        return _SHORT / self.tag if unfit else self.cluster

    @property
    def _socket_name(self) -> str:
        return f".s.PGSQL.{PORT}"

    @property
    def leftovers(self) -> tuple[Path, ...]:
        """Files of a running server. After a crash they make the next start refuse when a pid has been reused."""
        socket = self.socket_folder / self._socket_name
        return (self.cluster / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock"))

    @property
    def conninfo(self) -> str:
        """How the office connects (a libpq connection string)."""
        return make_conninfo(host=str(self.socket_folder), port=PORT, user=OWNER, dbname=DATABASE)

    @property
    def superuser_conninfo(self) -> str:
        """How the server is asked whether it lives, and how role and database are made."""
        return make_conninfo(host=str(self.socket_folder), port=PORT, user=SUPERUSER, dbname="postgres")

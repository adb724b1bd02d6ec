"""The web: granian with its processes. A program of its own, started by the supervisor with address and port."""

from __future__ import annotations

import multiprocessing
import os
import sys

from granian import Granian
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels

from gongkai.office.config import logs
from gongkai.office.config.database import ensure_running
from gongkai.office.config.database.address import embedded_folder
from gongkai.office.config.environment import catalogue as env
from gongkai.office.config.serve.parent import VARIABLE, end_with_parent

_STOP = 10  # seconds for the requests in hand
_IDLE = 600  # seconds before a thread without work ends, and its database connection with it


def main(host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    end_with_parent()
    os.environ[VARIABLE] = str(os.getpid())  # granian's processes are children of this one, and end with it
    if not env.DATABASE_URL.value():
        # As a user of its own: should the supervisor be killed, the last of its children stops the database.
        ensure_running(embedded_folder(env.DATA.value()), durable=env.DATABASE_DURABLE.value())
    # Not fork: a process with threads must not, and later Pythons do not.
    multiprocessing.set_start_method("spawn")
    Granian(
        "gongkai.office.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=env.WORKERS.value(),
        blocking_threads=env.THREADS.value(),
        blocking_threads_idle_timeout=_IDLE,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=_STOP,
        ssl_cert=env.TLS_CERTIFICATE.value(),
        ssl_key=env.TLS_KEY.value(),
        ssl_protocol_min=SSLProtocols.tls12,  # many offices have browsers that know no later one
        log_level=LogLevels.error,
        log_dictconfig=logs.configuration(env.LOG_FORMAT.value(), env.LOG_LEVEL.value()),
        process_name=None,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

"""Where the database is, for Django: nothing is started or asked here, so settings may import it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from gongkai.office.config.database.layout import Layout

_DJANGO = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def embedded_folder(data: Path) -> Path:
    """The folder of the embedded server inside the data folder."""
    return data / "postgres"


def connection(url: str, data: Path) -> dict[str, Any]:
    """Django's names for the connection that ``url`` describes; of the embedded server in ``data`` when it is empty.

    ``url`` may be an address (``postgresql://…``) or a libpq connection string; what Django has no name for
    (``sslmode``, ``options`` …) goes on as it is. Raises ``ValueError`` when it is neither.
    """
    try:
        parts = conninfo_to_dict(url or Layout.of(embedded_folder(data)).conninfo)
    except psycopg.ProgrammingError:
        raise ValueError("不是 PostgreSQL 的连接地址") from None
    if not parts.get("dbname"):
        raise ValueError("没有写明数据库名称")
    named = {_DJANGO[key]: str(value) for key, value in parts.items() if key in _DJANGO and value is not None}
    return named | {"OPTIONS": {key: value for key, value in parts.items() if key not in _DJANGO}}

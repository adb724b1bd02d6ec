"""``gongkai office …``: Django's commands, with the database running."""

from __future__ import annotations

import os
import sys

from gongkai.office.config.database import DatabaseUnavailableError, ensure_running
from gongkai.office.config.database.address import embedded_folder
from gongkai.office.config.environment import catalogue as env


def run(arguments: list[str]) -> int:
    """Carry out one of Django's commands; the exit code. The embedded database runs for as long as that takes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.config.settings")
    if not env.DATABASE_URL.value():
        try:
            ensure_running(embedded_folder(env.DATA.value()), durable=env.DATABASE_DURABLE.value())
        except DatabaseUnavailableError as error:
            sys.stderr.write(f"{error}\n")
            return 2
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["gongkai office", *arguments])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0

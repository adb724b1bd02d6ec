"""What is done once before the office opens: tables, static files, the demonstration county.

A program of its own (``python -m gongkai.office.config.serve.prepare [--demo]``). On stdout: what the person at the
terminal is to be told when the office is open (the sign-ins of the demonstration).
"""

from __future__ import annotations

import logging
import os
import sys
from importlib.util import find_spec

_LOCK = 7_034_117_229  # of PostgreSQL, for `migrate`: drawn by lot, the same on every machine
_log = logging.getLogger("gongkai.prepare")


def main(arguments: list[str]) -> int:
    """Exit code 0, or 1 after one line on stderr."""
    from gongkai.office.config.serve.parent import end_with_parent

    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.config.settings")
    import django

    django.setup()
    try:
        migrate()
        from gongkai.office.config.serve.static_files import collect

        collect()
        if "--demo" in arguments:
            demonstrate()
    except Exception as error:
        _log.exception("prepare failed")
        sys.stderr.write(f"未能准备好系统：{type(error).__name__}（详见上面的日志）\n")
        return 1
    return 0


def migrate() -> None:
    """Bring the tables up to date; of several programs that want to, one does it while the others wait."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        # Of the session, not of a transaction: migrations have transactions of their own.
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            with connection.cursor() as after:
                after.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def demonstrate() -> None:
    """The invented county, when this installation has one; its lines for the terminal go to stdout."""
    name = "gongkai.office.config.demonstration"
    if find_spec(name) is None:
        _log.warning("no demonstration county in this installation")
        return
    from importlib import import_module

    for line in import_module(name).ensure() or ():
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

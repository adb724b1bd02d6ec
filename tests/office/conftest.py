"""Fixtures of the office: the real PostgreSQL, embedded; one server and one database for each test process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start the embedded server before pytest-django makes its database in it."""
    from gongkai.office.config.database import ensure_running, stop

    folder = Path(settings.DATA) / "postgres"
    ensure_running(folder, durable=False)
    yield
    stop(folder)


@pytest.fixture(scope="session", autouse=True)
def _log_may_be_emptied_between_tests() -> None:
    """Tests that commit leave their rows to a TRUNCATE, which the act log refuses; here, and only here, it yields."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            for table in ("acts_act", "acts_link"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_kept")
        empty(self)
        with connection.cursor() as cursor:
            # Not managed by Django, and therefore not emptied by it.
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers CASCADE")
            for table in ("acts_act", "acts_link"):
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_kept")

    TransactionTestCase._fixture_teardown = teardown

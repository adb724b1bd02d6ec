"""Long tables go to the worker. A job may run any number of times: the import itself says what is due."""

from __future__ import annotations

import datetime

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongkai.office.bodies.services.importing import uploads

_KEPT = datetime.timedelta(days=7)


@app.task(
    name=uploads.JOB,
    retry=RetryStrategy(max_attempts=5, exponential_wait=2, retry_exceptions=[OperationalError]),
)
def work_on_import(import_id: int, person_id: int, request_number: str, address: str) -> None:
    """2, 4, 8 … seconds between the attempts, when the database is away or two stand in each other's way."""
    uploads.work(import_id, person_id, request_number, address)


@app.periodic(cron="40 19 * * *")
@app.task(name="bodies.clear_imports", queueing_lock="bodies.clear_imports", retry=3)
def clear_imports(timestamp: int) -> None:
    """At 3:40 in the night (19:40 UTC): personal data of tables that nobody imported."""
    uploads.clear_old(timezone.now() - _KEPT)

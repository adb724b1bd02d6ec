"""Registers are tried out and imported. Each job may run any number of times: the work says what is due."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from gongkai.office.acts.services import work as works
from gongkai.office.applications.services.importing import running

_KEPT = datetime.timedelta(days=7)


@app.task(name=running.TRY, retry=works.RETRY)
def try_register(work_id: int) -> None:
    """What an import would do, row by row."""
    works.carry_out(work_id, running.try_out)


@app.task(name=running.APPLY, retry=works.RETRY)
def apply_register(work_id: int) -> None:
    """All rows, or none."""
    works.carry_out(work_id, running.carry_all)


@app.periodic(cron="40 19 * * *")
@app.task(name="applications.clear_imports", queueing_lock="applications.clear_imports", retry=3)
def clear_imports(timestamp: int) -> None:
    """At 3:40 in the night (19:40 UTC): personal data of registers that nobody imported."""
    running.clear_old(timezone.now() - _KEPT)

"""Long tables go to the worker. A job may run any number of times: the work says what is due."""

from __future__ import annotations

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from gongkai.office.acts.services import work as works
from gongkai.office.bodies.services.importing import uploads

_KEPT = datetime.timedelta(days=7)


@app.task(name=uploads.TRY, retry=works.RETRY)
def try_import(work_id: int) -> None:
    """What an import would do, row by row."""
    works.carry_out(work_id, uploads.try_later)


@app.task(name=uploads.APPLY, retry=works.RETRY)
def apply_import(work_id: int) -> None:
    """All rows, or none."""
    works.carry_out(work_id, uploads.apply_later)


@app.periodic(cron="40 19 * * *")
@app.task(name="bodies.clear_imports", queueing_lock="bodies.clear_imports", retry=3)
def clear_imports(timestamp: int) -> None:
    """At 3:40 in the night (19:40 UTC): personal data of tables that nobody imported."""
    uploads.clear_old(timezone.now() - _KEPT)

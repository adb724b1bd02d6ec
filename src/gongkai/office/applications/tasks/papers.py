"""Papers of a case are blacked out and converted. Each job may run any number of times: the work says what is due."""

from __future__ import annotations

from procrastinate.contrib.django import app

from gongkai.office.acts.services import work as works
from gongkai.office.applications.services import converting, redacting


@app.task(name=redacting.BURN, retry=works.RETRY)
def burn(work_id: int) -> None:
    """Boxes into pictures."""
    works.carry_out(work_id, redacting.burn)


@app.task(name=converting.CONVERT, retry=works.RETRY)
def convert(work_id: int) -> None:
    """An office file as PDF."""
    works.carry_out(work_id, converting.convert)

"""Deadlines that follow the table of working days."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongkai.office.applications.services.recomputing import recompute_all


@app.periodic(cron="50 17 * * *")  # UTC, that is 1:50 in Beijing
@app.task(
    name="applications.recompute",
    queueing_lock="applications.recompute",
    retry=RetryStrategy(max_attempts=5, exponential_wait=4),
)
def recompute(timestamp: int) -> None:
    """Estimated deadlines after the days off of a year have been decided. Done twice, it does nothing more."""
    recompute_all()

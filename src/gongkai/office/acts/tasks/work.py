"""Care of work in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from gongkai.office.acts.services import work


@app.periodic(cron="* * * * *")
@app.task(name="acts.sweep_work", queueing_lock="acts.sweep_work", retry=3)
def sweep_work(timestamp: int) -> None:
    """Every minute: somebody may be looking at the page of work that no job will ever do."""
    work.end_lost()

"""Jobs; imported by the worker, which looks for a module of this name in every app."""

from __future__ import annotations

from procrastinate.contrib.django import app

from gongkai.office.bodies.sign_in.services.tidying import tidy


@app.periodic(cron="17 3 * * *")
@app.task(name="sign_in.tidy", queueing_lock="sign_in.tidy", retry=3)
def tidy_sign_in(timestamp: int) -> None:
    """Every night. Done twice, the second time finds nothing."""
    tidy()

"""Jobs. A verification that was broken off is walked again from the start: it changes nothing until its verdict."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongkai.office.acts.policy import SYSTEM
from gongkai.office.audit.selectors.verifications import under_way
from gongkai.office.audit.services import verifying


@app.task(name=verifying.JOB, retry=RetryStrategy(max_attempts=3, wait=30))
def run_verification(verification_id: int) -> None:
    """One verification."""
    verifying.run(verification_id)


@app.periodic(cron="20 2 * * *")
@app.task(name="audit.every_night", queueing_lock="audit.every_night", retry=3)
def every_night(timestamp: int) -> None:
    """At night nobody waits for the database."""
    if under_way() is None:
        verifying.ask(SYSTEM, None)

"""Sending mail. Both jobs may run any number of times: what is done is written in the outbox, not in the job."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongkai.office.acts.database_away import DATABASE_AWAY
from gongkai.office.acts.services import mail


@app.task(
    name=mail.JOB,
    retry=RetryStrategy(max_attempts=11, exponential_wait=2, retry_exceptions=[mail.TryAgainError, *DATABASE_AWAY]),
)
def deliver(mail_id: int) -> None:
    """2, 4, 8 … seconds between the attempts, about an hour in all; afterwards ``sweep`` asks once an hour."""
    mail.deliver(mail_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="acts.sweep_mail", queueing_lock="acts.sweep_mail", retry=3)
def sweep_mail(timestamp: int) -> None:
    """Every five minutes."""
    mail.sweep()

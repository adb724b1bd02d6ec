"""Jobs of attachments. Each may run any number of times: what is done is written with the file, not in the job."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongkai.office.acts.database_away import DATABASE_AWAY
from gongkai.office.acts.services import attachments, file_care


@app.task(
    name=attachments.JOB,
    retry=RetryStrategy(
        max_attempts=8, exponential_wait=4, retry_exceptions=[attachments.TryAgainError, *DATABASE_AWAY]
    ),
)
def examine(file_id: int) -> None:
    """4, 16, 64 … seconds between the attempts, some hours in all; afterwards the daily sweep asks again."""
    attachments.examine(file_id)


@app.periodic(cron="20 2 * * *")
@app.task(name="acts.sweep_files", queueing_lock="acts.sweep_files", retry=3)
def sweep_files(timestamp: int) -> None:
    """Every night."""
    file_care.sweep()


@app.periodic(cron="40 3 * * *")
@app.task(name="acts.verify_files", queueing_lock="acts.verify_files", retry=3)
def verify_files(timestamp: int) -> None:
    """Every night some, the longest unverified first."""
    file_care.verify()

"""The jobs that keep the office itself in order. Times of day are UTC here, as the queue reckons them."""

from __future__ import annotations

from django.core.management import call_command
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from gongkai.office.config.interrupted import run_again

SILENT_FOR = 20  # seconds: as `stalled_worker_timeout` in settings
_KEEP_DONE, _KEEP_FAILED = 7 * 24, 90 * 24  # hours
_RETRY = RetryStrategy(max_attempts=3, wait=60)


@app.periodic(cron="* * * * *")
@app.task(name="config.interrupted", queueing_lock="config.interrupted", retry=_RETRY, pass_context=True)
async def interrupted(context: JobContext, timestamp: int) -> None:
    """Every minute; so a minute without a line of this job in the log means that the queue stands still."""
    await run_again(context.app.job_manager, silent_for=SILENT_FOR)


@app.periodic(cron="10 19 * * *")
@app.task(name="config.old_jobs", queueing_lock="config.old_jobs", retry=_RETRY, pass_context=True)
async def old_jobs(context: JobContext, timestamp: int) -> None:
    """At 3:10 in the night: what was done a week ago, and what failed three months ago."""
    await context.app.job_manager.delete_old_jobs(_KEEP_DONE)
    await context.app.job_manager.delete_old_jobs(
        _KEEP_FAILED, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="20 19 * * *")
@app.task(name="config.old_sessions", queueing_lock="config.old_sessions", retry=_RETRY)
def old_sessions(timestamp: int) -> None:
    """At 3:20 in the night: sessions that ended."""
    call_command("clearsessions")

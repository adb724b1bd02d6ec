"""Jobs whose worker died in the middle (``kill -9``, power): nobody would ever finish them. They are run again.

That is why every job must be one that may run twice (docs/office/jobs.md).
"""

from __future__ import annotations

import logging

from procrastinate.jobs import Status
from procrastinate.manager import JobManager

# A job that was interrupted so often probably is what kills the worker.
MOST_ATTEMPTS = 10
_log = logging.getLogger(__name__)


async def run_again(manager: JobManager, *, silent_for: float) -> int:
    """Put back into the queue what workers had in hand that gave no sign of life for ``silent_for`` seconds.

    Returns how many. One that keeps killing its worker is given up and stays in the table as failed.
    """
    count = 0
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=silent_for):
        if job.attempts >= MOST_ATTEMPTS:
            _log.error(
                "job given up", extra={"facts": {"task": job.task_name, "job": job.id, "attempts": job.attempts}}
            )
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            continue
        _log.warning("job interrupted, runs again", extra={"facts": {"task": job.task_name, "job": job.id}})
        await manager.retry_job(job)
        count += 1
    return count

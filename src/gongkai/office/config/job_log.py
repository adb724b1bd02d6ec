"""One line of log for every job, under a number of its own: ``J`` and the job's id. Never its arguments."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from gongkai.office.config.request_number import current

if TYPE_CHECKING:
    from procrastinate.job_context import JobContext
    from procrastinate.middleware import AsyncCallNext
    from procrastinate.worker import Worker

_log = logging.getLogger("gongkai.job")


async def log_job(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Middleware around every job; what the job logs itself carries the same number."""
    job = context.job
    token = current.set(f"J{job.id}")
    begin = time.perf_counter()
    outcome = "failed"
    try:
        result = await call_next()
        outcome = "done"
        return result
    finally:
        ms = round((time.perf_counter() - begin) * 1000, 1)
        facts = {"task": job.task_name, "outcome": outcome, "ms": ms, "attempt": job.attempts + 1}
        _log.log(logging.INFO if outcome == "done" else logging.WARNING, "job", extra={"facts": facts})
        current.reset(token)

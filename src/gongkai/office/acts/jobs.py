"""Putting jobs into the queue, within the transaction that makes them needful: rolled back, there is no job.

Within a worker, procrastinate's app would write through a connection of its own, at once, whatever becomes of the
transaction around: another worker would look for records that are not there yet. So jobs are put into the queue
through Django's connection, in the worker as on a page.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task


def enqueue(
    name: str,
    *,
    once: str = "",
    new: bool = False,
    lock: str = "",
    queue: str = "",
    seconds: float = 0,
    **arguments: Any,
) -> None:
    """Have the task ``name`` run with ``arguments`` (numbers and dates only), not before ``seconds`` from now.

    ``once``: a job that waits under this name already is enough; ``new``: none can, the name was never used before.
    ``lock``: jobs of one lock run one after the other.
    """
    options: dict[str, Any] = {"queueing_lock": once, "lock": lock, "queue": queue}
    if seconds:
        options["schedule_in"] = {"seconds": seconds}
    task = configure_task(
        name=name, job_manager=JobManager(DjangoConnector()), **{key: value for key, value in options.items() if value}
    )
    if new or not once:
        task.defer(**arguments)
        return
    # Refused, the lock against a second job would spoil the transaction around: so it is taken in one of its own.
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(**arguments)

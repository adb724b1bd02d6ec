"""Names of the jobs, and putting them into the queue: within the transaction that makes them needful.

Within a worker, procrastinate's app writes through a connection of its own, at once, whatever becomes of the
transaction around: another worker would look for documents that are not there yet, and find nothing to do. So jobs are
put into the queue through Django's connection here, in the worker as on a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from gongkai.office.analysis.limits import CHUNK

QUEUE = "analysis"
READ, FINISH, COMPARE = "analysis.read", "analysis.finish", "analysis.compare"


def read_later(documents: Sequence[int], seconds: float = 0) -> None:
    """Have documents read, a few a job; not before ``seconds`` from now."""
    rest = iter(documents)
    while chunk := list(islice(rest, CHUNK)):
        _put(READ, {"document_ids": chunk}, **({"schedule_in": {"seconds": seconds}} if seconds else {}))


def finish_later(batch: int) -> None:
    """Have a batch compared and finished; once is enough."""
    # Refused, the lock against a second job would spoil the transaction around.
    with suppress(AlreadyEnqueued), transaction.atomic():
        _put(FINISH, {"batch_id": batch}, queueing_lock=f"{FINISH}:{batch}")


def compare_later(documents: Sequence[int]) -> None:
    """Have documents compared anew: what they were compared with is there no longer."""
    rest = iter(documents)
    while chunk := list(islice(rest, CHUNK)):
        _put(COMPARE, {"document_ids": chunk})


def _put(name: str, arguments: dict[str, Any], **options: Any) -> None:
    manager = JobManager(DjangoConnector())
    configure_task(name=name, job_manager=manager, queue=QUEUE, **options).defer(**arguments)

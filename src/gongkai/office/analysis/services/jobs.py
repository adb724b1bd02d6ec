"""Names of the jobs, and putting them into the queue: within the transaction that makes them needful."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from gongkai.office.analysis.limits import CHUNK

QUEUE = "analysis"
READ, FINISH, COMPARE = "analysis.read", "analysis.finish", "analysis.compare"


def read_later(documents: Sequence[int], seconds: float = 0) -> None:
    """Have documents read, a few a job; not before ``seconds`` from now."""
    rest = iter(documents)
    while chunk := list(islice(rest, CHUNK)):
        options = {"schedule_in": {"seconds": seconds}} if seconds else {}
        app.configure_task(READ, queue=QUEUE, **options).defer(document_ids=chunk)


def finish_later(batch: int) -> None:
    """Have a batch compared and finished; once is enough."""
    try:
        # Refused, the lock against a second job would spoil the transaction around.
        with transaction.atomic():
            app.configure_task(FINISH, queue=QUEUE, queueing_lock=f"{FINISH}:{batch}").defer(batch_id=batch)
    except AlreadyEnqueued:
        pass


def compare_later(documents: Sequence[int]) -> None:
    """Have documents compared anew: what they were compared with is there no longer."""
    rest = iter(documents)
    while chunk := list(islice(rest, CHUNK)):
        app.configure_task(COMPARE, queue=QUEUE).defer(document_ids=chunk)

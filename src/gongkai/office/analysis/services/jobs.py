"""Names of the jobs, and putting them into the queue."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from gongkai.office.acts.jobs import enqueue
from gongkai.office.analysis.limits import CHUNK

QUEUE = "analysis"
READ, FINISH, COMPARE = "analysis.read", "analysis.finish", "analysis.compare"


def read_later(documents: Sequence[int], seconds: float = 0) -> None:
    """Have documents read, a few a job; not before ``seconds`` from now."""
    rest = iter(documents)
    while chunk := list(islice(rest, CHUNK)):
        enqueue(READ, queue=QUEUE, seconds=seconds, document_ids=chunk)


def finish_later(batch: int) -> None:
    """Have a batch compared and finished; once is enough."""
    enqueue(FINISH, queue=QUEUE, once=f"{FINISH}:{batch}", batch_id=batch)


def compare_later(documents: Sequence[int]) -> None:
    """Have documents compared anew: what they were compared with is there no longer."""
    rest = iter(documents)
    while chunk := list(islice(rest, CHUNK)):
        enqueue(COMPARE, queue=QUEUE, document_ids=chunk)

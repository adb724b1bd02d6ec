"""Reading, comparing, finishing. Every job may run any number of times: what is done is written in the documents."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongkai.office.acts.database_away import DATABASE_AWAY
from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.models import Batch, Document, State
from gongkai.office.analysis.models.state import OPEN
from gongkai.office.analysis.services import jobs
from gongkai.office.analysis.services.comparing import compare
from gongkai.office.analysis.services.finishing import finish
from gongkai.office.analysis.services.reading import read_each

_LEFT = timedelta(minutes=10)  # a document nobody touched for so long lost its job


class BusyError(Exception):
    """Another process is reading one of the documents; the job looks in again in case that one dies."""


# 4, 8, … seconds, nine minutes in all; afterwards ``sweep`` sees to it.
_AGAIN = RetryStrategy(max_attempts=8, exponential_wait=2, retry_exceptions=[BusyError, *DATABASE_AWAY])


@app.task(name=jobs.READ, queue=jobs.QUEUE, retry=_AGAIN)
def read_documents(document_ids: list[int]) -> None:
    """A few documents, one after the other, in one process apart."""
    with Apart() as apart:
        busy = read_each(document_ids, apart)
    if busy:
        raise BusyError(f"documents {busy}")


@app.task(name=jobs.FINISH, queue=jobs.QUEUE, retry=_AGAIN)
def finish_batch(batch_id: int) -> None:
    with Apart() as apart:
        finish(batch_id, apart)


@app.task(name=jobs.COMPARE, queue=jobs.QUEUE, retry=_AGAIN)
def compare_documents(document_ids: list[int]) -> None:
    found = Document.objects.filter(pk__in=document_ids, state=State.READ).select_related("batch")
    with Apart() as apart:
        compare(list(found), apart)


@app.periodic(cron="*/5 * * * *")
@app.task(name="analysis.sweep", queue=jobs.QUEUE, queueing_lock="analysis.sweep", retry=3)
def sweep(timestamp: int) -> None:
    """Every five minutes: what lost its job, because a worker was killed for good, gets another."""
    before = timezone.now() - _LEFT
    left = Document.objects.filter(state__in=OPEN, touched_at__lt=before)
    ids = list(left.order_by("pk").values_list("pk", flat=True)[:5000])
    Document.objects.filter(pk__in=ids).update(touched_at=timezone.now())
    jobs.read_later(ids)
    unfinished = Batch.objects.filter(finished_at=None, at__lt=before).exclude(documents__state__in=OPEN)
    for batch_id in unfinished.values_list("pk", flat=True)[:500]:
        jobs.finish_later(batch_id)

"""Reading a document: claimed by one process at a time, read in a process apart, written down once.

    waiting ── claimed ──> reading ──> read
       ^                      ├──────> failed    the file cannot be read, or ended its process three times
       │                      └──────> waiting   the person who waited should not wait longer: a job goes on
       └──────── read again ──────────────┘

The claim is a lock of the database's session: a process that is killed gives it back, and whoever comes next goes on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone

from gongkai.cli.bounds import SECONDS
from gongkai.cli.earlier import normalised
from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.analysis.apart.reader import DIED, Apart, ApartError
from gongkai.office.analysis.models import Batch, Document, Reading, State
from gongkai.office.analysis.models.state import OPEN
from gongkai.office.analysis.services import jobs, originals
from gongkai.office.analysis.services.counting import count
from gongkai.office.analysis.services.originals import Lending, RefusedFileError

_LOCK_SPACE = 0x616E << 48  # "an": keeps these locks apart from others' in the same database
_TRIES = 3


class Outcome(Enum):
    """What became of a call."""

    DONE = "done"  # read, failed, or nothing was to be done
    BUSY = "busy"  # another process is at it
    LATE = "late"  # it takes longer than was allowed; it waits for a job


def read(document_id: int, apart: Apart, seconds: float = SECONDS) -> Outcome:
    """Read a document that waits to be read, within ``seconds``. Run any number of times, it reads once."""
    with Lending() as lending:
        return _read(document_id, apart, lending, seconds)


def read_each(document_ids: Sequence[int], apart: Apart) -> list[int]:
    """Read some documents, one after the other; those that another process is at."""
    with Lending() as lending:
        return [pk for pk in document_ids if _read(pk, apart, lending, SECONDS) is Outcome.BUSY]


def _read(document_id: int, apart: Apart, lending: Lending, seconds: float) -> Outcome:
    with _claimed(document_id) as claimed:
        if not claimed:
            return Outcome.BUSY
        document = Document.objects.filter(pk=document_id, state__in=OPEN).first()
        if document is None:
            return Outcome.DONE
        Document.objects.filter(pk=document_id).update(
            state=State.READING, tries=F("tries") + 1, touched_at=timezone.now()
        )
        document.tries += 1
        began = time.monotonic()
        try:
            if document.tries > _TRIES:
                raise ApartError(DIED)
            answer = _answer(document, apart, lending, seconds)
        except (ApartError, StoreError, RefusedFileError) as error:
            if isinstance(error, ApartError) and error.hung and seconds < SECONDS:
                Document.objects.filter(pk=document_id, state=State.READING).update(state=State.WAITING)
                return Outcome.LATE
            _settle(document, began, reason=str(error))
        else:
            _settle(document, began, answer)
        return Outcome.DONE


@contextmanager
def _claimed(document_id: int) -> Iterator[bool]:
    key = _LOCK_SPACE + document_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        claimed = bool(cursor.fetchone()[0])
    try:
        yield claimed
    finally:
        if claimed and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _answer(document: Document, apart: Apart, lending: Lending, seconds: float) -> dict[str, Any]:
    """{"documents": […]} for an archive, {"report", "pages", "findings"} for a document.

    Raises ApartError, StoreError, RefusedFileError.
    """
    path = str(lending.path_of(document))
    if not document.source:
        found: dict[str, Any] = apart.ask("documents", {"path": path, "name": document.name}, seconds)
        if found["documents"] is not None:
            return found
    answer = apart.ask("read", {"label": document.name, **document.source, "path": path}, seconds)
    # What needs no other report is said at once; comparing comes when the whole batch is read.
    return {**answer, **apart.ask("check", {"report": answer["report"]}, seconds)}


def _settle(document: Document, began: float, answer: dict[str, Any] | None = None, reason: str = "") -> None:
    with transaction.atomic():
        batch = Batch.objects.select_for_update(no_key=True).filter(pk=document.batch_id).first()
        if batch is None or not Document.objects.filter(pk=document.pk, state__in=OPEN).exists():
            return  # removed meanwhile
        document.milliseconds = round((time.monotonic() - began) * 1000)
        if answer is None:
            document.state, document.reason = State.FAILED, reason[:500]
            document.save()
        elif "documents" in answer:
            _unpack(batch, document, answer["documents"])
        else:
            _write(document, answer)
        finish_if_last(batch)


def _write(document: Document, answer: dict[str, Any]) -> None:
    report = answer["report"]
    document.state, document.reason = State.READ, ""
    document.format = report["source_format"][:20]
    document.title = (report["title"] or "")[:300]
    document.agency = (report["agency"] or "")[:200]
    document.agency_key = normalised(report["agency"])[:200]
    document.kind = report["kind"] or ""
    # A year as printed may have any number of digits.
    document.year = report["year"] if report["year"] is not None and abs(report["year"]) < 10_000 else None
    document.form = report["form"] or ""
    document.page_sizes = answer["pages"]
    count(document, answer["findings"])
    document.save()
    Reading.objects.update_or_create(
        document=document, defaults={"report": report, "findings": answer["findings"], "remarks": []}
    )


def _unpack(batch: Batch, archive: Document, sources: list[dict[str, Any]]) -> None:
    """The documents of an archive take its place; each keeps where in it to find it."""
    last = batch.documents.aggregate(last=Max("number"))["last"]
    made = Document.objects.bulk_create(
        Document(
            batch=batch,
            body_id=archive.body_id,
            number=last + offset,
            name=f"{archive.name}：{originals.shown_path(source['label'])}"[:300],
            sha256=archive.sha256,
            size=archive.size,
            source={key: source[key] for key in ("member", "span", "is_json", "error")},
        )
        for offset, source in enumerate(sources, 1)
    )
    archive.delete()
    jobs.read_later([document.pk for document in made])


def finish_if_last(batch: Batch) -> None:
    """Have the batch finished when nothing of it is open any more. The batch is locked by the caller."""
    if batch.finished_at is None and not batch.documents.filter(state__in=OPEN).exists():
        jobs.finish_later(batch.pk)

"""Sums over a batch, counted by the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, Sum

from gongkai.checks import catalogue
from gongkai.office.analysis.models import Batch, State
from gongkai.office.analysis.models.state import OPEN


@dataclass(frozen=True, slots=True)
class Summary:
    """Documents of a batch by state, those with errors, and findings by severity."""

    count: int
    open: int
    read: int
    failed: int
    with_errors: int
    clean: int
    errors: int
    warnings: int
    hints: int
    unread: int
    refused: int


@dataclass(frozen=True, slots=True)
class CheckSum:
    """A check that fails in ``documents`` documents, ``findings`` times in all."""

    check: str
    id: str
    title: str
    severity: str
    documents: int
    findings: int


def summary(batch: Batch) -> Summary:
    """One query."""
    read = Q(state=State.READ)
    row = batch.documents.aggregate(
        count=Count("pk"),
        open=Count("pk", filter=Q(state__in=OPEN)),
        read=Count("pk", filter=read),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        refused=Count("pk", filter=Q(state=State.FAILED, sha256="")),
        with_errors=Count("pk", filter=read & Q(errors__gt=0)),
        clean=Count("pk", filter=read & Q(errors=0, warnings=0, hints=0)),
        error_sum=Sum("errors", filter=read),
        warning_sum=Sum("warnings", filter=read),
        hint_sum=Sum("hints", filter=read),
        unread_sum=Sum("unread", filter=read),
    )
    sums = {name: row.pop(key) or 0 for name, key in _SUMS.items()}
    return Summary(**row, **sums)


_SUMS = {"errors": "error_sum", "warnings": "warning_sum", "hints": "hint_sum", "unread": "unread_sum"}


def by_check(batch: Batch) -> list[CheckSum]:
    """Which checks fail in how many documents: the commonest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pair.key, count(*), sum(pair.value::integer) FROM analysis_document,"
            " jsonb_each_text(checks) AS pair WHERE batch_id = %s AND state = 'read'"
            " GROUP BY pair.key ORDER BY 2 DESC, 3 DESC, 1",
            [batch.pk],
        )
        rows = cursor.fetchall()
    known = catalogue()
    return [
        CheckSum(name, known[name].id, known[name].title, known[name].severity, documents, findings)
        for name, documents, findings in rows
        if name in known
    ]

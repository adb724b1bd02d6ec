"""A year's cases as cells of the third table of the annual report (三、收到和处理政府信息公开申请情况).

Each cell is a query, so that the figure and the list of cases behind it cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from django.db.models import Count, Q

from gongkai.office.applications.choices import ApplicantKind
from gongkai.office.applications.models import Application
from gongkai.statute.outcomes import outcomes_on

RECEIVED, CARRIED_IN, CARRIED_OUT, TOTAL = "received", "carried_in", "carried_out", "total"
COLUMN_TOTAL = "total"


@cache
def outcomes_of_row(year: int) -> dict[str, tuple[str, ...]]:
    """Row of the form of ``year`` → codes of the outcomes that it counts. Rows change with the form, between years."""
    rows: dict[str, list[str]] = {}
    for outcome in outcomes_on(date(year, 12, 31)).values():
        rows.setdefault(outcome.row, []).append(outcome.code)
    return {row: tuple(codes) for row, codes in rows.items()}


def condition(row: str, year: int) -> Q:
    """Which cases a row of ``year`` counts, in whatever column.

    Received counts by the day of receipt, outcomes by the day the case was finished; a case received and not finished
    on 31 December is carried out of its year and into the next. Raises ``KeyError`` for an unknown row.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    if row == RECEIVED:
        return Q(received_on__range=(first, last))
    if row == CARRIED_IN:
        return Q(received_on__lt=first) & (Q(finished_on=None) | Q(finished_on__gte=first))
    if row == CARRIED_OUT:
        return Q(received_on__lte=last) & (Q(finished_on=None) | Q(finished_on__gt=last))
    finished = Q(received_on__isnull=False, finished_on__range=(first, last))
    return finished if row == TOTAL else finished & Q(outcome__in=outcomes_of_row(year)[row])


def rows(year: int) -> tuple[str, ...]:
    """The rows in question; their order is the form's affair."""
    return (RECEIVED, CARRIED_IN, *outcomes_of_row(year), TOTAL, CARRIED_OUT)


def tally(body_id: int, year: int) -> dict[str, int]:
    """Cell (``row.column``) → count, in one query."""
    cases = Application.objects.filter(body_id=body_id)
    names = dict(_cells(year))
    counted = cases.aggregate(**{f"c{index}": Count("pk", filter=q) for index, q in enumerate(names.values())})
    return {cell: counted[f"c{index}"] for index, cell in enumerate(names)}


def _cells(year: int) -> Iterator[tuple[str, Q]]:
    for row in rows(year):
        for kind in ApplicantKind:
            yield f"{row}.{kind.value}", condition(row, year) & Q(applicant_kind=kind)
        yield f"{row}.{COLUMN_TOTAL}", condition(row, year)

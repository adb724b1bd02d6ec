"""The list of cases: conditions that are no plain fields."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from gongkai.office.applications.models import CaseEvent
from gongkai.office.applications.models.application import ApplicationQuerySet
from gongkai.office.applications.selectors.clock import Urgency, limits
from gongkai.statute import calendar

STUCK_AFTER = 10  # working days without an event; a choice of the product


def by_urgency(cases: ApplicationQuerySet, colour: str, today: date) -> ApplicationQuerySet:
    """Open cases whose last day lies so near."""
    first, last = limits(today)[Urgency(colour)]
    found = cases.open().filter(due__isnull=False)
    if first:
        found = found.filter(due__gte=first)
    return found.filter(due__lte=last) if last else found


def stuck(cases: ApplicationQuerySet, today: date) -> ApplicationQuerySet:
    """Open cases that nobody handles, or to which nothing has happened for ten working days."""
    return cases.open().filter(stuck_condition(today))


def stuck_condition(today: date) -> Q:
    """As a condition on open cases."""
    limit = calendar.at(calendar.index(today) - STUCK_AFTER - 1)
    touched = CaseEvent.objects.filter(application=OuterRef("pk"), on__gt=limit)
    return Q(handler=None) | Q(~Exists(touched))


def workload(cases: ApplicationQuerySet, today: date) -> list[dict[str, object]]:
    """For each handler of open cases (``None``: nobody): how many, and how near their last days are; one query."""
    counts = {colour.value: Count("pk", filter=_within(*limits(today)[colour])) for colour in Urgency}
    year_ago = today - timedelta(days=365)
    rows = (
        cases.filter(Q(finished_on=None) | Q(finished_on__gte=year_ago))
        .order_by()
        .values("handler_id", "handler__name")
        .annotate(
            open=Count("pk", filter=Q(finished_on=None)),
            standing=Count("pk", filter=Q(finished_on=None, due=None)),
            finished=Count("pk", filter=Q(finished_on__gte=year_ago)),
            **counts,
        )
        .order_by("-open", "handler__name")
    )
    return list(rows)


def _within(first: date | None, last: date | None) -> Q:
    condition = Q(finished_on=None, due__isnull=False)
    if first:
        condition &= Q(due__gte=first)
    return condition & Q(due__lte=last) if last else condition

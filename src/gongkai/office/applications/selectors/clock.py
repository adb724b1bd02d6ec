"""The clock of a case: its events as the statute knows them, the deadline with its steps, the colour of the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from gongkai.statute import calendar
from gongkai.statute.cases import DELAY, Case, Event
from gongkai.statute.deadlines import Deadline, deadline
from gongkai.statute.states import course

if TYPE_CHECKING:
    from gongkai.office.applications.models import Application, CaseEvent


class Urgency(models.TextChoices):
    """How near the last day is (spec applications.md §4); for badges and filters."""

    GREEN = "green", "6个工作日以上"
    YELLOW = "yellow", "3至5个工作日"
    ORANGE = "orange", "2个工作日以内"
    RED = "red", "已逾期"


_FROM = ((6, Urgency.GREEN), (3, Urgency.YELLOW), (0, Urgency.ORANGE))
TIMEOUT = "timeout"  # in an event's data: the period ran out, nobody answered


def case_of(received: date, events: Iterable[CaseEvent]) -> Case:
    """The case as far as its deadline goes.

    A period that ran out is no act: the clock sees it by itself. Nor are good reasons (条例 35) without a later date.
    """
    known = course().events
    acts = [
        Event(
            on=event.on,
            act=act,
            days=event.days,
            party=event.party or None,
            served=event.served,
            override=event.override or None,
            until=event.until,
        )
        for event in events
        if (act := known[event.event].act) and not event.data.get(TIMEOUT) and (act != DELAY or event.until)
    ]
    return Case(received, tuple(acts))


def deadline_of(application: Application, events: Iterable[CaseEvent] | None = None) -> Deadline | None:
    """When the reply is due and why; ``None`` before the day of receipt is certain. Prefetched events cost nothing."""
    if application.received_on is None:
        return None
    return deadline(case_of(application.received_on, application.events.all() if events is None else events))


def days_left(due: date, today: date) -> int:
    """Working days from tomorrow to ``due``; negative when it has passed."""
    if today > due:
        return -max(1, calendar.working_days(due, today))
    return calendar.working_days(today, due)


def urgency(due: date | None, today: date) -> Urgency | None:
    """The colour of an open case; ``None`` while its clock stands still."""
    if due is None:
        return None
    if today > due:
        return Urgency.RED
    left = days_left(due, today)
    return next(colour for least, colour in _FROM if left >= least)


def limits(today: date) -> dict[Urgency, tuple[date | None, date | None]]:
    """For filters: from which to which due date a colour holds today (both included, ``None``: no bound)."""
    two, five = calendar.add_working_days(today, 2), calendar.add_working_days(today, 5)
    day = date.fromordinal
    return {
        Urgency.RED: (None, day(today.toordinal() - 1)),
        Urgency.ORANGE: (today, two),
        Urgency.YELLOW: (day(two.toordinal() + 1), five),
        Urgency.GREEN: (day(five.toordinal() + 1), None),
    }

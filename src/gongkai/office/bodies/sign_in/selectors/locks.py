"""Who cannot sign in for the moment, from where, and until when."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone

from gongkai.office.bodies.models import Person


@dataclass(frozen=True, slots=True)
class Lock:
    """A person's sign-in from one address, locked after ``failures`` failures until ``opens_at``."""

    person: Person
    address: str
    failures: int
    opens_at: datetime.datetime


def opens_at(key: str, address: str | None) -> datetime.datetime | None:
    """When the lock on this name and address opens; ``None``: there is none. ``key``: as ``lockout.account_key``."""
    return _opening(_counting().filter(username=key, ip_address=address))


def locks(person: Person | None = None) -> list[Lock]:
    """All locks on people (or on one), the one that opens last first. Two queries."""
    rows = defaultdict(list)
    counting = _counting() if person is None else _counting().filter(username=person.account)
    for row in counting:
        rows[row.username, row.ip_address].append(row)
    shut = {key: when for key, of in rows.items() if (when := _opening(of))}
    people = {
        one.account: one for one in Person.objects.filter(account__in={key[0] for key in shut}).select_related("body")
    }
    found = [
        Lock(people[account], address or "", sum(row.failures_since_start for row in rows[account, address]), when)
        for (account, address), when in shut.items()
        if account in people
    ]
    return sorted(found, key=lambda lock: lock.opens_at, reverse=True)


def _counting() -> Iterable[AccessAttempt]:
    return AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)


def _opening(rows: Iterable[AccessAttempt]) -> datetime.datetime | None:
    """Failures stop counting a while after the last one of their row (a browser); the lock opens with the first row
    whose end brings the sum below the limit."""
    total, when = 0, None
    rows = sorted(rows, key=lambda row: row.attempt_time)
    total = sum(row.failures_since_start for row in rows)
    for row in rows:
        if total < settings.AXES_FAILURE_LIMIT:
            break
        total -= row.failures_since_start
        when = row.attempt_time + settings.AXES_COOLOFF_TIME
    return when

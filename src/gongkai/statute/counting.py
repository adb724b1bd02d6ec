"""How working days are counted when consultations stop the clock: intervals, and what is left between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.statute import calendar
from gongkai.statute.terms import Term


@dataclass(slots=True)
class Consultation:
    """An interval of which no day counts: after ``sent`` up to ``end``. ``expiry``: the last day for the opinion,
    ``None`` where the law sets none. ``answered``: the day the opinion came."""

    sent: date
    expiry: date | None
    party: str | None
    term: Term
    answered: date | None = None

    @property
    def end(self) -> date | None:
        """The opinion or the limit, whichever is first; ``None`` while neither ends it."""
        if self.answered is None or self.expiry is None:
            return self.answered or self.expiry
        return min(self.answered, self.expiry)

    def open_on(self, day: date) -> bool:
        return self.answered is None and (self.expiry is None or day <= self.expiry)


def suspensions(consultations: Iterable[Consultation], start: date) -> list[tuple[date, date | None]]:
    """The intervals that reach beyond ``start``, in order; those that overlap or touch are one, counted once."""
    merged: list[tuple[date, date | None]] = []
    for consultation in sorted(consultations, key=lambda c: c.sent):
        sent, end = consultation.sent, consultation.end
        if end is not None and end <= start:
            continue
        if merged and ((last := merged[-1][1]) is None or sent <= last):
            merged[-1] = merged[-1][0], None if end is None or last is None else max(last, end)
        else:
            merged.append((sent, end))
    return merged


def last_day(start: date, allowed: int, intervals: Iterable[tuple[date, date | None]]) -> date | None:
    """The ``allowed``-th working day after ``start`` that lies in no interval; ``None`` when one has no end.

    An interval that begins on the last day leaves no day over: the last day is then the one on which it ends, or the
    next working day.
    """
    position, left = calendar.index(start), allowed
    last = calendar.at(position + left - 1)
    for sent, end in intervals:
        if sent > last:
            break
        if end is None:
            return None
        left = max(0, left - (calendar.index(sent) - position))
        position = calendar.index(end)
        last = calendar.at(position + left - 1) if left else calendar.on_or_after(end)
    return last


def used(start: date, day: date, intervals: Iterable[tuple[date, date | None]]) -> int:
    """Working days counted after ``start`` up to and including ``day``."""
    count, position = 0, calendar.index(start)
    for sent, end in intervals:
        if sent >= day:
            break
        count += calendar.index(sent) - position
        position = calendar.index(day if end is None else min(end, day))
    return count + calendar.index(day) - position

"""Working days: Monday to Friday as changed by the yearly notices of the State Council (``days_off/<year>.toml``).

The notice for a year sometimes moves the last three days of the year before (2011-12-31 was worked, 2018-12-31 was
not). Days after ``Table.settled`` are an estimate: weekends and the holidays that stand on fixed days are off.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.statute.errors import OutOfRangeError

_LAST_YEAR = 2099  # estimates end somewhere
_OPEN_TAIL = date(1, 12, 28)  # of the last year known, up to this day nothing can be moved by the next notice


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice on days off; ``number`` is ``None`` where it was not seen."""

    title: str
    number: str | None = None

    @property
    def name(self) -> str:
        """How a step cites it: by number where there is one."""
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Year:
    """What the notices of one year changed: weekdays off and weekend days worked, in order."""

    year: int
    notices: tuple[Notice, ...]
    off: tuple[tuple[date, date], ...]
    worked: tuple[date, ...]

    @property
    def days_off(self) -> Iterator[date]:
        for first, last in self.off:
            yield from (first + timedelta(n) for n in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Table:
    """All working days from ``first`` to ``last`` as ordinals, in order; ``settled`` is the last day that is certain.

    ``changed``: the days on which a notice differs from Monday to Friday, as ordinals, each with its year.
    """

    days: tuple[int, ...]
    first: date
    last: date
    settled: date
    changed: tuple[int, ...]
    changed_by: tuple[int, ...]


@cache
def years() -> dict[int, Year]:
    """Year → its notices, for every year whose notice is known, in order."""
    folder = files("gongkai.statute") / "days_off"
    names = sorted(f.name for f in folder.iterdir() if f.name[:4].isdigit())
    return {int(n[:4]): _year(int(n[:4]), tomllib.loads((folder / n).read_text(encoding="utf-8"))) for n in names}


def _year(year: int, raw: dict[str, Any]) -> Year:
    notices = tuple(Notice(n["title"], n.get("number")) for n in raw["notice"])
    off = tuple((first, last) for first, last in raw["days"]["off"])
    return Year(year, notices, off, tuple(raw["days"]["worked"]))


@cache
def standing() -> tuple[Notice, date, frozenset[tuple[int, int]]]:
    """The instrument on holidays of fixed date that applies to estimates, its first day, and (month, day) of each."""
    text = (files("gongkai.statute") / "days_off" / "standing.toml").read_text(encoding="utf-8")
    rule = max(tomllib.loads(text)["rule"], key=lambda r: r["from"])
    fixed = frozenset((int(d[:2]), int(d[3:])) for d in rule["fixed"])
    return Notice(rule["title"], rule["number"]), rule["from"], fixed


@cache
def table() -> Table:
    """The working days, made once in a process (about 10 ms)."""
    known = years()
    off = {day.toordinal(): year.year for year in known.values() for day in year.days_off}
    worked = {day.toordinal(): year.year for year in known.values() for day in year.worked}
    first, last = date(min(known), 1, 1), date(_LAST_YEAR, 12, 31)
    settled = _OPEN_TAIL.replace(year=max(known))
    for year in range(max(known) + 1, _LAST_YEAR + 1):
        off |= {date(year, month, day).toordinal(): 0 for month, day in standing()[2]}
    days = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        weekday = (ordinal + 6) % 7 < 5  # the ordinal of a Monday leaves 1
        if (weekday and ordinal not in off) or ordinal in worked:
            days.append(ordinal)
    changes = {o: y for o, y in off.items() if y and (o + 6) % 7 < 5} | worked
    ordered = tuple(sorted(changes))
    return Table(tuple(days), first, last, settled, ordered, tuple(changes[o] for o in ordered))


def index(day: date) -> int:
    """How many working days there are up to and including ``day``. Raises ``OutOfRangeError``."""
    known = table()
    if not known.first <= day <= known.last:
        raise OutOfRangeError(f"没有 {day:%Y-%m-%d} 前后的放假安排：可以推算的是 {known.first} 至 {known.last}")
    return bisect_right(known.days, day.toordinal())


def at(position: int) -> date:
    """The working day before which there are ``position`` others. Raises ``OutOfRangeError``."""
    known = table()
    if not 0 <= position < len(known.days):
        raise OutOfRangeError(f"期限超出可以推算的范围：{known.first} 至 {known.last}")
    return date.fromordinal(known.days[position])


def add_working_days(start: date, days: int) -> date:
    """The ``days``-th working day after ``start``, which is day 0 whether it is worked or not. ``days`` ≥ 1.

    Raises ``OutOfRangeError`` outside the years that can be computed.
    """
    if days < 1:
        raise ValueError(f"days must be at least 1, not {days}")
    return at(index(start) + days - 1)


def working_days(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
    return index(end) - index(start)


def is_working_day(day: date) -> bool:
    return index(day) > 0 and at(index(day) - 1) == day


def on_or_after(day: date) -> date:
    """``day`` itself when it is worked, else the next working day."""
    index(day)
    return at(bisect_left(table().days, day.toordinal()))


def provisional(day: date) -> bool:
    """Whether days up to ``day`` rest on an estimate, because the notice that decides is not out, or not entered."""
    return day > table().settled


def changes(start: date, end: date) -> tuple[tuple[int, tuple[date, ...], tuple[date, ...]], ...]:
    """What notices changed after ``start`` up to ``end``: (year of the notice, weekdays off, weekend days worked)."""
    known = table()
    low = bisect_right(known.changed, start.toordinal())
    high = bisect_right(known.changed, end.toordinal())
    found: dict[int, tuple[list[date], list[date]]] = {}
    for ordinal, year in zip(known.changed[low:high], known.changed_by[low:high], strict=True):
        found.setdefault(year, ([], []))[(ordinal + 6) % 7 >= 5].append(date.fromordinal(ordinal))
    return tuple((year, tuple(off), tuple(worked)) for year, (off, worked) in found.items())

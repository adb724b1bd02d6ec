"""Rows of a list, from the database or from memory, with the few questions that a list asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

from gongkai.office.look.lists.paths import follow

_CHUNK = 500


class Rows(Protocol):
    """Every question gives new rows and leaves the old as they are."""

    def containing(self, fields: Sequence[str], words: Sequence[str]) -> Rows: ...
    def equal(self, field: str, value: object) -> Rows: ...
    def between(self, field: str, first: date | None, last: date | None, *, moments: bool) -> Rows: ...
    def through(self, change: Callable[[Any], Any]) -> Rows: ...
    def ordered(self, fields: Sequence[str]) -> Rows: ...
    def count(self) -> int: ...
    def part(self, start: int, stop: int) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


def rows_of(source: QuerySet[Any] | Iterable[Any]) -> Rows:
    return QueryRows(source) if isinstance(source, QuerySet) else MemoryRows(list(source))


class QueryRows:
    """Rows of a QuerySet: one query to count, one for a page (and those of its prefetches)."""

    def __init__(self, query: QuerySet[Any]) -> None:
        self._query = query

    def containing(self, fields: Sequence[str], words: Sequence[str]) -> QueryRows:
        query = self._query
        for word in words:
            condition = Q()
            for name in fields:
                condition |= Q(**{f"{name}__icontains": word})
            query = query.filter(condition)
        return QueryRows(query)

    def equal(self, field: str, value: object) -> QueryRows:
        return QueryRows(self._query.filter(**{field: value}))

    def between(self, field: str, first: date | None, last: date | None, *, moments: bool) -> QueryRows:
        query = self._query
        if first:
            query = query.filter(**{f"{field}__gte": start_of(first) if moments else first})
        if last:
            # A moment of the last day still belongs to it.
            bound = {f"{field}__lt": start_of(last + timedelta(1))} if moments else {f"{field}__lte": last}
            query = query.filter(**bound)
        return QueryRows(query)

    def through(self, change: Callable[[Any], Any]) -> QueryRows:
        return QueryRows(change(self._query))

    def ordered(self, fields: Sequence[str]) -> QueryRows:
        # Rows without a value stand last either way; the key at the end keeps pages from overlapping.
        order = [self._by(name) for name in fields] or list(self._query.query.order_by)
        order = order or list(self._query.model._meta.ordering)
        return QueryRows(self._query.order_by(*order, "pk"))

    def _by(self, name: str) -> Any:
        """Where a value is never missing nothing is said about such rows: an index then serves the order as it is."""
        path = name.removeprefix("-")
        if _is_filled(self._query.model, path):
            return name
        return F(path).desc(nulls_last=True) if name.startswith("-") else F(path).asc(nulls_last=True)

    def count(self) -> int:
        return self._query.count()

    def part(self, start: int, stop: int) -> list[Any]:
        return list(self._query[start:stop])

    def __iter__(self) -> Iterator[Any]:
        return self._query.iterator(chunk_size=_CHUNK)


class MemoryRows:
    """Rows that are not in the database, such as the findings of a report."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def containing(self, fields: Sequence[str], words: Sequence[str]) -> MemoryRows:
        wanted = [word.casefold() for word in words]

        def has(row: Any) -> bool:
            texts = [str(follow(row, name) or "").casefold() for name in fields]
            return all(any(word in text for text in texts) for word in wanted)

        return MemoryRows([row for row in self._rows if has(row)])

    def equal(self, field: str, value: object) -> MemoryRows:
        # An address knows only text: a year of 2023 is chosen as "2023".
        wanted = value if isinstance(value, bool) else str(value)
        return MemoryRows([row for row in self._rows if _as_chosen(follow(row, field)) == wanted])

    def between(self, field: str, first: date | None, last: date | None, *, moments: bool) -> MemoryRows:
        def within(value: Any) -> bool:
            if value is None:
                return False
            day = _day(value) if moments else value
            return (first is None or day >= first) and (last is None or day <= last)

        return MemoryRows([row for row in self._rows if within(follow(row, field))])

    def through(self, change: Callable[[Any], Any]) -> MemoryRows:
        return MemoryRows(list(change(self._rows)))

    def ordered(self, fields: Sequence[str]) -> MemoryRows:
        rows = list(self._rows)
        for name in reversed(fields):
            path = name.removeprefix("-")
            valued = [(follow(row, path), row) for row in rows]
            there = sorted((p for p in valued if p[0] is not None), key=itemgetter(0), reverse=name.startswith("-"))
            rows = [row for _, row in there] + [row for value, row in valued if value is None]
        return MemoryRows(rows)

    def count(self) -> int:
        return len(self._rows)

    def part(self, start: int, stop: int) -> list[Any]:
        return self._rows[start:stop]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)


def start_of(day: date) -> datetime:
    """Midnight at which the day begins in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _is_filled(model: type[Model], path: str) -> bool:
    """Whether ``path`` is a field of the model itself that always holds something."""
    if path == "pk":
        return True
    try:
        return not getattr(model._meta.get_field(path), "null", True)
    except FieldDoesNotExist:
        return False


def _as_chosen(value: Any) -> object:
    return value if isinstance(value, bool) else str(value)


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value

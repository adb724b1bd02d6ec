"""Filters of a list. Each reads its part of the address; what it cannot read it says in words and leaves out."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from gongkai.office.look.lists.rows import Rows
from gongkai.office.look.words import date_cn

Options = Sequence[tuple[str, str]]
_LONGEST_SEARCH = 200
_SIGN, _SEARCHES, _MOST_SEARCHES = "~", "look.searches", 20
# Beyond these a year is a slip of the keyboard, and near 9999 the day after cannot be told.
_YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Bound:
    """A filter with what the address says: ``value`` None leaves all rows, ``typed`` goes back into the inputs."""

    filter: Filter
    value: Any = None
    typed: Mapping[str, str] = field(default_factory=dict)
    options: Options = ()
    note: str = ""
    words: str = ""

    def apply(self, rows: Rows) -> Rows:
        return rows if self.value is None else self.filter.apply(rows, self.value)

    @property
    def inputs(self) -> list[tuple[str, str, str]]:
        """Name, label and typed text of each input."""
        return [(name, label, self.typed.get(name, "")) for name, label in self.filter.inputs]


@dataclass(frozen=True)
class Filter:
    """What the kinds of filter share: ``key`` in the address, ``label`` on the page.

    ``private``: what is asked stands in no address and goes out in no file.
    """

    key: str
    label: str

    template = ""
    private = False

    @property
    def inputs(self) -> list[tuple[str, str]]:
        return [(self.key, self.label)]

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        raise NotImplementedError

    def apply(self, rows: Rows, value: Any) -> Rows:
        raise NotImplementedError


@dataclass(frozen=True)
class Search(Filter):
    """Words, all of which must occur in one of the fields ``on`` each; without regard to capitals."""

    key: str = "q"
    label: str = "搜索"
    on: Sequence[str] = ()
    hint: str = ""
    change: Callable[[Any, str], Any] | None = None

    template = "look/lists/filter_search.html"

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        # PostgreSQL refuses the character NUL in any text.
        text = _text(params, self.key)[:_LONGEST_SEARCH]
        return Bound(self, text or None, {self.key: text}, words=f"“{text}”" if text else "")

    def apply(self, rows: Rows, value: str) -> Rows:
        if self.change is not None:
            change = self.change
            return rows.through(lambda source: change(source, value))
        return rows.containing(self.on, value.split())


@dataclass(frozen=True)
class PrivateSearch(Search):
    """Words that stand in no address, as somebody's name: the address has a sign, the session the words.

    Where a list has one, its form is sent by POST, which ``Listing.respond`` answers with the address of the list.
    """

    template = "look/lists/filter_private.html"
    private = True

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        asked = super().bind(params, request)
        if not asked.value:
            return asked
        if not asked.value.startswith(_SIGN):  # a link of somebody's own making; those of the list do not repeat it
            return replace(asked, typed={self.key: self.sign(asked.value, request)})
        words = request.session.get(_SEARCHES, {}).get(asked.value)
        if words is None:
            return Bound(self, note="搜索的内容已经失效，请重新填写")
        return Bound(self, words, {self.key: asked.value}, words=f"“{words}”")

    def sign(self, words: str, request: HttpRequest) -> str:
        """What stands for ``words`` in an address, in the session of ``request`` only; the same for the same words."""
        kept = dict(request.session.get(_SEARCHES, {}))
        sign = next((sign for sign, known in kept.items() if known == words), None)
        if sign is None:
            sign = f"{_SIGN}{secrets.token_urlsafe(6)}"
            newest = [*kept.items(), (sign, words)][-_MOST_SEARCHES:]
            request.session[_SEARCHES] = dict(newest)
        return sign


@dataclass(frozen=True)
class Choice(Filter):
    """One of several. ``field`` (by default the key) equals it, or ``change(queryset, value)`` does something else."""

    choices: Options | Callable[[HttpRequest], Options] = ()
    field: str = ""
    change: Callable[[Any, str], Any] | None = None
    every: str = "全部"

    template = "look/lists/filter_choice.html"

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        offered = self.choices(request) if callable(self.choices) else self.choices
        options = [(str(value), str(label)) for value, label in offered]
        typed = _text(params, self.key)
        if not typed:
            return Bound(self, options=options)
        label = dict(options).get(typed)
        if label is None:
            return Bound(self, options=options, note=f"“{self.label}”没有“{_short(typed)}”这一选项，已忽略")
        return Bound(self, typed, {self.key: typed}, options, words=label)

    def apply(self, rows: Rows, value: str) -> Rows:
        if self.change is not None:
            change = self.change
            return rows.through(lambda source: change(source, value))
        return rows.equal(self.field or self.key, value)


@dataclass(frozen=True)
class YesNo(Filter):
    """Yes, no or either. ``change(queryset, bool)`` for what is no plain field."""

    field: str = ""
    change: Callable[[Any, bool], Any] | None = None
    every: str = "全部"
    yes: str = "是"
    no: str = "否"

    template = "look/lists/filter_choice.html"

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        options = [("yes", self.yes), ("no", self.no)]
        typed = _text(params, self.key)
        if not typed:
            return Bound(self, options=options)
        if typed not in ("yes", "no"):
            return Bound(self, options=options, note=f"“{self.label}”没有“{_short(typed)}”这一选项，已忽略")
        return Bound(self, typed == "yes", {self.key: typed}, options, words=dict(options)[typed])

    def apply(self, rows: Rows, value: bool) -> Rows:
        if self.change is not None:
            change = self.change
            return rows.through(lambda source: change(source, value))
        return rows.equal(self.field or self.key, value)


@dataclass(frozen=True)
class DateRange(Filter):
    """From a day to a day, both within: ``<key>_from`` and ``<key>_to``. ``moments``: the field holds a time of day."""

    field: str = ""
    moments: bool = False

    template = "look/lists/filter_dates.html"

    @property
    def inputs(self) -> list[tuple[str, str]]:
        return [(f"{self.key}_from", f"{self.label}自"), (f"{self.key}_to", f"{self.label}至")]

    def bind(self, params: QueryDict, request: HttpRequest) -> Bound:
        days: list[date | None] = []
        typed, notes = {}, []
        for name, label in self.inputs:
            text = _text(params, name)
            day = _day(text)
            days.append(day)
            if day:
                typed[name] = day.isoformat()
            elif text:
                notes.append(f"“{label}”不是日期：“{_short(text)}”，已忽略")
        first, last = days
        if first and last and first > last:
            return Bound(self, None, typed, note=f"“{self.label}”的起始日期晚于截止日期，已忽略")
        words = f"{date_cn(first) or '……'}至{date_cn(last) or '……'}" if first or last else ""
        return Bound(self, (first, last) if first or last else None, typed, note="；".join(notes), words=words)

    def apply(self, rows: Rows, value: tuple[date | None, date | None]) -> Rows:
        return rows.between(self.field or self.key, *value, moments=self.moments)


def _text(params: QueryDict, name: str) -> str:
    return params.get(name, "").replace("\0", "").strip()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}……"

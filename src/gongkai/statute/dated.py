"""Entries of law with the days on which they apply: read from TOML, and the one in force on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Any, Protocol, TypeVar

from gongkai.statute.errors import OutOfRangeError


class Dated(Protocol):
    """``valid_to`` is the last day; ``None`` while in force."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


Entry = TypeVar("Entry", bound=Dated)


def read(name: str, section: str) -> list[dict[str, Any]]:
    """The entries ``[[section]]`` of ``name`` in this package; lists become tuples, so that entries can be frozen."""
    raw = tomllib.loads((files("gongkai.statute") / name).read_text(encoding="utf-8"))
    return [{key: _frozen(value) for key, value in entry.items()} for entry in raw[section]]


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def in_force(entry: Dated, day: date) -> bool:
    return entry.valid_from <= day and (entry.valid_to is None or day <= entry.valid_to)


def as_of(entries: Iterable[Entry], day: date, what: str) -> Entry:
    """The entry in force on ``day``. Raises ``KeyError`` when there are none, ``OutOfRangeError`` when none is."""
    known = list(entries)
    if not known:
        raise KeyError(what)
    for entry in known:
        if in_force(entry, day):
            return entry
    raise OutOfRangeError(f"{day} 没有可适用的“{what}”：收录的自 {min(entry.valid_from for entry in known)} 起")

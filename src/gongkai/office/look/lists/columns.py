"""A column of a list: its heading, the value of a row, how it sorts, what an export holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gongkai.office.look.lists.paths import follow


@dataclass(frozen=True)
class Column:
    """``key`` names the column in the address and, unless ``value`` is given, the attribute (``body__name`` follows).

    ``sort``: the field or fields it sorts by; none, no sorting. ``shown``: there unless somebody chooses columns.
    ``export``: the value for CSV and XLSX where the screen shows something else.
    """

    key: str
    label: str
    value: Callable[[Any], object] | None = None
    link: Callable[[Any], str | None] | None = None
    align: Literal["start", "center", "end"] = "start"
    sort: str | Sequence[str] | None = None
    shown: bool = True
    export: Callable[[Any], object] | None = None
    wrap: bool = False

    @property
    def sort_fields(self) -> tuple[str, ...]:
        if self.sort is None:
            return ()
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)

    def value_of(self, row: Any) -> object:
        """The value for the screen: text, number, day, moment, yes/no, ``Badge``, ``Masked``, safe HTML or None."""
        if self.value is not None:
            return self.value(row)
        display = getattr(row, f"get_{self.key}_display", None)
        return display() if display else follow(row, self.key)

    def export_of(self, row: Any) -> object:
        return self.export(row) if self.export is not None else self.value_of(row)

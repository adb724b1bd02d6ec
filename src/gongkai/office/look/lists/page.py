"""One page of a list, ready for the template: heads with their sorting, rows of cells, paging, links to exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.office.look.lists.columns import Column
from gongkai.office.look.lists.rows import Rows
from gongkai.office.look.lists.state import COLUMNS, EXPORT, PAGE, SORT, State

# Beside the current page, this many pages on either side have a link of their own.
_NEIGHBOURS = 2


@dataclass(frozen=True)
class Head:
    """``direction``: ``ascending``, ``descending`` or ``""``, as aria-sort says it; ``href`` sorts by it or turns."""

    key: str
    label: str
    align: str
    href: str = ""
    direction: str = ""


@dataclass(frozen=True)
class RowCell:
    value: object
    align: str
    href: str
    wrap: bool
    opens: bool


@dataclass(frozen=True)
class Row:
    cells: list[RowCell]


@dataclass(frozen=True)
class PageLink:
    """``number`` None is a gap."""

    number: int | None
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class Paging:
    number: int
    last: int
    total: int
    first_row: int
    last_row: int
    links: list[PageLink]
    previous: str
    following: str


@dataclass(frozen=True)
class ListPage:
    """What ``look/lists/table.html`` shows."""

    heads: list[Head]
    rows: list[Row]
    paging: Paging
    state: State
    columns: list[tuple[Column, bool]]
    notes: list[str]
    empty: str
    caption: str

    @property
    def filters(self) -> list[Any]:
        return list(self.state.filters)

    @property
    def private(self) -> bool:
        """Whether what is asked must stand in no address."""
        return any(bound.filter.private for bound in self.state.filters)

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Label and words of each filter in force."""
        return [(bound.filter.label, bound.words) for bound in self.state.filters if bound.words]

    @property
    def without_filters(self) -> str:
        return self.state.address(**{name: "" for bound in self.state.filters for name, _, _ in bound.inputs})

    @property
    def default_columns(self) -> str:
        return self.state.address(**{COLUMNS: ""})

    @property
    def csv(self) -> str:
        return self.state.address(**{EXPORT: "csv"})

    @property
    def xlsx(self) -> str:
        return self.state.address(**{EXPORT: "xlsx"})

    @property
    def hidden_for_filters(self) -> list[tuple[str, str]]:
        return self.state.hidden(*(name for bound in self.state.filters for name, _, _ in bound.inputs))

    @property
    def hidden_for_columns(self) -> list[tuple[str, str]]:
        return self.state.hidden(COLUMNS)


def heads_of(columns: Sequence[Column], state: State) -> list[Head]:
    heads = []
    for column in columns:
        if not column.sort_fields:
            heads.append(Head(column.key, column.label, column.align))
            continue
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(state.sort, "")
        turned = f"-{column.key}" if direction == "ascending" else column.key
        heads.append(Head(column.key, column.label, column.align, state.address(**{SORT: turned}), direction))
    return heads


def row_of(source: Any, columns: Sequence[Column], row_link: Callable[[Any], str | None] | None) -> Row:
    """The cells of one row; the first one without a link of its own opens the row."""
    opening = (row_link(source) if row_link else None) or ""
    cells = []
    for column in columns:
        own = (column.link(source) if column.link else None) or ""
        opens = bool(opening) and not own
        cells.append(RowCell(column.value_of(source), column.align, own or opening, column.wrap, opens))
        if opens:
            opening = ""
    return Row(cells)


def paging_of(rows: Rows, state: State, size: int, notes: list[str]) -> Paging:
    """A page beyond the last is the last."""
    total = rows.count()
    last = max(1, -(-total // size))
    number = min(state.page, last)
    if number < state.page:
        notes.append(f"没有第{state.page}页，已显示最后一页")
    return Paging(
        number=number,
        last=last,
        total=total,
        first_row=(number - 1) * size + 1 if total else 0,
        last_row=min(number * size, total),
        links=[
            PageLink(n, state.address(**{PAGE: str(n)}), n == number) if n else PageLink(None)
            for n in _numbers(number, last)
        ],
        previous=state.address(**{PAGE: str(number - 1)}) if number > 1 else "",
        following=state.address(**{PAGE: str(number + 1)}) if number < last else "",
    )


def _numbers(current: int, last: int) -> list[int]:
    """Page numbers to show, 0 for a gap: first, last and the neighbours."""
    near = {1, last, *range(max(1, current - _NEIGHBOURS), min(last, current + _NEIGHBOURS) + 1)}
    shown: list[int] = []
    for number in sorted(near):
        if shown and number - shown[-1] > 1:
            # A gap of one page is better filled by the page.
            shown.append(number - 1 if number - shown[-1] == 2 else 0)
        shown.append(number)
    return shown

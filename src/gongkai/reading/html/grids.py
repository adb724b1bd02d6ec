"""One table of the marked text → its cells. A make of table that was met before is only filled with its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongkai.reading.cell import Cell
from gongkai.reading.html.marks import BLANK, BREAK, CELL, EDGES, NUMBER, ROW, SPAN, TAB
from gongkai.reading.limits import MAX_SPAN
from gongkai.reading.template import Filled, Template, template

MAX_COLUMNS = 200  # a wider table is not one that people read
PROSE = 300  # a cell of several paragraphs longer than this makes a table mere layout
_BEGINS = f"{SPAN}{BREAK}{CELL}"
# A number alone in its cell. Digits first, what stands before them behind: so the regex engine skips to a digit.
_NUMBERS = re.compile(
    rf"([0-9](?:(?<=[{_BEGINS}].)|(?<=[{_BEGINS}] .))[0-9]{{0,14}}+(?:\.[0-9]{{1,9}})?+)"
    rf"(?= ?(?:[{BREAK}{CELL}{ROW}]|\Z))"
)
_MANY = 10_000
FEW = 10  # numbers: with fewer a table is not worth remembering
LONGEST, _MOST_CELLS = 10_000, 500  # of a table that is remembered: twice what the largest of the form has


@dataclass(slots=True)
class Table:
    """``outside``: what stands in the table outside its cells (a caption); ``cells``, as if the table were all."""

    outside: str
    cells: list[Cell] | Filled

    @property
    def text(self) -> str:
        """Tabs between the cells of a row, ends of lines between rows."""
        if isinstance(self.cells, Filled):
            return self.cells.text
        rows: dict[int, list[str]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell.text)
        return "\n".join(map("\t".join, rows.values()))

    def at(self, start: int) -> list[Cell] | Filled:
        """The cells where the table begins at ``start``."""
        if isinstance(self.cells, Filled):
            return Filled(self.cells.template, self.cells.numbers, start)
        new = tuple.__new__  # the constructor is in Python and takes twice the time
        return [new(Cell, (text, a + start, b + start, *where)) for text, a, b, *where in self.cells]


def table_in(segment: str) -> Table | None:
    """The table that ``segment`` of the marked text is; ``None`` when it is mere layout."""
    pieces = _NUMBERS.split(segment)
    if len(pieces) > 2 * FEW and len(segment) < LONGEST and segment.count(CELL) < _MOST_CELLS:
        known = NUMBER.join(pieces[::2])
        make = make_of(known) if _met.again(known) else None
        if make is not None:
            return Table(make[0], Filled(make[1], pieces[1::2], 0))
    return _taken_apart(segment)


class Met(set[int]):
    """Hashes of the tables met: a make is worth learning from the second on, most damage is met once."""

    def again(self, table: str) -> bool:
        """Whether it was met before. It is now."""
        met = hash(table)
        if met in self:
            return True
        if len(self) >= _MANY:
            self.clear()
        self.add(met)
        return False


_met = Met()


def forget() -> None:
    """Forgets the makes of table met so far."""
    _met.clear()
    make_of.cache_clear()


@lru_cache(maxsize=256)
def make_of(segment: str) -> tuple[str, Template] | None:
    """What stands outside the cells of a table, and its make; ``segment`` has ``NUMBER`` for each number in it."""
    table = _taken_apart(segment)
    if table is None or NUMBER in table.outside or isinstance(table.cells, Filled):
        return None
    made = template(table.cells, NUMBER)
    return (table.outside, made) if made else None


def _taken_apart(segment: str) -> Table | None:
    rows = segment.split(ROW)
    outside = [rows[0]]
    cells: list[Cell] = []
    taken: list[int] = []  # for each column the first row that is free again
    position = widest = 0
    kept_space = TAB in segment or BLANK in segment
    new = tuple.__new__  # see above
    for number, row in enumerate(rows[1:]):
        first, *parts = row.split(CELL)
        if len(first) > 1:
            outside.append(first)
        widest = max(widest, len(parts))
        column = 0
        spanned, reached = SPAN in row, any(free > number for free in taken)
        for text in parts:
            rowspan = colspan = 1
            if spanned and text[:1] == SPAN:
                _, spans, text = text.split(SPAN, 2)  # noqa: PLW2901
                rowspan, colspan = _spans(spans, len(rows) - 1 - number)
            text = text.strip(EDGES)  # noqa: PLW2901
            if BREAK in text or kept_space:
                text = _cell_lines(text)  # noqa: PLW2901
                if len(text) > PROSE and "\n" in text:
                    return None
            while reached and column < len(taken) and taken[column] > number:
                column += 1
            if column + colspan > MAX_COLUMNS:
                colspan = MAX_COLUMNS - column
                if colspan < 1:
                    return None
            if rowspan > 1:
                taken.extend([0] * (column + colspan - len(taken)))
                taken[column : column + colspan] = [number + rowspan] * colspan
            end = position + len(text)
            cells.append(new(Cell, (text, position, end, number, column, rowspan, colspan)))
            position = end + 1
            column += colspan
    return Table(BREAK.join(outside), cells) if widest > 1 else None


def _spans(spans: str, rows_left: int) -> tuple[int, int]:
    rowspan, colspan = map(int, spans.split(","))
    return max(1, min(rowspan or rows_left, rows_left, MAX_SPAN)), max(1, min(colspan, MAX_SPAN))


def _cell_lines(text: str) -> str:
    text = "\n".join(filter(None, [line.strip(EDGES) for line in text.split(BREAK)]))
    return text.replace(TAB, "\t").replace(BLANK, " ").strip()

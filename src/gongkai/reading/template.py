"""A table without its numbers. Two reports on one form differ in little else, so a make of table is taken apart once.

``Filled`` is one such table with its numbers; its cells are made only when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import NamedTuple

from gongkai.reading.cell import Cell

Shape = tuple[int, int, int, int]  # row, column, rowspan, colspan


@dataclass(frozen=True, slots=True, eq=False)  # one object for each make: compared by identity
class Template:
    """``shapes`` and ``texts``: of the cells in order; the text is ``None`` where a number stands. ``parts``: the text
    of the table, tabs between cells and ends of lines between rows, cut at its numbers."""

    shapes: tuple[Shape, ...]
    texts: tuple[str | None, ...]
    parts: tuple[str, ...]


class Filled(NamedTuple):
    """A table of a known make: ``numbers`` as printed, in order; ``start``: where it begins in the document's text."""

    template: Template
    numbers: Sequence[str]
    start: int

    @property
    def text(self) -> str:
        out = [""] * (2 * len(self.numbers) + 1)
        out[::2], out[1::2] = self.template.parts, self.numbers
        return "".join(out)

    @property
    def ranges(self) -> tuple[list[int], list[int]]:
        """Where each number begins and ends in the document's text."""
        lengths = zip(map(len, self.template.parts), map(len, self.numbers), strict=False)
        ends = list(accumulate(chain.from_iterable(lengths), initial=self.start))
        return ends[1::2], ends[2::2]

    @property
    def cells(self) -> list[Cell]:
        numbers = iter(self.numbers)
        position, cells = self.start, []
        for (row, column, rowspan, colspan), known in zip(self.template.shapes, self.template.texts, strict=True):
            text = next(numbers) if known is None else known
            end = position + len(text)
            cells.append(Cell(text, position, end, row, column, rowspan, colspan))
            position = end + 1
        return cells


def template(cells: Sequence[Cell], number: str) -> Template | None:
    """The make of a table whose numbers are all written as ``number``; ``None`` when one stands among other words."""
    texts = [None if cell.text == number else cell.text for cell in cells]
    if any(text is not None and number in text for text in texts):
        return None
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell.text)
    parts = "\n".join(map("\t".join, rows.values())).split(number)
    return Template(tuple((c.row, c.column, c.rowspan, c.colspan) for c in cells), tuple(texts), tuple(parts))

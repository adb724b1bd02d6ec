"""A page taken apart: its ruled tables with the words of each cell, and the lines that stand outside of tables."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.reading.pdf.extract import Page
from gongkai.reading.pdf.lattice import Lattice, lattices
from gongkai.reading.pdf.words import Word, lines, split, words


class TextLine(NamedTuple):
    """A visual line: its words from left to right, and the box around them."""

    words: list[Word]
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, line: list[Word]) -> TextLine:
        return cls(line, line[0].x0, min(w.top for w in line), max(w.x1 for w in line), max(w.bottom for w in line))

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Ruled(NamedTuple):
    """A ruled table and, by the index of the cell in ``lattice.spans``, the words in it."""

    lattice: Lattice
    words: dict[int, list[Word]]

    @property
    def top(self) -> float:
        return self.lattice.ys[0]


class Layout(NamedTuple):
    """The parts of one page. ``tables_lost``: it has lines, but too many to look for tables among them."""

    number: int  # its index in the list of pages read
    page: Page
    tables: list[Ruled]
    lines: list[TextLine]
    tables_lost: bool


def layout(index: int, page: Page) -> Layout:
    """Takes a page apart; ``index`` is its index in the list of pages read."""
    found = lattices(page.rules)
    tables = [Ruled(lattice, {}) for lattice in found or []]
    free: list[Word] = []
    for word in words(page):
        for piece in _pieces(page, word, tables):
            for table in tables:
                cell = table.lattice.find((piece.x0 + piece.x1) / 2, (piece.top + piece.bottom) / 2)
                if cell is not None:
                    table.words.setdefault(cell, []).append(piece)
                    break
            else:
                free.append(piece)
    # A frame around text, or a drawing, has lines that meet but no words in more than one place.
    tables = [table for table in tables if table.words]
    return Layout(index, page, tables, [TextLine.of(line) for line in lines(free)], page.crowded or found is None)


def _pieces(page: Page, word: Word, tables: list[Ruled]) -> list[Word]:
    if word.end - word.start < 2:
        return [word]
    middle = (word.top + word.bottom) / 2
    for table in tables:
        xs, ys = table.lattice.xs, table.lattice.ys
        if ys[0] <= middle <= ys[-1] and word.x0 < xs[-1] and word.x1 > xs[0]:
            borders = [x for x in xs if word.x0 < x < word.x1]
            if borders:
                return split(page, word, borders)
    return [word]

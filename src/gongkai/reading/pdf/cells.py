"""A ruled table with its words → a Grid, each cell's words joined as they read."""

from __future__ import annotations

from gongkai.reading.document import Cell, Grid
from gongkai.reading.pdf.layout import Ruled
from gongkai.reading.pdf.places import Writer
from gongkai.reading.pdf.words import Word, between, lines, unspaced


def write_grid(writer: Writer, index: int, table: Ruled) -> Grid:
    """Writes the table's cells, blank ones too, one row a line and cells apart by a tab; ``index`` is its page's."""
    cells: list[Cell] = []
    for number, span in enumerate(table.lattice.spans):
        if cells:
            writer.put("\t" if cells[-1].row == span.row else "\n")
        start, mark = writer.length, writer.mark()
        _write_cell(writer, index, table.words.get(number, []))
        cells.append(Cell(writer.since(mark), start, writer.length, *span))
    return Grid(cells)


def _write_cell(writer: Writer, index: int, found: list[Word]) -> None:
    page = writer.pages[index]
    last: Word | None = None
    for line in lines(found):
        for position, word in enumerate(line):
            if last is not None:
                if position:
                    writer.put(between(page, last, word))
                elif not unspaced(page.text[last.end - 1], page.text[word.start]):
                    # Two numbers, or two Latin words, one above the other: whether they are one cannot be told.
                    writer.put("\n")
            writer.word(index, word)
            last = word

"""Tables without ruling lines: lines whose words stand in the same columns all the way down."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from gongkai.reading.document import Cell, Grid
from gongkai.reading.pdf.layout import TextLine
from gongkai.reading.pdf.places import Writer
from gongkai.reading.pdf.words import WIDE, Word, between

LOOSE = 2.5  # line heights: lines further apart than this belong to different tables


class Field(NamedTuple):
    """Words of a line with no column gap between them."""

    x0: float
    x1: float
    words: list[Word]


class Placed(NamedTuple):
    """A field in the columns of its table."""

    field: Field
    column: int
    colspan: int


def fields(line: TextLine) -> list[Field]:
    """A line cut at its column gaps."""
    found: list[list[Word]] = []
    for word in line.words:
        if found:
            last = found[-1][-1]
            size = min(word.bottom - word.top, last.bottom - last.top)
            if word.x0 - last.x1 <= WIDE * size:
                found[-1].append(word)
                continue
        found.append([word])
    return [Field(group[0].x0, max(word.x1 for word in group), group) for group in found]


def table_at(found: list[list[Field]], lines: list[TextLine], start: int) -> tuple[int, list[list[Placed]], int] | None:
    """The table that begins with line ``start``: the line after it, its rows, the number of its columns.

    None where the lines show no columns: fewer than two lines of three fields or three of two, or fields that do
    not stand one above the other.
    """
    if len(found[start]) < 2:
        return None
    end = start + 1
    while end < len(lines) and lines[end].top - lines[end - 1].bottom < LOOSE * lines[end].height:
        if len(found[end]) < 2 and not _between_rows(found, lines, end):
            break
        end += 1
    rows = found[start:end]
    if sum(len(row) >= 3 for row in rows) < 2 and sum(len(row) >= 2 for row in rows) < 3:
        return None
    most = max(map(len, rows))
    full = [row for row in rows if len(row) == most]
    columns = [(min(row[k].x0 for row in full), max(row[k].x1 for row in full)) for k in range(most)]
    if any(this[1] >= following[0] for this, following in pairwise(columns)):
        return None
    placed = [_placed(row, columns) for row in rows]
    if any(row is None for row in placed):
        return None
    return end, [row for row in placed if row is not None], most


def write_aligned(writer: Writer, index: int, rows: list[list[Placed]], columns: int) -> Grid:
    """Writes the table as a Grid; places where a row has nothing become blank cells."""
    page = writer.pages[index]
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        following = 0
        for placed in [*row, None]:
            upto = placed.column if placed else columns
            for column in range(following, upto):
                _separate(writer, cells, number)
                cells.append(Cell("", writer.length, writer.length, number, column))
            if placed is None:
                break
            _separate(writer, cells, number)
            start, mark = writer.length, writer.mark()
            last: Word | None = None
            for word in placed.field.words:
                if last is not None:
                    writer.put(between(page, last, word))
                writer.word(index, word)
                last = word
            text = writer.since(mark)
            cells.append(Cell(text, start, writer.length, number, placed.column, 1, placed.colspan))
            following = placed.column + placed.colspan
    return Grid(cells)


def _separate(writer: Writer, cells: list[Cell], row: int) -> None:
    if cells:
        writer.put("\t" if cells[-1].row == row else "\n")


def _between_rows(found: list[list[Field]], lines: list[TextLine], at: int) -> bool:
    """A line with one field belongs to a table when the next has columns again, within the same left margin."""
    following = at + 1
    return (
        following < len(lines)
        and len(found[following]) >= 3
        and lines[following].top - lines[at].bottom < LOOSE * lines[at].height
    )


def _placed(row: list[Field], columns: list[tuple[float, float]]) -> list[Placed] | None:
    placed: list[Placed] = []
    for field in row:
        over = [k for k, (x0, x1) in enumerate(columns) if field.x0 < x1 and field.x1 > x0]
        if not over:
            middle = (field.x0 + field.x1) / 2
            over = [min(range(len(columns)), key=lambda k: abs(columns[k][0] + columns[k][1] - 2 * middle))]
        if placed and over[0] < placed[-1].column + placed[-1].colspan:
            return None
        placed.append(Placed(field, over[0], over[-1] - over[0] + 1))
    return placed

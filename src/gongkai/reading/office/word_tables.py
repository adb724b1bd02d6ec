"""What becomes of a Word table: a grid, or running text where the table only lays out the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from gongkai.reading.office.assembly import Assembly, Placed


@dataclass(slots=True)
class WordCell:
    """A cell with its place in the grid; ``rowspan`` grows while the rows below continue it."""

    row: int
    column: int
    colspan: int
    blocks: list[Block]
    rowspan: int = 1


Table = list[list[WordCell]]
Block = str | Table  # the text of a paragraph, or a table


def write(blocks: Iterable[Block], assembly: Assembly) -> None:
    """Add paragraphs as lines and tables as grids."""
    for block in blocks:
        if isinstance(block, str):
            assembly.line(block)
        else:
            _write_table(block, assembly)


def _write_table(table: Table, assembly: Assembly) -> None:
    """A grid; or, for a table that only lays out a page, its cells as running text with the inner tables as grids."""
    if not _lays_out(table):
        assembly.grid(_placed(table))
        return
    for holds_tables, rows in groupby(table, _holds_tables):
        part = list(rows)
        if not holds_tables and any(sum(any(cell.blocks) for cell in row) > 1 for row in part):
            assembly.grid(_placed(part))  # a box of particulars above the text, say
        else:
            write((block for row in part for cell in row for block in cell.blocks), assembly)


def _holds_tables(row: list[WordCell]) -> bool:
    return any(isinstance(block, list) for cell in row for block in cell.blocks)


def _placed(table: Table) -> Iterator[Placed]:
    first = next((cell.row for row in table for cell in row), 0)
    for row in table:
        for cell in row:
            yield _text(cell.blocks), cell.row - first, cell.column, cell.rowspan, cell.colspan


def _text(blocks: list[Block]) -> str:
    """The text of one cell, a line for each paragraph; a small table inside it comes as lines and tabs."""
    if len(blocks) == 1 and isinstance(blocks[0], str) and "\n" not in blocks[0]:
        return blocks[0].strip()  # nearly every cell
    lines: list[str] = []
    for block in blocks:
        lines += [block] if isinstance(block, str) else ["\t".join(_text(cell.blocks) for cell in row) for row in block]
    return "\n".join(stripped for line in lines if (stripped := line.strip()))


def _lays_out(table: Table) -> bool:
    """Whether a table holds a page rather than data: one cell wide, or with inner tables that are the greater part."""
    if all(len(row) <= 1 for row in table):
        return True
    cells = [cell for row in table for cell in row]
    inner = sum(len(row) for cell in cells for block in cell.blocks if isinstance(block, list) for row in block)
    own = sum(any(isinstance(block, str) and block.strip() for block in cell.blocks) for cell in cells)
    return inner > 0 and inner * 2 >= own

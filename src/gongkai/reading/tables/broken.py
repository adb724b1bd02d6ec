"""Labels and heads broken over several lines, made whole again: （一）予以公 / 开.

Only where one cell stands on a line, and where the end of a page tears a row in two; a label broken inside its cell is
whole to begin with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from gongkai.reading.document import Cell, Grid
from gongkai.reading.tables.headers import HEAD_WORDS, is_head
from gongkai.reading.tables.labels import normalise, row_labels
from gongkai.reading.tables.rows import Row
from gongkai.reading.tables.values import content

_LONGEST = 60  # characters of a label
Read = Row | tuple[int, Grid] | None


def made_whole(rows: Iterator[Read], tied: dict[int, list[int]]) -> Iterator[Read]:
    """``rows`` with broken labels in one cell. ``tied`` gets block of such a row → blocks of its other lines."""
    held: list[Row] = []  # lines of a label that is not complete yet
    text = ""
    for row in rows:
        if held:
            joined = text + row.cells[0].text if isinstance(row, Row) and not row.exact else ""
            if isinstance(row, Row) and _is_whole(joined):
                yield _one(held, row, joined, tied)
                held = []
                continue
            if isinstance(row, Row) and len(row.cells) == 1 and _begins(joined):
                held.append(row)
                text = joined
                continue
            yield from held
            held = []
        if isinstance(row, Row) and len(row.cells) == 1 and not row.exact:
            text = row.cells[0].text
            if len(text) <= _LONGEST and _begins(text):
                held = [row]
                continue
        yield row
    yield from held


def _one(held: list[Row], last: Row, text: str, tied: dict[int, list[int]]) -> Row:
    first = held[0].cells[0]
    label = Cell(text, first.start, last.cells[0].end, first.row, first.column)
    tied[last.block] = [row.block for row in held]
    return Row([label, *last.cells[1:]], False, last.block)


def mended(last: Row | None, rows: list[Row]) -> list[Row]:
    """The rows of a table that goes on behind ``last``. What the first of them has of the same label and row is put
    together: the page ended inside the row, and its numbers stand on one side."""
    at = next((at for at, row in enumerate(rows) if not _is_head(row)), None)
    if last is None or at is None:
        return rows
    (head, before), (tail, behind) = _label_and_values(last), _label_and_values(rows[at])
    if not (head and tail) or _numbers(before) == _numbers(behind) or not _is_row(head.text + tail.text):
        return rows
    label = head._replace(text=head.text + tail.text)
    return [*rows[:at], Row([label, *(before if _numbers(before) else behind)], True, rows[at].block), *rows[at + 1 :]]


def _is_head(row: Row) -> bool:
    said = [cell.text for cell in row.cells if cell.text]
    return len(said) != 1 and all(map(is_head, said))


def _label_and_values(row: Row) -> tuple[Cell | None, list[Cell]]:
    at = max((at for at, cell in enumerate(row.cells) if content(cell.text) is None), default=None)
    return (None, []) if at is None else (row.cells[at], row.cells[at + 1 :])


def _numbers(cells: list[Cell]) -> bool:
    return any(cell.text for cell in cells)


def _is_row(label: str) -> bool:
    return normalise(label) in row_labels("applications") or normalise(label) in {*row_labels("proactive"), "其他处理"}


@cache
def _known() -> list[str]:
    return sorted({*HEAD_WORDS, *row_labels("applications"), *row_labels("proactive")})


@lru_cache(maxsize=4096)
def _is_whole(text: str) -> bool:
    label = normalise(text) if len(text) <= _LONGEST else ""
    at = bisect_left(_known(), label)
    return at < len(_known()) and _known()[at] == label


@lru_cache(maxsize=4096)
def _begins(text: str) -> bool:
    """Whether a label or a head begins so and goes on."""
    label = normalise(text) if len(text) <= _LONGEST else ""
    at = bisect_left(_known(), label)
    return len(label) > 1 and at < len(_known()) and _known()[at] != label and _known()[at].startswith(label)

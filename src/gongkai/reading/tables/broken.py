"""Labels and heads broken over several lines, made whole again: （一）予以公 / 开.

Only where one cell stands on a line; a label broken inside its cell is whole to begin with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from gongkai.reading.document import Cell, Grid
from gongkai.reading.tables.headers import HEAD_WORDS
from gongkai.reading.tables.labels import normalise, row_labels
from gongkai.reading.tables.rows import Row

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

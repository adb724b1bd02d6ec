"""Where the values of a table stand, learned from its whole rows: for the rows in which cells are blank or lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.reading.document import Cell
from gongkai.reading.tables.search import Hit
from gongkai.report.form import Table


class _Shape(NamedTuple):
    """How many cells stand before and behind a label; ``before`` is ``None`` for values gathered from several lines."""

    before: int | None
    behind: int


class Learned:
    """Where the values stand, learned from the rows that have all of them.

    ``exact``: block and width → grid columns. ``firsts``: width and shape of a row → which of the cells behind its
    label is the first value. ``even``: how many cells every row has, when merged labels leave blank ones.
    """

    def __init__(self) -> None:
        self.exact: dict[tuple[int, int], tuple[int, ...]] = {}
        self.firsts: dict[tuple[int, _Shape], int] = {}
        self.even: int | None = None

    def first(self, hit: Hit, width: int) -> int | None:
        """Which of the cells behind the label of a row is its first value; ``None`` when one of them may be lost."""
        shape, behind = _shape(hit), len(hit.values)
        if (width, shape) in self.firsts:
            return self.firsts[width, shape]
        if shape.before is not None and self.even is not None and width > 2:
            return behind - width if shape.before + behind == self.even and behind >= width else None
        whole = {(shape.behind, first) for (columns, shape), first in self.firsts.items() if columns == width}
        if shape.before is not None and whole and (width, 0) not in whole:
            return None  # whole rows have blanks beside their values, and this one has none to spare
        return 0 if behind == width else None


def _shape(hit: Hit) -> _Shape:
    gathered = not hit.exact and hit.values and hit.values[0].column <= hit.label.column
    return _Shape(None if gathered else len(hit.before), len(hit.values))


def learn(table: Table, hits: dict[str, Hit], trimmed: dict[str, list[Cell]]) -> Learned:
    """What the rows of one table say. ``trimmed``: the cells behind each label without the blanks at either end."""
    learned = Learned()
    exact: dict[tuple[int, int], Counter[tuple[int, ...]]] = {}
    lengths: list[tuple[int, bool]] = []
    for key, hit in hits.items():
        if key not in table.rows:
            continue
        width, span, shape = len(table.rows[key].columns), trimmed[key], _shape(hit)
        if width > 2 and len(span) <= width and shape.before is not None:
            lengths.append((shape.before + shape.behind, shape.behind < width))
        if len(span) != width or width == 1:
            continue
        if hit.exact:
            exact.setdefault((hit.block, width), Counter())[tuple(cell.column for cell in span)] += 1
        learned.firsts.setdefault((width, shape), hit.values.index(span[0]))
    for key_width, votes in exact.items():
        learned.exact[key_width] = votes.most_common(1)[0][0]
    learned.even = _even(lengths)
    return learned


def _even(lengths: Sequence[tuple[int, bool]]) -> int | None:
    """The length that nearly all rows have, if none is longer; 0, which none has, when such rows lack cells.

    Where merged labels leave no blanks, the first row of each group is longer than the others.
    """
    longest = max((length for length, _ in lengths), default=0)
    lacking = [lacks for length, lacks in lengths if length == longest]
    if len(lengths) < 3 or len(lacking) * 4 < len(lengths) * 3:
        return None
    return 0 if any(lacking) else longest

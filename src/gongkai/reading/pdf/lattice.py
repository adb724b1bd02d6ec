"""Ruling lines → the cells they enclose.

Pieces of line that lie on one another are joined; lines that meet form one table; its rows and columns are the
distinct heights and positions of its lines; a cell reaches right and down until a line stops it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

from gongkai.reading import limits
from gongkai.reading.pdf.paths import Rule

SAME = 2.5  # points: lines nearer than this are one line (double borders, each cell drawing its own)
REACH = 3.0  # points: a line that stops this short of another still meets it
OVERHANG = 8.0  # points: lines that run on this far past the last crossing line enclose an open column or row
MAX_LINES = 1_500  # distinct lines of one page
MAX_GRID = 20_000  # elementary cells of one table


class Span(NamedTuple):
    """A cell of a lattice: its upper left elementary cell, and how many it covers."""

    row: int
    column: int
    rowspan: int
    colspan: int


class Lattice(NamedTuple):
    """A ruled table: the x of its column borders, the y of its row borders, its cells row by row.

    ``owner[row * columns + column]`` is the index in ``spans`` of the cell that covers the elementary cell.
    """

    xs: list[float]
    ys: list[float]
    spans: list[Span]
    owner: list[int]

    def find(self, x: float, y: float) -> int | None:
        """The index of the cell around a point, None outside of the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row * (len(self.xs) - 1) + column]
        return None


class _Line(NamedTuple):
    """All pieces of line at one height or position: ``starts[i]`` to ``ends[i]``, ascending, apart from one another."""

    at: float
    starts: list[float]
    ends: list[float]

    def covers(self, point: float) -> bool:
        index = bisect_right(self.starts, point) - 1
        return index >= 0 and point <= self.ends[index]


def lattices(rules: list[Rule]) -> list[Lattice] | None:
    """The ruled tables of a page, smallest first (an inner table before the one around it); None: too many lines."""
    level = _merged([rule for rule in rules if rule.horizontal])
    upright = _merged([rule for rule in rules if not rule.horizontal])
    if len(level) > MAX_LINES or len(upright) > MAX_LINES:
        return None
    tables = [_lattice(*group) for group in _groups(level, upright)]
    found = [table for table in tables if table is not None]
    return sorted(found, key=lambda table: (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0]))


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules with the pieces of one line joined. Nearby lines stay apart where they do not touch."""
    done: list[Rule] = []
    cluster: list[Rule] = []
    for rule in [*sorted(rules, key=lambda rule: rule.at), None]:
        if cluster and (rule is None or rule.at - cluster[0].at > SAME):
            at = sum(piece.at for piece in cluster) / len(cluster)
            start, end = None, 0.0
            for piece in sorted(cluster, key=lambda piece: piece.start):
                if start is not None and piece.start <= end + REACH:
                    end = max(end, piece.end)
                    continue
                if start is not None:
                    done.append(Rule(piece.horizontal, at, start, end))
                start, end = piece.start, piece.end
            if start is not None:
                done.append(Rule(cluster[0].horizontal, at, start, end))
            cluster = []
        if rule is not None:
            cluster.append(rule)
    return done


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, directly or through others."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [rule.at for rule in level]
    for index, (_, x, top, bottom) in enumerate(upright, len(level)):
        for other in range(bisect_left(heights, top - REACH), bisect_right(heights, bottom + REACH)):
            if level[other].start - REACH <= x <= level[other].end + REACH:
                parent[root(other)] = root(index)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*level, *upright]):
        groups.setdefault(root(index), ([], []))[0 if rule.horizontal else 1].append(rule)
    return [group for group in groups.values() if len(group[0]) + len(group[1]) > 2 and group[0] and group[1]]


def _lattice(level: list[Rule], upright: list[Rule]) -> Lattice | None:
    left = min([rule.at for rule in upright] + [rule.start + OVERHANG for rule in level])
    right = max([rule.at for rule in upright] + [rule.end - OVERHANG for rule in level])
    top = min([rule.at for rule in level] + [rule.start + OVERHANG for rule in upright])
    bottom = max([rule.at for rule in level] + [rule.end - OVERHANG for rule in upright])
    columns = _lines(upright)
    rows = _lines(level)
    _close(columns, left, right, OVERHANG)
    _close(rows, top, bottom, OVERHANG)
    across, down = len(columns) - 1, len(rows) - 1
    if across < 1 or down < 1 or across * down < 2 or across * down > MAX_GRID:
        return None
    xs, ys = [line.at for line in columns], [line.at for line in rows]
    mid_x = [(a + b) / 2 for a, b in pairwise(xs)]
    mid_y = [(a + b) / 2 for a, b in pairwise(ys)]
    spans: list[Span] = []
    owner = [-1] * (across * down)
    for row in range(down):
        for column in range(across):
            if owner[row * across + column] >= 0:
                continue
            end = column + 1
            while end < across and owner[row * across + end] < 0 and not columns[end].covers(mid_y[row]):
                end += 1
            below = row + 1
            while below < down and _open(
                rows[below], mid_x[column:end], owner[below * across + column : below * across + end]
            ):
                below += 1
            for line in range(row, below):
                owner[line * across + column : line * across + end] = [len(spans)] * (end - column)
            spans.append(Span(row, column, min(below - row, limits.MAX_SPAN), min(end - column, limits.MAX_SPAN)))
    return Lattice(xs, ys, spans, owner) if len(spans) > 1 else None


def _open(line: _Line, middles: list[float], below: list[int]) -> bool:
    """Nothing stops a cell from reaching over this line: no piece of line, no other cell below."""
    return not any(map(line.covers, middles)) and max(below) < 0


def _lines(rules: list[Rule]) -> list[_Line]:
    """Rules (sorted by ``at``) gathered by position."""
    lines: list[_Line] = []
    for rule in rules:
        if lines and rule.at - lines[-1].at <= SAME:
            where = bisect_left(lines[-1].starts, rule.start)
            lines[-1].starts.insert(where, rule.start)
            lines[-1].ends.insert(where, rule.end)
        else:
            lines.append(_Line(rule.at, [rule.start], [rule.end]))
    return lines


def _close(lines: list[_Line], first: float, last: float, overhang: float) -> None:
    """Borders where a table has none: a table open at its sides, or cut by the end of the page."""
    if lines[0].at - first > 0:
        lines.insert(0, _Line(first - overhang, [], []))
    if last - lines[-1].at > 0:
        lines.append(_Line(last + overhang, [], []))

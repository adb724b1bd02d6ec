"""The text as read, cut where marks and figures begin and end. Nothing of it is ever HTML: templates escape it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from gongkai.office.analysis.showing.marks import Marks
from gongkai.report import Report

PART = 30_000  # characters on one page; an annual report has five to twenty thousand


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text in one look. ``findings``: whose words it is part of; ``begins``: those whose first place begins
    here; ``ends``: those of which a place ends here; ``cell``: the key of the figure that it is, ``first`` at its
    beginning; ``page``: the number of the page that begins here; ``blank``: a place without characters."""

    text: str
    look: str = ""
    findings: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    cell: str = ""
    first: bool = False
    chosen: bool = False
    page: int | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a text: ``number`` of ``count``, from 1."""

    segments: list[Segment]
    number: int
    count: int


def parts(report: Report) -> list[tuple[int, int]]:
    """Start and end of the pieces in which a long text is shown; they end with a line where there is one."""
    text, out, start = report.text, [], 0
    while len(text) - start > PART:
        end = text.rfind("\n", start + PART // 2, start + PART) + 1 or start + PART
        out.append((start, end))
        start = end
    return [*out, (start, len(text))]


def part_with(report: Report, marks: Marks, asked: int | None = None) -> int:
    """The part (from 1) to show: the one asked for, else the one with the chosen finding or figure, else the first."""
    spans = parts(report)
    if asked is not None:
        return min(max(asked, 1), len(spans))
    starts = [place.start for place, number in marks.places if number == marks.chosen]
    figure = report.figures.get(marks.chosen_cell)
    if figure is not None and figure.place is not None:
        starts = [figure.place.start]
    return bisect_right([start for start, _ in spans], starts[0]) if starts else 1


def part(report: Report, marks: Marks, number: int) -> Part:
    """Part ``number`` of the text."""
    spans = parts(report)
    start, end = spans[number - 1]
    return Part(_segments(report, marks, start, end), number, len(spans))


def _segments(report: Report, marks: Marks, start: int, end: int) -> list[Segment]:
    places = [(p, n) for p, n in marks.places if p.start < end and p.end >= start]
    cells = [
        (figure.place.start, figure.place.end, key)
        for key, figure in report.figures.items()
        if figure.place is not None and figure.place.start < figure.place.end
        if figure.place.start < end and start < figure.place.end
    ]
    pages = {offset: number for number, offset in enumerate(report.pages, 1) if start <= offset < end}
    cuts = {start, end, *pages}
    for a, b in [(p.start, p.end) for p, _ in places] + [(a, b) for a, b, _ in cells]:
        cuts |= {min(max(a, start), end), min(max(b, start), end)}
    first_place: dict[int, int] = {}
    for place, number in marks.places:
        first_place.setdefault(number, place.start)
    opening: dict[int, list[int]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    blanks: dict[int, list[int]] = defaultdict(list)
    for place, number in places:
        if place.start == place.end:
            blanks[place.start].append(number)
            continue
        opening[max(place.start, start)].append(number)
        closing[min(place.end, end)].append(number)
    cell_at = {a: (b, key) for a, b, key in cells}
    out: list[Segment] = []
    live: Counter[int] = Counter()
    cell_end, cell = 0, ""
    for a, b in pairwise([*sorted(cuts), end]):
        live.subtract(closing[a])
        live.update(opening[a])
        if a >= cell_end:
            cell = ""
        begins_cell = a in cell_at
        if begins_cell:
            cell_end, cell = cell_at[a]
        if blanks[a]:
            out.append(_blank(marks, blanks[a], tuple(n for n in blanks[a] if first_place[n] == a)))
        if a == b:
            continue
        numbers = tuple(sorted((+live).keys()))
        out.append(
            Segment(
                report.text[a:b],
                marks.look(numbers),
                numbers,
                tuple(n for n in dict.fromkeys(opening[a]) if first_place[n] == a),
                tuple(dict.fromkeys(closing[b])),
                cell,
                begins_cell,
                marks.is_chosen(numbers, cell),
                pages.get(a),
            )
        )
    return out


def _blank(marks: Marks, numbers: list[int], begins: tuple[int, ...]) -> Segment:
    found = tuple(dict.fromkeys(numbers))
    return Segment("", marks.look(found), found, begins, found, chosen=marks.is_chosen(found), blank=True)

"""Whole tables in a make that was met before, set aside before a page is cut up.

The tables of the form are most of a page, and those of two reports on one site differ in nothing but their numbers. So
the source of a table without its numbers is its make; in the page there stay the number of the make and the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, count
from typing import NamedTuple

from gongkai.reading.html.chrome import holds_report
from gongkai.reading.html.grids import FEW, LONGEST, Met, Table, make_of
from gongkai.reading.html.marks import BREAK, DROP, EDGES, KNOWN, KNOWN_END, NUMBER, TABLE, TABLE_END
from gongkai.reading.template import Filled, Template

_SPACE = r"[ \t\r\n\f]*+"
_NUMBERS = re.compile(rf">{_SPACE}([0-9]{{1,15}}+(?:\.[0-9]{{1,9}}+)?+)(?={_SPACE}<)")  # alone between tags
_GAP = ">" + NUMBER
_LONGEST = 100_000  # characters of a table that is remembered
_MOST, _MOST_ALIKE = 128, 8  # lengths of source that are looked for, and makes of one length
_KEPT = 1024  # makes that are kept: pages in which they were found are still at work
_IN_A_PAGE = 20


class Known(NamedTuple):
    """``segment``: the marked text of the table, with ``NUMBER`` for each number; ``outside`` and ``template``: what is
    made of it (``grids``)."""

    segment: str
    outside: str
    template: Template


_met = Met()
# How long a source is → the sources so long, and the number of the make of each; 0 when there is none. To compare with
# them takes a tenth of the time that a hash of the source would.
_numbers: dict[int, list[tuple[str, int]]] = {}
_makes: dict[int, Known] = {}
_next = count(1)


def set_aside(source: str, read: Callable[[str], str]) -> tuple[str, int]:
    """``source`` with the tables of known makes between marks, and how many there are. ``read``: source of a table →
    its marked text, "" when in doubt."""
    first, *tables = source.rsplit("<table")  # from the end: a fifth of the time that split or a pattern takes
    out, known = [first], 0
    for table in tables:
        pieces = _NUMBERS.split(table)
        pieces[-1], end, behind = pieces[-1].partition("</table>")
        if not end:  # numbers stand behind it, or there is a table in it
            inner, end, behind = table.partition("</table>")
            pieces = _NUMBERS.split(inner) if end else []
        worth = len(pieces) > 2 * FEW and len(table) < _LONGEST and known < _IN_A_PAGE
        if number := _number_of(_GAP.join(pieces[::2]), read) if worth else 0:
            out += [f"{BREAK}{KNOWN}{number}:", ",".join(pieces[1::2]), KNOWN_END, behind]
            known += 1
        else:
            out += ["<table", table]
    return "".join(out) if known else source, known


def _number_of(source: str, read: Callable[[str], str]) -> int:
    for met, number in _numbers.get(len(source), ()):
        if met == source:
            return number
    if not _met.again(source):
        return 0
    for oldest in list(_numbers)[: max(len(_numbers) - _MOST + 1, 0)]:
        _numbers.pop(oldest, None)
    known = _learned(read(f"<table{source}</table>"))
    number = next(_next) if known else 0
    if known:
        _makes[number] = known
        _makes.pop(number - _KEPT, None)
    _numbers[len(source)] = [*_numbers.get(len(source), ())[1 - _MOST_ALIKE :], (source, number)]
    return number


def _learned(marked: str) -> Known | None:
    """The make of a table; ``None`` when there is more to it than cells and numbers, or it is not of a report."""
    before, _, rest = marked.partition(TABLE)
    segment, _, behind = rest.partition(TABLE_END)
    alone = not (DROP in marked or before.strip(EDGES) or behind.strip(EDGES))
    make = make_of(segment) if alone and len(segment) < LONGEST and holds_report(segment) else None
    return Known(segment, *make) if make else None


def _taken_apart(known: str) -> tuple[Known, list[str]]:
    number, _, figures = known.partition(":")
    return _makes[int(number)], figures.split(",")


def table_of(known: str) -> Table:
    """The table of which ``known`` stands between the marks."""
    make, numbers = _taken_apart(known)
    return Table(make.outside, Filled(make.template, numbers, 0))


def cells_in(marked: str) -> int:
    """How many cells the known tables in ``marked`` have."""
    return sum(len(_taken_apart(part.partition(KNOWN_END)[0])[0].template.shapes) for part in marked.split(KNOWN)[1:])


def spelt_out(marked: str) -> str:
    """``marked`` with all known tables as if they were not known."""
    first, *parts = marked.split(KNOWN)
    out = [first]
    for part in parts:
        known, _, behind = part.partition(KNOWN_END)
        make, numbers = _taken_apart(known)
        gaps = make.segment.split(NUMBER)
        out += [TABLE, gaps[0], *chain.from_iterable(zip(numbers, gaps[1:], strict=True)), TABLE_END, behind]
    return "".join(out)


def forget() -> None:
    """Forgets all makes."""
    _met.clear()
    _numbers.clear()
    _makes.clear()

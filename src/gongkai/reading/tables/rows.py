"""Blocks → rows of cells. Grids have their rows; lines with bars, tabs or trailing numbers are taken apart; any other
line is a row of one cell. What a row means is decided in ``tables``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

from gongkai.reading.document import Cell, Document, Grid, Line

_BAR_MARKS = "|｜│┃"
_BARS = re.compile(f"[{_BAR_MARKS}]")
_RULE = re.compile(r"[\s|｜│┃:+\-—─━═=_┼├┤┬┴┌┐└┘]*")
_PARTED = re.compile(f"[{_BAR_MARKS}\t]")
_WORDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)
# "本年新收政府信息公开申请数量 0 0 0 0 0 0 0": a label and the numbers behind it, parted by spaces only.
_BLANK = r"[ \u3000\xa0\u2002\u2003]"
_LABEL_AND_NUMBERS = re.compile(
    rf"\s*(\S.*?[^\s\d.,+-]){_BLANK}+((?:[+-]?[\d,.]+|[-—/无])(?:{_BLANK}+(?:[+-]?[\d,.]+|[-—/无]))*)\s*"
)
_NUMBERS = re.compile(rf"\s*(?:[+-]?[\d,.]+|[-—/])(?:{_BLANK}+(?:[+-]?[\d,.]+|[-—/]))+\s*")
_ROW = attrgetter("row")
LONGEST_ROW = 2000  # a line longer than this is no row of a table, whatever bars and tabs are in it
LONGEST_CELL = 120  # a line longer than this, without bars or tabs, is no cell of the form
_new_cell = partial(tuple.__new__, Cell)  # its own constructor is in Python


@dataclass(slots=True)
class Row:
    """Cells of one row. ``exact``: their column numbers can be believed. ``block``: index of the block it came from."""

    cells: list[Cell]
    exact: bool
    block: int


def _cell(text: str, offset: int, start: int, end: int, column: int) -> Cell:
    """The cell of ``text[start:end]`` without the spaces around it; ``offset`` is where ``text`` begins."""
    match = _WORDS.search(text, start, end)
    if not match:
        return Cell("", offset + start, offset + start, 0, column)
    return Cell(match.group(), offset + match.start(), offset + match.end(), 0, column)


def _split(line: Line, marks: re.Pattern[str]) -> list[Cell]:
    text, at = line.text, 0
    cells: list[Cell] = []
    for match in marks.finditer(text):
        cells.append(_cell(text, line.start, at, match.start(), len(cells)))
        at = match.end()
    cells.append(_cell(text, line.start, at, len(text), len(cells)))
    return cells


_TAB = re.compile(r"\t")
_SPACES = re.compile(rf"{_BLANK}+")
# What parts cells in text copied from a laid-out page; a single space does between labels that are both numbered.
_GAPS = re.compile(rf"{_BLANK}{{2,}}")
_LABELS = re.compile(rf"{_GAPS.pattern}|{_BLANK}(?=[（(][一二三四五六七][）)]|\d[.．、])")
_WIDE = "   "  # in a long line, set out to columns, and not in prose
_OPENING = "（(“《"  # prose may begin so, a rule and a row of dashes do not


class _Ends(NamedTuple):
    """Whether the lines of a table begin and end with a bar: such a bar parts no cells. ``start``, ``until``: its first
    block and the one behind its last."""

    start: int = -1
    until: int = 0
    first: bool = False
    last: bool = False


_NO_TABLE = _Ends()


def _ends(blocks: Sequence[Line | Grid], start: int) -> _Ends:
    """How the lines with bars begin and end that follow one another from ``start`` on."""
    found = [text.strip() for text in _barred_lines(blocks, start)]
    first, last = (len(found) > 1 and all(text[at] in _BAR_MARKS for text in found) for at in (0, -1))
    return _Ends(start, start + len(found), first, last)


def _barred_lines(blocks: Sequence[Line | Grid], start: int) -> Iterator[str]:
    for block in islice(blocks, start, None):
        if isinstance(block, Grid) or not (_BARS.search(block.text) and block.text.strip(" \u3000\t" + _BAR_MARKS)):
            return
        yield block.text


def _barred(line: Line, ends: _Ends) -> list[Cell]:
    cells = _split(line, _BARS)
    stripped = line.text.strip()
    if len(cells) <= 2:
        return cells
    first, last = ends.first, ends.last
    if not (first or last):  # a row by itself
        first = last = stripped[0] in _BAR_MARKS and stripped[-1] in _BAR_MARKS
    return cells[first : -1 if last else None]


def is_rule(text: str) -> bool:
    """Whether a line is nothing but bars, dashes and the like, which stand between the rows of a table."""
    # Nearly every line begins with a word: that is seen before a pattern is tried.
    return not text[:1].isalnum() and _RULE.fullmatch(text) is not None


def _dashes(text: str) -> bool:
    """Whether a line is a row of cells with a dash in each."""
    if len(text) > LONGEST_ROW or text.strip(" \u3000\t-—" + _BAR_MARKS):
        return False
    said = [cell for cell in map(str.strip, _PARTED.split(text)) if cell]
    return len(said) > 1 and {*said} <= {"-", "—", "--", "——"}


def _whole(line: Line) -> Cell:
    return _new_cell((*line, 0, 0, 1, 1))


def _line_cells(line: Line, bars: bool, ends: _Ends) -> list[Cell]:
    """``bars``: whether there may be any in it."""
    text = line.text
    if len(text) > LONGEST_ROW:
        return [_whole(line)]
    if bars and _BARS.search(text):
        return _barred(line, ends)
    if "\t" in text:
        cells = _split(line, _TAB)
        # Tabs before the only cell are an indent, no cells.
        return cells[-1:] if not any(cell.text for cell in cells[:-1]) else cells
    if len(text) > LONGEST_CELL and _WIDE not in text:
        return [_whole(line)]
    if text[-1].isdigit() or _GAPS.search(text):
        match = _LABEL_AND_NUMBERS.fullmatch(text)
        if match:
            label = _split(Line(match.group(1), line.start + match.start(1), line.start + match.end(1)), _LABELS)
            numbers = Line(match.group(2), line.start + match.start(2), line.start + match.end(2))
            return [*label, *_split(numbers, _SPACES)]
        bare = text.strip()
        at = line.start + text.index(bare) if bare else line.start
        trimmed = Line(bare, at, at + len(bare))
        if _NUMBERS.fullmatch(text):
            return _split(trimmed, _SPACES)
        return _split(trimmed, _GAPS)
    if text[0].isspace() or text[-1].isspace():
        return [_cell(text, line.start, 0, len(text), 0)]
    return [_whole(line)]


def words(cell: Cell) -> list[Cell]:
    """The words of a cell, each a cell: for heads that only single spaces part."""
    return _split(Line(cell.text, cell.start, cell.end), _SPACES)


def rows_of(document: Document) -> Iterator[Row | tuple[int, Grid] | None]:
    """The rows of the document in reading order; grids whole, with the index of their block, for ``rows_in``; ``None``
    for lines that are too long for a cell and have no parts."""
    bar_before = prose = False
    ends = _NO_TABLE
    bars = any(map(document.text.__contains__, _BAR_MARKS))
    parted = bars or document.text.rfind(_WIDE) >= 0
    for index, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            bar_before = prose = False
            yield index, block
            continue
        text = block.text
        if (
            len(text) > LONGEST_CELL
            and (text[0].isalnum() or text[0] in _OPENING)
            and not (parted and (bars or _WIDE in text))
            and "\t" not in text
        ):
            bar_before = False
            if not prose:
                prose = True
                yield None
            continue
        prose = False
        # Below the first line of a table such a line is a rule of Markdown.
        dashes = index > ends.start + 1 and _dashes(text)
        if not dashes and is_rule(text) and text.strip():
            # A bar alone on its line parts cells; two in a row have an empty cell between them. "-" is a value.
            bar = bool(_BARS.fullmatch(text.strip()))
            if bar and bar_before:
                yield Row([Cell("", block.start, block.start, 0, 0)], False, index)
            bar_before = bar
            if bar or _BARS.search(text) or len(text.strip()) > 2:
                continue
        bar_before = False
        if bars and index >= ends.until and _BARS.search(text):
            ends = _ends(document.blocks, index)
        yield Row(_line_cells(block, bars, ends if index < ends.until else _NO_TABLE), False, index)


def rows_in(grid: Grid, block: int) -> Iterator[Row]:
    """The rows of a grid that stands at ``block``."""
    for _, cells in groupby(grid.cells, key=_ROW):
        yield Row(list(cells), grid.exact, block)

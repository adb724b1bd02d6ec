"""Marked text → lines and grids with offsets: the second half of reading a page.

The HTML reader writes control characters where blocks, tables, rows and cells begin and takes the whole text out in
one call; here that linear text becomes a ``Document``'s text and blocks. Work is done on strings in C wherever
possible: a page pasted from Word has some hundred cells and must not cost a Python step for each element.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import chain

from gongkai.reading.document import Grid, Line
from gongkai.reading.html import known_tables
from gongkai.reading.html.grids import PROSE, table_in
from gongkai.reading.html.marks import BLANK, BREAK, CELL, EDGES, KNOWN, KNOWN_END, ROW, SPAN, TAB, TABLE, TABLE_END
from gongkai.reading.limits import MAX_CELLS, MAX_TEXT

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_CJK = "\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_CJK = re.compile(f"\n(?=[{_CJK}])(?<=[{_CJK}]\n)")
_LAYOUT_MARKS = re.compile(f"{CELL}(?:{SPAN}[^{SPAN}]*{SPAN})?|[{TABLE}{TABLE_END}{ROW}{SPAN}]")

_line = partial(tuple.__new__, Line)  # its own constructor is in Python


def assemble(marked: str, is_chrome: Callable[[str], bool]) -> tuple[str, list[Line | Grid], list[str]]:
    """Text, blocks and warnings of ``marked``; lines of running text for which ``is_chrome`` holds are left out."""
    pieces: list[str] = []
    blocks: list[Line | Grid] = []
    warnings: list[str] = []
    position = cells = 0
    if len(marked) > MAX_TEXT:
        marked = marked[:MAX_TEXT]
        warnings.append(f"文字超过 {MAX_TEXT // 10_000} 万字，其后的内容没有读取")
    segments = _segments(collapse(marked))
    kept_space = TAB in marked or BLANK in marked
    for index, segment in enumerate(segments):
        table = None
        if index % 2:
            count = segment.count(CELL)
            if segment[:1] == KNOWN:
                table = known_tables.table_of(segment[1:])
            elif cells + count <= MAX_CELLS:
                table = table_in(segment)
            elif not warnings:
                warnings.append(f"表格超过 {MAX_CELLS // 10_000} 万格，其后的表格按文字读取")
            cells += count
            segment = table.outside if table else segment  # noqa: PLW2901
        if not table and (ROW in segment or CELL in segment or SPAN in segment):
            segment = _LAYOUT_MARKS.sub(BREAK, segment)  # noqa: PLW2901
        for piece in filter(None, segment.split(BREAK)):
            line = piece.strip(EDGES)
            if not line or is_chrome(line):
                continue
            if kept_space:
                line = line.replace(TAB, "\t").replace(BLANK, " ").strip()
                if not line:
                    continue
            end = position + len(line)
            blocks.append(_line((line, position, end)))
            pieces.append(line)
            position = end + 1
        if table:
            text = table.text
            blocks.append(Grid(table.at(position)))
            pieces.append(text)
            position += len(text) + 1
    return "\n".join(pieces), blocks, warnings


def _segments(marked: str) -> list[str]:
    """Running text and tables in turn."""
    first, *tables = marked.split(TABLE)
    ends = [table.partition(TABLE_END) for table in tables]
    if TABLE_END in first or any(not end or TABLE_END in behind or KNOWN in inner for inner, end, behind in ends):
        marked = _outermost(marked)  # one is inside another
    marked = marked.replace(KNOWN, TABLE + KNOWN).replace(KNOWN_END, TABLE_END)
    first, *tables = marked.split(TABLE)
    return [first, *chain.from_iterable(table.split(TABLE_END) for table in tables)]


def collapse(text: str) -> str:
    """White space as a browser shows it, but for line breaks of the source between two Chinese characters: nothing."""
    text = text.replace("\xa0", " ").replace("\t", "\n").replace("\r", "\n").replace("\f", "\n")
    for character in _INVISIBLE:  # hardly ever there: one after the other is faster than a pattern for all
        if character in text:
            text = text.replace(character, "")
    text = re.sub("  +", " ", text)
    if "\n" in text:
        text = re.sub("\n ?(?:[\n ]+)?", "\n", text).replace(" \n", "\n")
        text = _BETWEEN_CJK.sub("", text).replace("\n", " ")
    return text


class _Frame:
    """A table that is open while the marks are gone through."""

    __slots__ = ("cells", "nested", "opened", "prose", "rows")

    def __init__(self, opened: int) -> None:
        self.opened = opened
        self.rows = self.cells = self.nested = 0
        self.prose = False


def _outermost(marked: str) -> str:
    """The same text with marks left only for tables that hold data, none inside another.

    A table with other tables in it is layout, unless it has the look of data itself (three rows, a dozen cells, more
    of them than inside it): then the inner ones are part of its cells. A table of one cell is a box around text.
    """
    tokens = re.split(f"([{TABLE}{TABLE_END}{ROW}{CELL}])", marked)
    grids = _data_tables(tokens)
    out: list[str] = []
    depth = 0
    closing: int | None = None  # depth of the data table that we are in
    for index in range(len(tokens)):
        token = tokens[index]
        if index % 2 == 0:
            if closing is not None and KNOWN in token:  # a known table is a part of a cell
                return _outermost(known_tables.spelt_out(marked))
            if closing is None or depth > closing:
                token = re.sub(f"{SPAN}[^{SPAN}]*{SPAN}", "", token) if SPAN in token else token
            out.append(token)
        elif token == TABLE:
            depth += 1
            if closing is None and index in grids:
                closing = depth
                out.append(token)
            else:
                out.append(BREAK)
        elif token == TABLE_END:
            out.append(token if depth == closing else BREAK)
            closing = None if depth == closing else closing
            depth = max(0, depth - 1)
        else:
            out.append(token if depth == closing else BREAK)
    if closing is not None:
        out.append(TABLE_END)  # the text was cut
    return "".join(out)


def _data_tables(tokens: list[str]) -> set[int]:
    found: set[int] = set()
    frames: list[_Frame] = []
    for index in range(1, len(tokens), 2):
        token = tokens[index]
        if token == TABLE:
            frames.append(_Frame(index))
        elif not frames:
            continue
        elif token == CELL:
            frames[-1].cells += 1
            frames[-1].prose |= len(tokens[index + 1].partition(KNOWN)[0]) > PROSE
        elif token == ROW:
            frames[-1].rows += 1
        else:
            frame = frames.pop()
            simple = not frame.nested or (
                not frame.prose and frame.rows > 2 and frame.cells > 11 and frame.nested * 2 < frame.cells
            )
            if frame.cells > 1 and simple:
                found.add(frame.opened)
            if frames:
                frames[-1].nested += frame.nested + (frame.cells if frame.cells > 1 else 0)
        if frames and KNOWN in tokens[index + 1]:
            frames[-1].nested += known_tables.cells_in(tokens[index + 1])
    found.update(frame.opened for frame in frames if not frame.nested)
    return found

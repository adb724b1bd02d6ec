"""Marked text → lines and grids with offsets: the second half of reading a page.

The HTML reader writes control characters where blocks, tables, rows and cells begin and takes the whole text out in
one call; here that linear text becomes a ``Document``'s text and blocks. Work is done on strings in C wherever
possible: a page pasted from Word has some hundred cells and must not cost a Python step for each element.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.reading.document import Cell, Grid, Line
from gongkai.reading.limits import MAX_CELLS, MAX_SPAN, MAX_TEXT

BREAK = "\x1d"  # a block element begins or ends
TABLE, TABLE_END = "\x02", "\x03"
ROW, CELL = "\x1e", "\x1f"
SPAN = "\x1c"  # around "rowspan,colspan" at the beginning of a cell
TAB, BLANK = "\x05", "\x06"  # white space that is kept (preformatted text)
MARKS = "\x02\x03\x05\x06\x0e\x0f\x1c\x1d\x1e\x1f"  # with the two of ``chrome``

MAX_COLUMNS = 200  # a wider table is not one that people read
_PROSE = 300  # a cell of several paragraphs longer than this makes a table mere layout
_EDGES = " \u3000" + BREAK
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CJK = "\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_CJK = re.compile(f"\n(?=[{_CJK}])(?<=[{_CJK}]\n)")
_LAYOUT_MARKS = re.compile(f"{CELL}(?:{SPAN}[^{SPAN}]*{SPAN})?|[{TABLE}{TABLE_END}{ROW}{SPAN}]")


def assemble(marked: str, is_chrome: Callable[[str], bool]) -> tuple[str, list[Line | Grid], list[str]]:
    """Text, blocks and warnings of ``marked``; lines of running text for which ``is_chrome`` holds are left out."""
    pieces: list[str] = []
    blocks: list[Line | Grid] = []
    warnings: list[str] = []
    position = cells = 0
    if len(marked) > MAX_TEXT:
        marked = marked[:MAX_TEXT]
        warnings.append(f"文字超过 {MAX_TEXT // 10_000} 万字，其后的内容没有读取")
    segments = re.split(f"[{TABLE}{TABLE_END}]", _outermost(collapse(marked)))
    kept_space = TAB in marked or BLANK in marked
    for index, segment in enumerate(segments):
        grid = None
        if index % 2:
            count = segment.count(CELL)
            if cells + count <= MAX_CELLS:
                head, grid = _grid(segment, position)
            elif not warnings:
                warnings.append(f"表格超过 {MAX_CELLS // 10_000} 万格，其后的表格按文字读取")
            cells += count
            segment = head if grid else segment  # noqa: PLW2901
        if not grid and (ROW in segment or CELL in segment or SPAN in segment):
            segment = _LAYOUT_MARKS.sub(BREAK, segment)  # noqa: PLW2901
        for piece in segment.split(BREAK):
            line = piece.strip(_EDGES)
            if not line or is_chrome(line):
                continue
            if kept_space:
                line = line.replace(TAB, "\t").replace(BLANK, " ").strip()
                if not line:
                    continue
            end = position + len(line)
            blocks.append(Line(line, position, end))
            pieces.append(line)
            position = end + 1
        if grid:
            shift = position - grid.start
            blocks.append(
                Grid(
                    [c._replace(start=c.start + shift, end=c.end + shift) for c in grid.cells] if shift else grid.cells
                )
            )
            pieces.append(grid.text)
            position += len(grid.text) + 1
    return "\n".join(pieces), blocks, warnings


def collapse(text: str) -> str:
    """White space as a browser shows it, but for line breaks of the source between two Chinese characters: nothing."""
    text = text.replace("\xa0", " ").replace("\t", "\n").replace("\r", "\n").replace("\f", "\n")
    text = _INVISIBLE.sub("", text)
    text = re.sub("\n ?(?:[\n ]+)?", "\n", re.sub("  +", " ", text)).replace(" \n", "\n")
    return _BETWEEN_CJK.sub("", text).replace("\n", " ")


class _Built:
    """A grid whose cells are placed from ``start`` on, and its text."""

    __slots__ = ("cells", "start", "text")

    def __init__(self, cells: list[Cell], start: int, text: str) -> None:
        self.cells, self.start, self.text = cells, start, text


def _grid(segment: str, start: int) -> tuple[str, _Built | None]:
    """What stands in the table outside its cells (a caption), and the grid: ``None`` when the table is mere layout."""
    rows = segment.split(ROW)
    outside = [rows[0]]
    cells: list[Cell] = []
    lines: list[str] = []
    taken: list[int] = []  # for each column the first row that is free again
    position = start
    widest = 0
    kept_space = TAB in segment or BLANK in segment
    cell = tuple.__new__  # the constructor is in Python and takes twice the time
    for number, row in enumerate(rows[1:]):
        first, *parts = row.split(CELL)
        if len(first) > 1:
            outside.append(first)
        if not parts:
            continue
        widest = max(widest, len(parts))
        column = 0
        texts = []
        spanned, reached = SPAN in row, any(free > number for free in taken)
        for text in parts:
            rowspan = colspan = 1
            if spanned and text[:1] == SPAN:
                _, spans, text = text.split(SPAN, 2)  # noqa: PLW2901
                rowspan, colspan = _spans(spans, len(rows) - 1 - number)
            text = text.strip(_EDGES)  # noqa: PLW2901
            if BREAK in text or kept_space:
                text = _cell_lines(text)  # noqa: PLW2901
                if len(text) > _PROSE and "\n" in text:
                    return "", None
            while reached and column < len(taken) and taken[column] > number:
                column += 1
            if column + colspan > MAX_COLUMNS:
                colspan = MAX_COLUMNS - column
                if colspan < 1:
                    return "", None
            if rowspan > 1:
                taken.extend([0] * (column + colspan - len(taken)))
                taken[column : column + colspan] = [number + rowspan] * colspan
            end = position + len(text)
            cells.append(cell(Cell, (text, position, end, number, column, rowspan, colspan)))
            texts.append(text)
            position = end + 1
            column += colspan
        lines.append("\t".join(texts))
    if widest < 2:
        return "", None
    return BREAK.join(outside), _Built(cells, start, "\n".join(lines))


def _spans(spans: str, rows_left: int) -> tuple[int, int]:
    rowspan, colspan = map(int, spans.split(","))
    return max(1, min(rowspan or rows_left, rows_left, MAX_SPAN)), max(1, min(colspan, MAX_SPAN))


def _cell_lines(text: str) -> str:
    text = "\n".join(filter(None, [line.strip(_EDGES) for line in text.split(BREAK)]))
    return text.replace(TAB, "\t").replace(BLANK, " ").strip()


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
    order = re.sub(f"[^{TABLE}{TABLE_END}]+", "", marked)
    if order == (TABLE + TABLE_END) * (len(order) // 2):
        return marked
    tokens = re.split(f"([{TABLE}{TABLE_END}{ROW}{CELL}])", marked)
    grids = _data_tables(tokens)
    out: list[str] = []
    depth = 0
    closing: int | None = None  # depth of the data table that we are in
    for index in range(len(tokens)):
        token = tokens[index]
        if index % 2 == 0:
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
            frames[-1].prose |= len(tokens[index + 1]) > _PROSE
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
    found.update(frame.opened for frame in frames if not frame.nested)
    return found

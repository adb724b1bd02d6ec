"""The document in reading order: lines joined into paragraphs, tables between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from gongkai.reading.document import Grid, Line
from gongkai.reading.pdf.aligned import fields, table_at, write_aligned
from gongkai.reading.pdf.cells import write_grid
from gongkai.reading.pdf.layout import Layout, TextLine
from gongkai.reading.pdf.places import Writer
from gongkai.reading.pdf.words import Word, between, unspaced

INDENT = 1.2  # ems from the left margin from which on a line begins a paragraph
SHORT = 2.2  # ems from the right margin from which on a line ends a paragraph
APART = 0.6  # of the usual distance of lines, beyond it: a paragraph's space
PITCH = 2.5  # line heights: lines are no further apart than this, whatever their usual distance seems to be
SIZE = 0.2  # part by which the height of type differs between a heading and its text


_ENDS = "。：；！？:;”"
_ITEM = re.compile(
    r"第[一二三四五六七八九十\d]+[章条]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．]\D"
)


class _Margins(NamedTuple):
    """Where the running text begins and ends, and how far its lines are apart (top to top), in points."""

    left: float
    right: float
    pitch: float


def write_flow(writer: Writer, layouts: list[Layout], lines: list[list[TextLine]]) -> list[Line | Grid]:
    """Writes all pages; ``lines`` are those of each page that are to be kept."""
    flow = _Flow(writer, _margins(lines))
    for layout, kept in zip(layouts, lines, strict=True):
        flow.page(layout, kept)
    flow.end_paragraph()
    return flow.blocks


def _margins(pages: list[list[TextLine]]) -> _Margins:
    lines = [line for page in pages for line in page]
    if not lines:
        return _Margins(0, 0, 0)
    enough = max(2, len(lines) // 12)
    left = _outermost(Counter(round(line.left / 3) for line in lines), enough, min)
    right = _outermost(Counter(round(line.right / 3) for line in lines), enough, max)
    pitches = Counter(round(b.top - a.top) for page in pages for a, b in pairwise(page))
    return _Margins(3.0 * left, 3.0 * right, float(pitches.most_common(1)[0][0]) if pitches else 0.0)


def _outermost(counts: Counter[int], enough: int, choose: Callable[[list[int]], int]) -> int:
    return choose([at for at, times in counts.items() if times >= enough] or list(counts))


class _Flow:
    """The blocks written so far, and the paragraph that may still go on, over the end of a page too."""

    def __init__(self, writer: Writer, margins: _Margins) -> None:
        self.blocks: list[Line | Grid] = []
        self._writer = writer
        self._margins = margins
        self._start = 0
        self._mark = 0
        self._last: tuple[int, TextLine] | None = None  # page index and line that the open paragraph ends with

    def page(self, layout: Layout, lines: list[TextLine]) -> None:
        """Writes a page from the top down."""
        waiting = sorted(layout.tables, key=lambda table: table.lattice.ys[0])
        start = 0
        for table in waiting:
            end = start
            while end < len(lines) and lines[end].top < table.lattice.ys[0]:
                end += 1
            self._lines(layout.number, lines[start:end])
            start = end
            self._grid(write_grid, layout.number, table)
        self._lines(layout.number, lines[start:])

    def end_paragraph(self) -> None:
        if self._last is None:
            return
        text = self._writer.since(self._mark)
        self.blocks.append(Line(text, self._start, self._writer.length))
        self._writer.put("\n")
        self._last = None

    def _grid(self, write: Callable[..., Grid], *arguments: object) -> None:
        self.end_paragraph()
        self.blocks.append(write(self._writer, *arguments))
        self._writer.put("\n")

    def _lines(self, index: int, lines: list[TextLine]) -> None:
        cut = [fields(line) for line in lines]
        at = 0
        while at < len(lines):
            table = table_at(cut, lines, at)
            if table is not None:
                at, rows, columns = table
                self._grid(write_aligned, index, rows, columns)
                continue
            if len(cut[at]) > 1:  # columns, but no table: on a line of its own, its gaps kept
                self.end_paragraph()
                self._write(index, lines[at])
                self.end_paragraph()
            else:
                self._write(index, lines[at])
            at += 1

    def _write(self, index: int, line: TextLine) -> None:
        page = self._writer.pages[index]
        if self._last is not None:
            last_index, last = self._last
            before = self._writer.pages[last_index].text[last.words[-1].end - 1]
            after = page.text[line.words[0].start]
            if self._begins(index, line, last_index, last, before):
                self.end_paragraph()
            elif not unspaced(before, after):
                self._writer.put(" ")
        if self._last is None:
            self._start, self._mark = self._writer.length, self._writer.mark()
        previous: Word | None = None
        for word in line.words:
            if previous is not None:
                self._writer.put(between(page, previous, word, "  "))
            self._writer.word(index, word)
            previous = word
        self._last = index, line

    def _begins(self, index: int, line: TextLine, last_index: int, last: TextLine, before: str) -> bool:
        """This line begins a paragraph: indented, after a short line, set apart or in another size, or numbered."""
        margins = self._margins
        size, last_size = _size(line), _size(last)
        if line.left > margins.left + INDENT * size or last.right < margins.right - SHORT * last_size:
            return True
        if abs(size - last_size) > SIZE * max(size, last_size):
            return True
        if index == last_index and line.top - last.top > min(margins.pitch, PITCH * size) * (1 + APART):
            return True
        first = line.words[0]
        return before in _ENDS and _ITEM.match(self._writer.pages[index].text, first.start) is not None


def _size(line: TextLine) -> float:
    """The height of type of a line: of its lowest word, as figures and Latin words have taller boxes."""
    return min(word.bottom - word.top for word in line.words)

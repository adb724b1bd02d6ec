"""Puts lines and tables one after the other and knows the offsets: what the Office readers build a Document with."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.reading.document import Cell, Document, Grid, Line
from gongkai.reading.limits import MAX_CELLS, MAX_SPAN, MAX_TEXT

# A cell before its text has offsets: text, row, column, rowspan, colspan. A plain tuple, as there are many.
Placed = tuple[str, int, int, int, int]


class Assembly:
    """A document under construction. Once a bound is met it takes no more, and the document says so."""

    def __init__(self, format: str) -> None:
        self._format = format
        self._parts: list[str] = []
        self._length = 0
        self._cells = 0
        self._blocks: list[Line | Grid] = []
        self.warnings: list[str] = []
        self.full = False

    def line(self, text: str) -> None:
        """Add running text: one ``Line`` for each line of it that is not blank."""
        for piece in text.split("\n"):
            stripped = piece.strip()
            if stripped and not self._overfull(len(stripped)):
                start = self._length
                self._write(stripped + "\n")
                self._blocks.append(Line(stripped, start, start + len(stripped)))

    def grid(self, cells: Iterable[Placed]) -> None:
        """Add a table whose ``cells`` come row by row, from left to right. Spans are cut to ``MAX_SPAN``."""
        placed: list[Cell] = []
        parts, at, last = self._parts, self._length, None
        for text, row, column, rowspan, colspan in cells:
            if at + len(text) > MAX_TEXT or self._cells >= MAX_CELLS:
                self._length = at
                self._overfull(len(text), cells=1)
                break
            if last is not None:
                parts.append("\t" if row == last else "\n")
                at += 1
            last = row
            parts.append(text)
            self._cells += 1
            end = at + len(text)
            placed.append(Cell(text, at, end, row, column, min(rowspan, MAX_SPAN), min(colspan, MAX_SPAN)))
            at = end
        self._length = at
        if placed:
            self._write("\n")
            self._blocks.append(Grid(placed))

    def document(self, metadata: dict[str, str]) -> Document:
        """The finished document."""
        return Document(self._format, "".join(self._parts), self._blocks, metadata, self.warnings)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _overfull(self, length: int, cells: int = 0) -> bool:
        if not self.full:
            if self._length + length > MAX_TEXT:
                self.full = True
                self.warnings.append(f"文字超过 {MAX_TEXT // 10_000} 万字，其后的内容没有读取")
            elif self._cells + cells > MAX_CELLS:
                self.full = True
                self.warnings.append(f"表格超过 {MAX_CELLS // 10_000} 万格，其后的内容没有读取")
        return self.full

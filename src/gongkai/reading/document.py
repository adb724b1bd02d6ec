"""What every format reader returns: the text as read, and its lines and grids in reading order.

A reader knows its file format and nothing of annual reports. It gives each line and each cell with its offsets
in ``Document.text``; the modules behind it (``tables``, ``chapters``, ``prose``) see no formats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.figures import Place


class Line(NamedTuple):
    """A line or paragraph of running text: ``document.text[start:end]`` is ``text``."""

    text: str
    start: int
    end: int


class Cell(NamedTuple):
    """A cell of a grid. ``row`` and ``column`` count from 0 **after** spans are spread out.

    ``document.text[start:end]`` is ``text``; a line break inside a cell stays in it as "\\n" or " ".
    """

    text: str
    start: int
    end: int
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class Grid:
    """A table. Each cell appears once, at its upper left corner, row by row.

    ``exact`` says that column numbers can be believed (HTML, DOCX, XLSX, PDF with rules); in text with bars or
    tabs they are only the order of the cells.
    """

    cells: list[Cell]
    exact: bool = True


@dataclass(slots=True)
class Document:
    """A file as read.

    ``metadata``: what the file says of itself outside its text (HTML ``<meta>`` and ``<title>``, Office core
    properties), keys lower-cased. ``warnings``: Chinese sentences for the reader's user on what could not be read.
    ``locate``: for paged formats, maps offsets to a ``Place`` with page and box; ``None`` elsewhere. ``pages``: offsets
    at which their pages begin.
    """

    format: str
    text: str
    blocks: list[Line | Grid]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    locate: Callable[[int, int], Place] | None = None
    pages: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``, with page and box where the format has pages."""
        return self.locate(start, end) if self.locate else Place(start, end)

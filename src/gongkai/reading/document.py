"""What every format reader returns: the text as read, and its lines and grids in reading order.

A reader knows its file format and nothing of annual reports. It gives each line and each cell with its offsets
in ``Document.text``; the modules behind it (``tables``, ``chapters``, ``prose``) see no formats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gongkai.figures import Place
from gongkai.reading.cell import Cell
from gongkai.reading.template import Filled
from gongkai.report.model import Paragraph

__all__ = ["Cell", "Document", "Grid", "Line"]


Line = Paragraph  # of running text, whether it will be one of the report or not


class Grid:
    """A table. Each cell appears once, at its upper left corner, row by row.

    ``exact`` says that column numbers can be believed (HTML, DOCX, XLSX, PDF with rules); in text with bars or
    tabs they are only the order of the cells. ``filled``: the same as numbers in a known make of table, where the
    reader has that; its cells are made when they are asked for.
    """

    __slots__ = ("_cells", "exact", "filled")

    def __init__(self, cells: list[Cell] | Filled, exact: bool = True) -> None:
        self.filled = cells if isinstance(cells, Filled) else None
        self._cells = None if isinstance(cells, Filled) else cells
        self.exact = exact

    @property
    def cells(self) -> list[Cell]:
        if self._cells is None:
            self._cells = self.filled.cells if self.filled else []
        return self._cells

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grid) and (self.cells, self.exact) == (other.cells, other.exact)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Grid({self.cells!r}, exact={self.exact})"


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

"""A cell of a table."""

from __future__ import annotations

from typing import NamedTuple


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

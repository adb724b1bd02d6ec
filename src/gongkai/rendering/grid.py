"""The statutory tables as grids of cells, one for every format: heads, labels, merged groups and figures.

Layout: the annexes to 国办公开办函〔2021〕30号 and 〔2019〕60号. Widths are mm and fill the type area of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from gongkai.figures import BLANK, NOT_A_NUMBER, NULL_MARK, TABLE_MISSING, Figure
from gongkai.rendering import layout
from gongkai.rendering.layout import TEXT_WIDTH
from gongkai.report.form import Column, Form, Row, Table

# Roles of a cell.
HEAD = "head"  # over columns
LABEL = "label"  # beside a row
GROUP = "group"  # beside several rows
VALUE = "value"
WORDS = "words"  # running text, in lists

OUTCOMES = "三、本年度办理结果"  # the form's label beside all rows numbered 三
APPLICANTS = "申请人情况"

Marks = Callable[[str], tuple[int, ...]]  # cell key → numbers of the findings about it

_NUMBER = re.compile(r"(?P<part>[一二三四五六七八九十]+)(?:\((?P<group>[一二三四五六七八九十]+)\)(?P<item>\d+)?)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its upper left corner. ``key``: the public cell key on values; ``number``: the value where the text is
    that number; ``marks``: numbers of findings about it; ``strong``: totals."""

    text: str
    role: str
    rowspan: int = 1
    colspan: int = 1
    key: str | None = None
    number: int | Decimal | None = None
    strong: bool = False
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``rows`` hold the cells that begin in them; the first ``head_rows`` repeat on every page.

    ``air``: points more than a statutory table has over and under the words of every cell.
    """

    key: str
    caption: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int
    long: bool = False  # may go on over the next page; short tables stay whole
    air: float = 0.0


def figure_text(figure: Figure, signed: bool = False) -> str:
    """What stands in the cell: the value; or what was printed, where that says more than the value does.

    Blank and "/" stay as they were, never 0. A dash or word that means 0 stays. The figure of a cell that could not
    be told from its neighbours stays out: printed in a certain place, it would claim to be certain.
    """
    printed = normalize("NFKC", figure.printed or "").strip()
    if figure.value is None:
        return (figure.printed or "").strip() if figure.reason in {BLANK, NULL_MARK, NOT_A_NUMBER, None} else ""
    if printed and figure.value == 0 and not any(c.isdigit() for c in printed):
        return (figure.printed or "").strip()
    text = format(figure.value, "f") if isinstance(figure.value, Decimal) else str(figure.value)
    return f"+{text}" if signed and figure.value > 0 and (printed.startswith("+") or not printed) else text


def printed_lines(cell: Cell, width: float) -> str:
    """The text of a cell ``width`` mm wide with the line breaks that a page wants in labels."""
    if cell.role == GROUP:
        return layout.group_lines(cell.text)
    return layout.head_lines(cell.text, width) if cell.role == HEAD and cell.colspan == 1 else cell.text


class _Filling(NamedTuple):
    figures: dict[str, Figure]
    marks: Marks


def tables(form: Form, figures: dict[str, Figure], marks: Marks = lambda key: ()) -> dict[str, Grid]:
    """The tables of ``form`` filled with ``figures``, by key; a table that the document lacks is left out."""
    makers = {"proactive": _proactive, "applications": _applications, "remedies": _remedies}
    filling = _Filling(figures, marks)
    out = {}
    for key, make in makers.items():
        table = form.tables[key]
        if any(figures[c].reason != TABLE_MISSING for c in table.cells if c in figures):
            out[key] = make(table, filling)
    return out


def _value(table: Table, row: Row, column: Column, filling: _Filling, span: int = 1) -> Cell:
    key = f"{table.key}.{row.key}.{column.key}"
    figure = filling.figures.get(key, Figure(None))
    text = figure_text(figure, column.signed)
    plain = figure.value is not None and any(c.isdigit() for c in text)
    strong = "total" in (row.key, column.key)
    return Cell(text, VALUE, 1, span, key, figure.value if plain else None, strong, filling.marks(key))


def _spans(count: int, room: int) -> list[int]:
    """``count`` cells over ``room`` columns, the last taking what is left."""
    return [1] * (count - 1) + [room - count + 1]


def _proactive(table: Table, filling: _Filling) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    room = max(len(block.header) for block in table.blocks) - 1
    for block in table.blocks:
        rows.append((Cell(block.title, HEAD, colspan=room + 1),))
        spans = _spans(len(block.header) - 1, room)
        heads = zip(block.header[1:], spans, strict=True)
        rows.append((Cell(block.header[0], HEAD), *(Cell(text, HEAD, colspan=span) for text, span in heads)))
        rows += [_proactive_row(table, table.rows[key], spans, filling) for key in block.rows]
    return Grid(table.key, table.title, (54.0, *(((TEXT_WIDTH - 54) / room,) * room)), tuple(rows), 0)


def _proactive_row(table: Table, row: Row, spans: list[int], filling: _Filling) -> tuple[Cell, ...]:
    columns = zip(row.columns, spans, strict=True)
    values = (_value(table, row, table.columns[key], filling, span) for key, span in columns)
    return (Cell(row.label, LABEL), *values)


def row_label(row: Row, alone: bool = False) -> str:
    """The label as printed, with the number that the form gives it: 一、…, （一）…, 1.…

    ``alone``: the only row of its group, which then stands under the group's number and name (2019: （六）其他处理).
    """
    match = _NUMBER.fullmatch(row.number)
    if match is None:
        return row.label
    if match["item"]:
        return group_label(row) if alone else f"{match['item']}.{row.label}"
    return f"（{match['group']}）{row.label}" if match["group"] else f"{match['part']}、{row.label}"


def group_label(row: Row) -> str:
    """The label beside the group that ``row`` belongs to: （三）不予公开."""
    match = _NUMBER.fullmatch(row.number)
    return f"（{match['group']}）{row.group}" if match and match["group"] else row.group or ""


def row_name(table: Table, key: str) -> str:
    """A row in words: （三）不予公开 1.属于国家秘密; 行政诉讼 复议后起诉."""
    row = table.rows[key]
    if row.number:
        group = f"{group_label(row)} " if row.number[-1].isdigit() else ""
    else:
        group = f"{row.group} " if row.group else ""
    return f"{group}{row_label(row)}"


def _applications(table: Table, filling: _Filling) -> Grid:
    columns = list(table.columns.values())
    outcomes = [row for row in table.rows.values() if row.number.startswith("三")]
    sizes = {key: len(list(rows)) for key, rows in groupby(outcomes, key=_group)}
    rows = _application_heads(table, columns)
    begun: set[str] = set()
    for row in table.rows.values():
        values = [_value(table, row, column, filling) for column in columns]
        labels: list[Cell] = []
        if row not in outcomes:
            labels.append(Cell(row_label(row), LABEL, colspan=3))
        else:
            if not begun:
                labels.append(Cell(OUTCOMES, GROUP, rowspan=len(outcomes)))
            size = sizes[_group(row)]
            if size > 1 and _group(row) not in begun:
                labels.append(Cell(group_label(row), GROUP, rowspan=size))
            alone = size == 1
            labels.append(Cell(row_label(row, alone), LABEL, colspan=2 if alone else 1))
            begun.add(_group(row))
        rows.append((*labels, *values))
    figure_width = 14.2
    labels_width = TEXT_WIDTH - figure_width * len(columns)
    widths = (8.6, 16.6, labels_width - 25.2, *((figure_width,) * len(columns)))
    return Grid(table.key, table.title, widths, tuple(rows), 3, long=True)


def _group(row: Row) -> str:
    """What tells groups apart: the number without the item."""
    return row.number.partition(")")[0]


def _application_heads(table: Table, columns: list[Column]) -> list[tuple[Cell, ...]]:
    upper: list[Cell] = []
    for parent, members in groupby(columns, key=lambda c: c.parent):
        if parent:
            upper.append(Cell(parent, HEAD, colspan=len(list(members))))
        else:
            upper += [Cell(column.label, HEAD, rowspan=2) for column in members]
    lower = tuple(Cell(column.label, HEAD) for column in columns if column.parent)
    top = (Cell(table.corner, HEAD, rowspan=3, colspan=3), Cell(APPLICANTS, HEAD, colspan=len(columns)))
    return [top, tuple(upper), lower]


def _remedies(table: Table, filling: _Filling) -> Grid:
    columns = list(table.columns.values())
    upper: list[Cell] = []
    lower: list[Cell] = []
    for group, members in groupby(table.rows.values(), key=lambda row: row.group):
        rows = list(members)
        if group:
            upper.append(Cell(group, HEAD, colspan=len(columns) * len(rows)))
            lower += [Cell(row.label, HEAD, colspan=len(columns)) for row in rows]
        else:
            upper += [Cell(row.label, HEAD, rowspan=2, colspan=len(columns)) for row in rows]
    heads = tuple(Cell(column.label, HEAD) for _ in table.rows for column in columns)
    values = tuple(_value(table, row, column, filling) for row in table.rows.values() for column in columns)
    count = len(values)
    return Grid(table.key, table.title, (TEXT_WIDTH / count,) * count, (tuple(upper), tuple(lower), heads, values), 3)

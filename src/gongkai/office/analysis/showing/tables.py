"""The three statutory tables as they are shown: figures that lead to their place, unread cells that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.checks import FAILS
from gongkai.figures import REASONS, TABLE_MISSING
from gongkai.office.analysis.showing.marks import Marks
from gongkai.rendering import grid
from gongkai.report import Report, load_form


@dataclass(frozen=True, slots=True)
class TableCell:
    """``unread``: why there is no number, in Chinese; "" when there is one. ``in_text``: its place can be led to.

    ``findings``: all that are about it; ``numbers``: those that fail, to be shown in the cell.
    ``name``: table, row and column in words, for those who hear the page.
    """

    text: str
    head: bool = False
    scope: str = ""
    rowspan: int = 1
    colspan: int = 1
    key: str = ""
    unread: str = ""
    findings: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    look: str = ""
    chosen: bool = False
    in_text: bool = False
    strong: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """``rows`` is empty for a table that the document lacks; ``note`` counts its unread cells by reason."""

    key: str
    title: str
    head: list[list[TableCell]]
    rows: list[list[TableCell]]
    note: str = ""


_SCOPES = {grid.HEAD: "col", grid.LABEL: "row", grid.GROUP: "rowgroup"}


def tables(report: Report, marks: Marks) -> list[ShownTable]:
    """The tables of the report's form, in its order; none when no form was recognised."""
    if report.form is None:
        return []
    form = load_form(report.form)
    grids = grid.tables(form, report.figures, lambda key: tuple(marks.by_cell.get(key, ())))
    out = []
    for table in form.tables.values():
        found = grids.get(table.key)
        if found is None:
            out.append(ShownTable(table.key, table.title, [], [], "文中没有这张表"))
            continue
        rows = [[_cell(cell, report, marks, form.cell_name) for cell in row] for row in found.rows]
        note = _unread_note(report, table.cells)
        out.append(ShownTable(table.key, table.title, rows[: found.head_rows], rows[found.head_rows :], note))
    return out


def _cell(cell: grid.Cell, report: Report, marks: Marks, name_of: Callable[[str], str]) -> TableCell:
    if cell.role != grid.VALUE or cell.key is None:
        scope = _SCOPES.get(cell.role, "")
        scope = "colgroup" if scope == "col" and cell.colspan > 1 else scope
        return TableCell(cell.text, True, scope, cell.rowspan, cell.colspan)
    figure = report.figures.get(cell.key)
    unread = "" if figure and figure.value is not None else REASONS.get((figure and figure.reason) or "", "没有读到")
    place = figure.place if figure else None
    return TableCell(
        cell.text,
        rowspan=cell.rowspan,
        colspan=cell.colspan,
        key=cell.key,
        unread=unread,
        findings=cell.marks,
        numbers=tuple(number for number in cell.marks if marks.findings[number - 1].verdict == FAILS),
        look=marks.look(cell.marks),
        chosen=marks.is_chosen(cell.marks, cell.key),
        in_text=place is not None and place.start < place.end,
        strong=cell.strong,
        name=name_of(cell.key),
    )


def _unread_note(report: Report, cells: tuple[str, ...]) -> str:
    reasons = Counter(
        figure.reason
        for cell in cells
        if (figure := report.figures.get(cell)) and figure.value is None and figure.reason != TABLE_MISSING
    )
    if not reasons:
        return ""
    counted = "；".join(f"{REASONS.get(reason or '', '没有读到')} {count} 格" for reason, count in reasons.items())
    return f"标“未读”的格没有读到数字，不是 0：{counted}。"

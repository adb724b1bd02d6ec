"""Cells of a found row → the columns of the form. Only what is certain is placed; the rest is unread with its reason.

Spec: seeds.md, reading policy for damaged tables; annual-report.md §8.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from gongkai.figures import (
    BLANK,
    CELLS_MISSING,
    CELLS_SURPLUS,
    COLUMN_MISSING,
    NOT_A_NUMBER,
    ROW_MERGED,
    ROW_MISSING,
    TABLE_MISSING,
    Figure,
    Place,
    unread,
)
from gongkai.reading.document import Cell, Document
from gongkai.reading.tables.headers import leaf_columns
from gongkai.reading.tables.learned import Learned, learn
from gongkai.reading.tables.search import Found, Hit
from gongkai.reading.tables.values import content
from gongkai.report.form import Form, Row, Table
from gongkai.report.model import DASH_AS_ZERO, VALUE_UNPLACED, Note

_MERGED_ROWS = ("other_no_supplement", "other_fee_unpaid")


class Placer:
    """Fills the figures of one document."""

    def __init__(self, document: Document, form: Form, found: Found) -> None:
        self.document, self.form, self.found = document, form, found
        self.figures: dict[str, Figure] = {}
        self.notes: list[Note] = []
        self._locate = document.locate or Place

    def run(self) -> dict[str, Figure]:
        """A figure for every cell of the form."""
        for key, table in self.form.tables.items():
            if key in self.found.whole:
                self.figures |= self.found.whole[key].figures(self.form.name)
            elif key != "remedies" or self.found.rows[key]:
                self._table(table, self.found.rows[key])
            else:
                self._remedies(table)
        return self.figures

    # One table of labelled rows.

    def _table(self, table: Table, hits: dict[str, Hit]) -> None:
        trimmed = {key: _trim(hit.values) for key, hit in hits.items()}
        for key, span in trimmed.items():
            # A merged cell may be printed once for each column it covers (Markdown, exports).
            if key in table.rows and len(table.rows[key].columns) == 1 and len({cell.text for cell in span}) == 1:
                del span[1:]
        learned = learn(table, hits, trimmed)
        heads = leaf_columns(table.key, self.found.heads[table.key])
        short = self._all_short(table, hits, trimmed)
        for row in table.rows.values():
            hit = hits.get(row.key)
            if hit is None:
                self._absent(table, row, bool(hits))
                continue
            cells = self._columns(row, hit, trimmed[row.key], learned, heads)
            if cells is None and short and len(row.columns) > 2:
                cells = [trimmed[row.key][0], *[None] * (len(row.columns) - 2), trimmed[row.key][-1]]
            self._place(table, row, hit, trimmed[row.key], cells)
        if short:
            self._distrust_ends(table, hits)

    def _absent(self, table: Table, row: Row, table_there: bool) -> None:
        merged = self.found.merged_other and row.key in _MERGED_ROWS and table.key == "applications"
        reason = ROW_MERGED if merged else ROW_MISSING if table_there else TABLE_MISSING
        for column in row.columns:
            self.figures[f"{table.key}.{row.key}.{column}"] = unread(reason)

    def _columns(
        self, row: Row, hit: Hit, span: list[Cell], learned: Learned, heads: list[str]
    ) -> list[Cell | None] | None:
        """The cell of each column of ``row``, or ``None`` when that is not certain. A missing column is ``None``."""
        width = len(row.columns)
        values = hit.values
        if len(span) == width:
            return [*span]
        if len(span) > width:
            return _as_many(span, width)
        if hit.exact and (columns := learned.exact.get((hit.block, width))):
            by_column = {cell.column: cell for cell in values}
            # A row that ends before the others has lost a cell, and who knows which.
            if all(cell.column in columns for cell in span) and all(column in by_column for column in columns):
                return [by_column[column] for column in columns]
        if (first := learned.first(hit, width)) is not None:
            return [*values[first : first + width]]
        if width > 2 and len(heads) == len(span) and set(heads) < set(row.columns):
            by_head = dict(zip(heads, span, strict=True))
            return [by_head.get(column) for column in row.columns]
        return None

    def _all_short(self, table: Table, hits: dict[str, Hit], trimmed: dict[str, list[Cell]]) -> bool:
        """Do all rows of the big table have the same short width? Then first and last are certain (seed 003)."""
        if table.key != "applications":
            return False
        width = len(table.columns)
        widths = {len(span) for span in trimmed.values()}
        if len(hits) < 3 or len(widths) != 1 or not 2 <= (only := widths.pop()) < width - 1:
            return False
        heads = leaf_columns(table.key, self.found.heads[table.key])
        return len(heads) != only and all(len(hit.values) < width for hit in hits.values())

    def _distrust_ends(self, table: Table, hits: dict[str, Hit]) -> None:
        """In rows cut short the last number is the total only if no row has more under the first column than in it."""
        first, last = next(iter(table.columns)), list(table.columns)[-1]
        pairs = [(f"{table.key}.{row}.{first}", f"{table.key}.{row}.{last}") for row in hits if row in table.rows]
        if all((self.figures[a].value or 0) <= (self.figures[b].value or 0) for a, b in pairs):
            return
        for _, cell in pairs:
            figure = self.figures[cell]
            if figure.value:
                self._unplaced(table, hits[cell.split(".")[1]].label.text, figure.printed or "", figure.place)
            self.figures[cell] = unread(CELLS_MISSING)

    def _place(self, table: Table, row: Row, hit: Hit, span: list[Cell], cells: Sequence[Cell | None] | None) -> None:
        keys = _keys(table.key, row.key, row.columns)
        if cells is None:
            reason = BLANK if not span else CELLS_MISSING if len(span) < len(keys) else CELLS_SURPLUS
            self.figures.update((key, unread(reason)) for key in keys)
            lost = span
        else:
            reason = CELLS_MISSING if len(span) < len(keys) else COLUMN_MISSING
            figures, locate, figure = self.figures, self._locate, tuple.__new__
            for key, cell in zip(keys, cells, strict=True):
                if cell is None:
                    figures[key] = unread(reason)
                    continue
                text, start, end = cell[:3]
                said = content(text)
                # Nearly every cell of every report goes this way: no call more than it needs (a named tuple's own
                # constructor is in Python and takes twice the time).
                if said is not None and not said.dash:
                    figures[key] = figure(Figure, (said.value, text, locate(start, end), said.reason, ()))
                else:
                    figures[key] = self._figure(cell, key)
            lost = [cell for cell in span if cell not in cells] if len(span) != len(keys) else []
        for cell in lost:
            self._check_lost(table, row.label, cell)

    def _figure(self, cell: Cell, key: str) -> Figure:
        text, start, end = cell[:3]
        said = content(text)
        place = self._locate(start, end)
        if said is None:
            return Figure(None, text, place, NOT_A_NUMBER)
        if said.dash:
            message = f"印作“{text}”，按 0 读入"
            self.notes.append(Note(DASH_AS_ZERO, message, key.split(".", maxsplit=1)[0], (key,), place, text))
        return Figure(said.value, text, place, said.reason)

    def _check_lost(self, table: Table, label: str, cell: Cell) -> None:
        said = content(cell.text)
        if said is not None and said.value:
            self._unplaced(table, label, cell.text, self.document.place(cell.start, cell.end))

    def _unplaced(self, table: Table, label: str, printed: str, place: Place | None) -> None:
        where = f"“{label}”一行" if label else f"“{table.title}”表"
        message = f"{where}印有 {printed}，无法确定属于哪一格"
        self.notes.append(Note(VALUE_UNPLACED, message, table.key, (), place, printed))

    # Table 4: one row of 15 values under two levels of heads.

    def _remedies(self, table: Table) -> None:
        keys = table.cells
        values = self.found.remedies
        span = _trim(values)
        if not span:
            reason = BLANK if values else ROW_MISSING if self.found.heads["remedies"] else TABLE_MISSING
            for key in keys:
                self.figures[key] = unread(reason)
            return
        cells: list[Cell | None]
        if len(span) == len(keys):
            cells = list(span)
        elif len(values) == len(keys):
            cells = list(values)
        elif len(span) > len(keys) and (printed := _as_many(span, len(keys))):
            cells = printed
        elif len(span) == (len(keys) + 1) // 2:
            # Every second cell was lost, or the second half: the first is the first either way (seed 003).
            cells = [span[0], *[None] * (len(keys) - 2), span[-1]]
        else:
            cells = [None] * len(keys)
        reason = CELLS_MISSING if len(span) < len(keys) else CELLS_SURPLUS
        kept = [cell for cell in cells if cell is not None]
        for key, cell in zip(keys, cells, strict=True):
            self.figures[key] = unread(reason) if cell is None else self._figure(cell, key)
        for cell in span:
            if cell not in kept:
                self._check_lost(table, "", cell)


@cache
def _keys(table: str, row: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{table}.{row}.{column}" for column in columns)


def _as_many(cells: list[Cell], columns: int) -> list[Cell | None] | None:
    """The cells that are not blank, when there is one for each column: the others lie between the lines of borders."""
    printed = [cell for cell in cells if cell.text.strip()]
    return [*printed] if len(printed) == columns else None


def _trim(cells: Sequence[Cell]) -> list[Cell]:
    """From the first to the last cell that is not blank."""
    first, last = 0, len(cells)
    while first < last and not cells[first].text.strip():
        first += 1
    while first < last and not cells[last - 1].text.strip():
        last -= 1
    return list(cells[first:last])

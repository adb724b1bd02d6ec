"""Excel workbooks (XLSX) by calamine: each sheet's tables as grids, the prose typed into cells as lines.

Calamine gives values, not what a number format makes of them: a number is printed in its shortest form (5, 84.67), a
date as 2024年1月26日. A sheet called ``meta`` holds keys and values for ``Document.metadata``; other hidden sheets are
left out, as nobody sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, NamedTuple

import python_calamine as calamine

from gongkai.reading.document import Document
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_CELLS, MAX_SPAN
from gongkai.reading.office import ooxml
from gongkai.reading.office.assembly import Assembly
from gongkai.reading.office.container import DAMAGED, Container
from gongkai.reading.office.sheet_guard import repacked

_META = "meta"
# Names that say which sheet it is, and nothing of what stands on it: Sheet1, 正文, 表一（主动公开）.
_UNNAMED = re.compile(r"正文|(?:sheet|工作表|表)\s*[\d一二三四五六七八九十]*(?:[（(].*[）)])?", re.IGNORECASE)
_HEADING = re.compile(r"[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章节部]")
_SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]+[）)]")  # a label of a table too, hence only across its width
_PROSE = 40  # characters: no label of a table is as long


class _Span(NamedTuple):
    rows: int
    columns: int


class _Sheet(NamedTuple):
    """The printed texts of the used rectangle, and its merged ranges, both counted from its upper left corner."""

    rows: list[list[str]]
    spans: dict[tuple[int, int], _Span]
    covered: set[tuple[int, int]]


def read(data: bytes) -> Document:
    """The workbook in ``data``, format "xlsx". Raises UnreadableError for what is none, is damaged or is hostile."""
    container = Container(data)
    metadata = ooxml.core_properties(container)
    assembly = Assembly("xlsx")
    workbook = _guarded(lambda: calamine.CalamineWorkbook.from_filelike(_workbook(container)))
    for sheet in workbook.sheets_metadata:
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet or assembly.full:
            continue
        meta = sheet.name.strip().lower() == _META
        if meta or sheet.visible == calamine.SheetVisibleEnum.Visible:
            texts = _guarded(lambda name=sheet.name: _sheet(workbook.get_sheet_by_name(name), assembly))
            if meta:
                metadata.update(_pairs(texts))
            else:
                if texts.rows and not _UNNAMED.fullmatch(sheet.name.strip()):
                    assembly.line(sheet.name)
                _emit(texts, assembly)
    return assembly.document(metadata)


def _workbook(container: Container) -> BytesIO:
    if "xl/workbook.xml" not in container and "_rels/.rels" not in container:
        raise UnreadableError(
            "不是完整的 Excel 工作簿（缺少 workbook.xml）；请在 Excel 或 WPS 中打开后另存为 .xlsx 再试"
        )
    return repacked(container)


def _guarded(call: Any) -> Any:
    """What calamine answers; its errors, and the panics of its Rust code (no ``Exception``), mean a damaged file."""
    try:
        return call()
    except UnreadableError:
        raise
    except calamine.PasswordError as error:
        raise UnreadableError("工作簿设有密码，无法读取；请取消密码后另存再试") from error
    except Exception as error:
        raise UnreadableError(DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise UnreadableError(DAMAGED) from error
        raise


def _sheet(sheet: calamine.CalamineSheet, assembly: Assembly) -> _Sheet:
    if sheet.start is None or not sheet.width:
        return _Sheet([], {}, set())
    height = min(sheet.height, max(MAX_CELLS // sheet.width, 1))
    rows = [[_printed(value) for value in row] for row in sheet.to_python(nrows=height)]
    if height < sheet.height:
        assembly.warnings.append(f"工作表“{sheet.name}”超过 {MAX_CELLS // 10_000} 万格，其后的行没有读取")
    top, left = sheet.start
    spans: dict[tuple[int, int], _Span] = {}
    covered: set[tuple[int, int]] = set()
    spare = 2 * MAX_CELLS  # merged ranges of a sound file do not overlap
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        row, column = max(first_row - top, 0), max(first_column - left, 0)
        height = min(last_row - top + 1, len(rows), row + MAX_SPAN) - row
        width = min(last_column - left + 1, sheet.width, column + MAX_SPAN) - column
        if height < 1 or width < 1 or (row, column) in covered or (row, column) in spans:
            continue
        spare -= height * width
        if spare < 0:
            break
        spans[row, column] = _Span(height, width)
        covered.update(
            (r, c) for r in range(row, row + height) for c in range(column, column + width) if (r, c) != (row, column)
        )
    return _Sheet(rows, spans, covered)


def _printed(value: Any) -> str:
    if isinstance(value, str):
        return "\n".join(stripped for line in value.splitlines() if (stripped := line.strip())) if value else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # 15 digits is what Excel itself keeps and shows.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime) and value.time() != time():
        return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _pairs(sheet: _Sheet) -> Iterator[tuple[str, str]]:
    for row in sheet.rows:
        if len(row) > 1 and row[0] and row[1]:
            yield row[0].lower(), row[1]


def _emit(sheet: _Sheet, assembly: Assembly) -> None:
    """Lines and grids in turn: a grid ends at a line of prose and at a blank row that no merged range spans."""
    prose = _prose_rows(sheet)
    pending: list[int] = []
    for index, row in enumerate(sheet.rows):
        if index in prose:
            _emit_grid(sheet, pending, assembly)
            pending = []
            assembly.line(next(text for text in row if text))
        elif any(row) or any((index, column) in sheet.covered for column in range(len(row))):
            pending.append(index)
        else:
            _emit_grid(sheet, pending, assembly)
            pending = []
    _emit_grid(sheet, pending, assembly)


def _emit_grid(sheet: _Sheet, rows: list[int], assembly: Assembly) -> None:
    if not rows:
        return
    width = 1 + max((_last(sheet, row) for row in rows), default=0)
    last = rows[-1]
    assembly.grid(
        (sheet.rows[row][column], row - rows[0], column, min(span.rows, last - row + 1), span.columns)
        for row in rows
        for column in range(width)
        if (row, column) not in sheet.covered
        for span in (sheet.spans.get((row, column), _Span(1, 1)),)
    )


def _last(sheet: _Sheet, row: int) -> int:
    """The last column that this row uses: with text, or covered by a merged range."""
    texts = sheet.rows[row]
    return next((c for c in range(len(texts) - 1, -1, -1) if texts[c] or (row, c) in sheet.covered), 0)


def _prose_rows(sheet: _Sheet) -> set[int]:
    """The rows that are running text: one filled cell, above the first table, or long, or a heading, or after these.

    A label whose figures are blank is one filled cell too, and so is a short heading that a table has across its
    middle; both stay in the table, as only a row that is certainly prose begins it.
    """
    prose: set[int] = set()
    running = True
    for index, row in enumerate(sheet.rows):
        filled = [column for column, text in enumerate(row) if text]
        if len(filled) > 1:
            running = False
        elif filled:
            text = row[filled[0]]
            span = sheet.spans.get((index, filled[0]), _Span(1, 1))
            if filled[0] + span.columns < len(row) and span.columns > 1:
                continue  # merged over some of the columns: the label of a row whose figures are blank
            across = filled[0] == 0 and span.columns > 1 and span.columns >= len(row) - 1
            running = running or (len(text) >= _PROSE and span.rows == 1) or bool(_HEADING.match(text))
            running = running or (across and bool(_SUBHEADING.match(text)))
            if running:
                prose.add(index)
    return prose

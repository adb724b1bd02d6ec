"""A file as rows: Excel or CSV, sheets told by their names or by their headings."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from gongkai.office.bodies.services.importing.columns import SHEETS, Sheet
from gongkai.office.bodies.services.importing.template import EXAMPLE

MOST_ROWS = 20_000
LARGEST = 10 * 1024**2  # bytes of a file


@dataclass(frozen=True)
class TableRow:
    """A row of a sheet: ``number`` as Excel counts, the texts of its cells by column key; blank ones are left out."""

    sheet: str
    number: int
    cells: dict[str, str]


def read_tables(name: str, content: bytes) -> list[TableRow]:
    """All rows that hold something, sheet by sheet. Raises ``ValidationError`` (field ``file``) in plain words."""
    if len(content) > LARGEST:
        _refuse("文件超过10MB，请分成几个文件")
    grids = [("", _csv_grid(content))] if name.lower().endswith((".csv", ".txt")) else _excel_grids(content)
    rows: list[TableRow] = []
    known = False
    for title, grid in grids:
        sheet, head = _sheet_of(title, grid)
        if sheet is not None:
            known = True
            rows += _rows(sheet, head, grid)
    if not known:
        names = "”“".join(sheet.name for sheet in SHEETS)
        _refuse(f"没有认出可以导入的表：工作表应名为“{names}”，第一行应是模板中的列名")
    if not rows:
        _refuse("表中没有填写内容（示例行不导入）")
    if len(rows) > MOST_ROWS:
        _refuse(f"共{len(rows)}行，超过{MOST_ROWS}行，请分成几个文件")
    return rows


def first_grid(name: str, content: bytes) -> list[list[str]]:
    """The cells of the first sheet that holds anything, as people read them; for tables whose columns are not ours.

    Raises ``ValidationError`` (field ``file``) in plain words.
    """
    if len(content) > LARGEST:
        _refuse("文件超过10MB，请分成几个文件")
    grids = [("", _csv_grid(content))] if name.lower().endswith((".csv", ".txt")) else _excel_grids(content)
    for _, grid in grids:
        rows = [[_text(cell) for cell in line] for line in grid]
        if any(any(row) for row in rows):
            return rows
    return _refuse("表中没有内容")


def _excel_grids(content: bytes) -> list[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 2))
            for name in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise ValidationError(
            {"file": ["打不开这个文件：请用Excel或WPS另存为“.xlsx”或“CSV（逗号分隔）”后再上传"]}
        ) from error


def _csv_grid(content: bytes) -> list[list[Any]]:
    # Excel in Chinese writes CSV in GB 18030 unless told otherwise.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        _refuse("认不出文件的编码：请另存为“CSV UTF-8”或“.xlsx”后再上传")
    first = text.partition("\n")[0]
    separator = max(",\t;", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ValidationError({"file": ["不是规范的CSV文件，请用Excel另存后再上传"]}) from error


def _sheet_of(title: str, grid: list[list[Any]]) -> tuple[Sheet | None, dict[int, str]]:
    """The sheet that a grid is, with the place of each column; one by its name, else by most headings, at least two."""
    heads = [_text(cell).rstrip("*＊").strip() for cell in grid[0]] if grid else []
    found = []
    for sheet in SHEETS:
        by_heading = sheet.by_heading
        places = {place: by_heading[head].key for place, head in enumerate(heads) if head in by_heading}
        found.append((sheet.name == title.strip(), len(set(places.values())), sheet, places))
    named, count, sheet, places = max(found, key=lambda one: one[:2])
    if not named and count < 2:
        return None, {}
    if twice := sorted({key for key in places.values() if list(places.values()).count(key) > 1}):
        headings = [column.heading for column in sheet.columns if column.key in twice]
        _refuse(f"“{sheet.name}”表中“{'”“'.join(headings)}”列出现了两次，请删去一列")
    unknown = [head for place, head in enumerate(heads) if head and place not in places]
    if unknown:
        _refuse(f"“{sheet.name}”表中有不认识的列：“{'”“'.join(unknown[:5])}”；请改为模板中的列名，或删去该列")
    lacking = [c.heading for c in sheet.columns if c.required and c.key not in places.values()]
    if lacking and len(grid) > 1:
        _refuse(f"“{sheet.name}”表缺少必填的列：“{'”“'.join(lacking)}”")
    return sheet, places


def _rows(sheet: Sheet, places: dict[int, str], grid: list[list[Any]]) -> list[TableRow]:
    rows = []
    for number, line in enumerate(grid[1:], start=2):
        texts = [_text(cell) for cell in line]
        if texts and texts[0] == EXAMPLE and 0 not in places:
            continue
        cells = {key: texts[place] for place, key in places.items() if place < len(texts) and texts[place]}
        if cells:
            rows.append(TableRow(sheet.key, number, cells))
    return rows


def _text(cell: Any) -> str:
    """A cell as people read it: 10 and not 10.0, days as 2019-03-01."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\u3000", " ").strip()


def _refuse(sentence: str) -> Any:
    raise ValidationError({"file": [sentence]})

"""Report → XLSX: the text on one sheet, each table on its own, and a hidden sheet ``meta`` that says what it is.

Figures are numbers, one a cell; heads are merged, value cells never, so that every figure has one address. A findings
sheet has the list before them; what a finding is about is shaded, and the numbers of the findings stand in a note.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from gongkai.rendering.content import CHAPTER, PAGE, SECTION, SIGNATURE, TITLE, Block, Line, Run, blocks, clean
from gongkai.rendering.grid import HEAD, VALUE, Cell, Grid
from gongkai.rendering.layout import columns_of_type
from gongkai.rendering.package import document_date
from gongkai.report import Report

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TEXT_SHEET = "正文"
SHEETS = {"proactive": "表一（主动公开）", "applications": "表二（依申请公开）", "remedies": "表三（复议诉讼）"}
META_SHEET = "meta"
FINDINGS_SHEET = "核对意见"
_EXACT_DIGITS = 15  # what a spreadsheet's number holds
_MM_PER_WIDTH = 1.4  # mm on paper for one unit of a column's width: a sheet is wider than a page
_POINTS_PER_WIDTH = 5.25  # a column 1 wide holds one digit of the default font
_TEXT_WIDTH = 80
_LIST_WIDER = 1.3  # a list is read on the screen
_TABLE_SIZE = 10.5
_LINE = 1.4  # height of a line in ems
_HIGHEST = 409.0  # points; no row may be higher
_CELL_LONGEST = 32_767
_MARKED = "marked"  # behind the name of a look: shaded, because a finding is about it
_SHADE = "#FFE27A"

_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#F3F3F3"},
    "label": {"border": 1, "align": "left", "valign": "vcenter", "text_wrap": True},
    "value": {"border": 1, "align": "center", "valign": "vcenter"},
    "total": {"border": 1, "align": "center", "valign": "vcenter", "bold": True},
    TITLE: {"font_size": 18, "bold": True, "align": "center", "text_wrap": True, "valign": "vcenter"},
    CHAPTER: {"font_size": 14, "bold": True, "text_wrap": True},
    SECTION: {"font_size": 12, "bold": True, "text_wrap": True},
    SIGNATURE: {"font_size": 12, "align": "right"},
    "text": {"font_size": 12, "text_wrap": True, "valign": "top", "indent": 1},
}


class _Book:
    """A workbook and its formats, made once each."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._formats: dict[tuple[str, int], Format] = {}

    def look(self, name: str, decimals: int = 0) -> Format:
        if (name, decimals) not in self._formats:
            counts = name.removesuffix(_MARKED) in ("value", "total")
            number = {"num_format": f"0.{'0' * decimals}" if decimals else "0"} if counts else {}
            font = {"font_name": "宋体", "font_size": _TABLE_SIZE}
            shade = {"bg_color": _SHADE} if name.endswith(_MARKED) else {}
            plain = name.removesuffix(_MARKED)
            self._formats[name, decimals] = self.book.add_format({**font, **_LOOKS[plain], **number, **shade})
        return self._formats[name, decimals]


def render(report: Report) -> bytes:
    """The workbook; the same report gives the same bytes."""
    return workbook(report, blocks(report))


def document(report: Report, content: Iterable[Block], title: str) -> bytes:
    """A findings sheet as a workbook: what stands before the new page is the list, what follows the report."""
    content = list(content)
    cut = next(n for n, block in enumerate(content) if isinstance(block, Line) and block.role == PAGE)
    return workbook(report, content[cut + 1 :], content[:cut], title)


def workbook(
    report: Report, content: Iterable[Block], opening: Iterable[Block] = (), title: str | None = None
) -> bytes:
    """A workbook of ``content`` with the metadata of ``report``; ``opening`` goes onto a first sheet of its own."""
    from xlsxwriter import Workbook

    content, opening = list(content), list(opening)
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        created = datetime.combine(document_date(report), datetime.min.time(), UTC)
        book.set_properties(
            {"title": clean(title or report.title or ""), "author": clean(report.agency or ""), "created": created}
        )
        made = _Book(book)
        if opening:
            _findings(made, opening)
        _text(made, [block for block in content if isinstance(block, Line)])
        for block in content:
            if isinstance(block, Grid):
                _table(made, block)
        _meta(made, report)
    return out.getvalue()


def _page(sheet: Worksheet, landscape: bool = False) -> None:
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    if landscape:
        sheet.set_landscape()


def _text(made: _Book, lines: list[Line]) -> None:
    sheet = made.book.add_worksheet(TEXT_SHEET)
    _page(sheet)
    sheet.set_column(0, 0, _TEXT_WIDTH)
    row = 0
    for line in lines:
        text = clean("".join(map(_words, line.runs)))
        look = line.role + _MARKED if any(run.marked for run in line.runs) else line.role
        # A spreadsheet's cell holds no more; the rest of a monstrous paragraph goes on below.
        for start in range(0, max(1, len(text)), _CELL_LONGEST):
            piece = text[start : start + _CELL_LONGEST]
            sheet.set_row(row, _height(piece, _TEXT_WIDTH, _LOOKS[line.role]["font_size"]))
            sheet.write_string(row, 0, piece, made.look(look))
            row += 1


def _words(run: Run) -> str:
    return (f"【{run.text}】" if run.marked else run.text) + "".join(f"[{number}]" for number in run.ends)


def _findings(made: _Book, content: list[Block]) -> None:
    """Lines over the whole width, the list below them with a filter on its head."""
    sheet = made.book.add_worksheet(FINDINGS_SHEET)
    _page(sheet, landscape=True)
    grids = [block for block in content if isinstance(block, Grid)]
    widths = [width / _MM_PER_WIDTH * _LIST_WIDER for width in grids[0].widths] if grids else [_TEXT_WIDTH]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    row = 0
    for block in content:
        if isinstance(block, Line):
            text, look = clean(block.text), made.look(block.role)
            sheet.set_row(row, _height(text, sum(widths), _LOOKS[block.role]["font_size"]))
            if len(widths) > 1:
                sheet.merge_range(row, 0, row, len(widths) - 1, text, look)
            else:
                sheet.write_string(row, 0, text, look)
            row += 1
            continue
        sheet.autofilter(row, 0, row + len(block.rows) - 1, len(widths) - 1)
        for cells in block.rows:
            texts = [clean(cell.text)[:_CELL_LONGEST] for cell in cells]
            sheet.set_row(row, max(_height(t, w, _TABLE_SIZE) for t, w in zip(texts, widths, strict=True)))
            for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
                sheet.write_string(row, column, text, made.look("head" if cell.role == HEAD else "label"))
            row += 1


def _table(made: _Book, grid: Grid) -> None:
    sheet = made.book.add_worksheet(SHEETS[grid.key])
    _page(sheet, landscape=True)
    for column, width in enumerate(grid.widths):
        sheet.set_column(column, column, width / _MM_PER_WIDTH)
    if grid.head_rows:
        sheet.freeze_panes(grid.head_rows, 0)
        sheet.repeat_rows(0, grid.head_rows - 1)
    covered: set[tuple[int, int]] = set()
    for index, row in enumerate(grid.rows):
        column = 0
        height = 0.0
        for cell in row:
            while (index, column) in covered:
                column += 1
            _cell(made, sheet, index, column, cell)
            if cell.rowspan == 1:
                width = sum(grid.widths[column : column + cell.colspan]) / _MM_PER_WIDTH
                height = max(height, _height(cell.text, width, _TABLE_SIZE))
            covered |= {(index + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan)}
            column += cell.colspan
        sheet.set_row(index, height)


def _height(text: str, width: float, size: float) -> float:
    """Points that ``text`` takes when wrapped in a column; programs other than Excel do not find out by themselves."""
    room = max(
        1.0, width * _POINTS_PER_WIDTH / size - 1
    )  # a character is lost to punctuation that must not begin a line
    lines = sum(max(1, ceil(columns_of_type(line) / room)) for line in text.split("\n"))
    return min(_HIGHEST, (lines * size + 4) * _LINE)


def _cell(made: _Book, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    text = clean(cell.text)
    if cell.role == VALUE:
        # A value that spans columns on paper stands in the first of them here, and the others stay empty.
        _value(made, sheet, row, column, cell)
        for extra in range(1, cell.colspan):
            sheet.write_blank(row, column + extra, None, made.look("value"))
        if cell.marks:
            sheet.write_comment(row, column, f"核对意见第{'、'.join(map(str, cell.marks))}条", {"visible": False})
        return
    look = made.look("head" if cell.role == HEAD else "label")
    if cell.rowspan > 1 or cell.colspan > 1:
        sheet.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, text, look)
    else:
        sheet.write_string(row, column, text, look)


def _value(made: _Book, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    text = clean(cell.text)
    name = ("total" if cell.strong else "value") + (_MARKED if cell.marks else "")
    number = cell.number
    if number is None or len(str(number).replace(".", "").lstrip("-")) > _EXACT_DIGITS:
        if text:
            sheet.write_string(row, column, text, made.look(name))
        else:
            sheet.write_blank(row, column, None, made.look(name))
        return
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    sheet.write_number(row, column, number, made.look(name, decimals))


def _meta(made: _Book, report: Report) -> None:
    sheet = made.book.add_worksheet(META_SHEET)
    # The names are those of the meta tags of a page where these have one, so that one reader knows both.
    fields = {
        "agency": report.agency,
        "gongkai:kind": report.kind,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "PubDate": report.published_on,
        "signed_on": report.signed_on,
        "IndexNumber": report.index_number,
    }
    for row, (name, value) in enumerate(fields.items()):
        sheet.write_string(row, 0, name)
        if isinstance(value, int):
            sheet.write_number(row, 1, value)
        else:
            sheet.write_string(row, 1, clean(str(value or "")))
    sheet.hide()

"""A list as CSV or XLSX: all its pages, the columns and filters of the screen. Rows pass through one at a time."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString

from gongkai.office.look.lists.columns import Column
from gongkai.office.look.lists.rows import Rows
from gongkai.office.look.words import datetime_cn, in_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Rows of an Excel sheet, less the head.
EXCEL_ROWS = 1_048_575
_EXCEL_TEXT = 32_767
_CUT = "……（内容过长，已截断）"
_LARGEST_EXACT = 10**15
# Excel counts days from here on; an earlier one goes in as text.
_FIRST_YEAR = 1900
# A spreadsheet takes text that begins so for a formula (CWE-1236); full-width signs count for Excel in Chinese.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class Export:
    """What goes into the file; ``conditions`` are label and words of the filters in force."""

    title: str
    columns: Sequence[Column]
    rows: Rows
    conditions: Sequence[tuple[str, str]]

    def name(self, ending: str) -> str:
        """「人员_2024-01-26.csv」."""
        return f"{_NOT_IN_A_NAME.sub('_', self.title)}_{timezone.localdate().isoformat()}.{ending}"


def defused(text: str) -> str:
    """Text that no spreadsheet runs as a formula: an apostrophe goes before one that could be."""
    if text.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


class _Line:
    """A file for the csv module that hands back what was written."""

    def write(self, line: str) -> str:
        return line


def as_csv(export: Export) -> HttpResponseBase:
    """UTF-8 with a byte order mark, without which Excel reads Chinese as rubbish."""
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow([defused(column.label) for column in export.columns])
        for row in export.rows:
            yield writer.writerow([_csv_value(column.export_of(row)) for column in export.columns])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, export.name("csv")) or "attachment"
    return response


def _csv_value(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return f"{_naive(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return defused(_text(value))


def as_xlsx(export: Export) -> HttpResponseBase:
    """One sheet with the rows (days and numbers as such), one that says what was asked for and when."""
    import xlsxwriter

    file = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    sheet = book.add_worksheet("列表")
    sheet.freeze_panes(1, 0)
    cells = _Sheet(book, sheet)
    for x, column in enumerate(export.columns):
        sheet.set_column(x, x, 18)
        sheet.write_string(0, x, column.label, head)
    y = 0
    for y, row in enumerate(export.rows, start=1):
        for x, column in enumerate(export.columns):
            cells.write(y, x, column.export_of(row))
    if export.columns:
        sheet.autofilter(0, 0, y, len(export.columns) - 1)
    about = book.add_worksheet("说明")
    about.set_column(0, 0, 16)
    about.set_column(1, 1, 60)
    facts = [("名称", export.title), ("条数", str(y)), ("导出时间", datetime_cn(timezone.now())), *export.conditions]
    for y, (label, text) in enumerate(facts):
        about.write_string(y, 0, label)
        about.write_string(y, 1, text)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=export.name("xlsx"))


class _Sheet:
    """A sheet that takes any value of a list."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"', "align": "left"})
        self._moment = book.add_format({"num_format": 'yyyy"年"m"月"d"日" hh:mm', "align": "left"})

    def write(self, y: int, x: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, date) and value.year >= _FIRST_YEAR:
            moment = isinstance(value, datetime)
            self._sheet.write_datetime(y, x, _naive(value), self._moment if moment else self._day)
        elif _is_number(value):
            self._sheet.write_number(y, x, value)
        else:
            # As text: what begins with = stays text here, without an apostrophe.
            text = _text(value)
            if len(text) > _EXCEL_TEXT:
                text = text[: _EXCEL_TEXT - len(_CUT)] + _CUT
            self._sheet.write_string(y, x, text)


def _is_number(value: object) -> bool:
    """Whether Excel holds it as it is: long numbers would lose digits there."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    return isfinite(value) and -_LARGEST_EXACT < value < _LARGEST_EXACT


def _naive(value: date) -> date:
    """A moment on the office's own clock, since neither file knows time zones; a day as it is."""
    return timezone.make_naive(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _text(value: object) -> str:
    if isinstance(value, SafeString):
        return strip_tags(value)
    return in_words(value)

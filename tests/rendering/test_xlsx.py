"""XLSX: one sheet a table, one figure a cell, numbers as numbers."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import python_calamine as calamine
from rendering.reports import build, county, damaged

from gongkai.rendering import render
from gongkai.rendering.xlsx import META_SHEET, SHEETS, TEXT_SHEET


def opened(report: object) -> calamine.CalamineWorkbook:
    return calamine.CalamineWorkbook.from_filelike(BytesIO(render(report, "xlsx")))  # type: ignore[arg-type]


def test_sheets_are_text_tables_and_hidden_meta() -> None:
    sheets = opened(county()).sheets_metadata
    assert [s.name for s in sheets] == [TEXT_SHEET, *SHEETS.values(), META_SHEET]
    assert [s.visible == calamine.SheetVisibleEnum.Visible for s in sheets] == [True] * 4 + [False]


def test_figures_are_numbers_and_marks_are_text() -> None:
    rows = opened(damaged()).get_sheet_by_name(SHEETS["applications"]).to_python()
    by_label = {next((c for c in reversed(row[:3]) if c), ""): row[3:] for row in rows}
    assert by_label["（一）予以公开"][0] == 0
    assert isinstance(by_label["（一）予以公开"][0], float | int)
    assert by_label["（一）予以公开"][1] == "-"
    assert by_label["6.属于四类过程性信息"][2] == ""
    assert by_label["6.属于四类过程性信息"][5] == "/"
    assert set(by_label["一、本年新收政府信息公开申请数量"]) == {""}


@pytest.mark.parametrize("year", [2020, 2023])
def test_value_cells_are_never_merged(year: int) -> None:
    report = county(scale=4_321_765, year=year)
    book = opened(report)
    for name in SHEETS.values():
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python()
        for (row, column), _ in sheet.merged_cell_ranges or ():
            assert isinstance(rows[row][column], str)


def test_amounts_show_the_decimals_that_were_printed() -> None:
    from zipfile import ZipFile

    with ZipFile(BytesIO(render(damaged(), "xlsx"))) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert 'formatCode="0.0000"' in styles
    rows = opened(damaged()).get_sheet_by_name(SHEETS["proactive"]).to_python()
    assert rows[-1][1] == 84.67


def test_meta_says_what_it_is() -> None:
    report = county()
    report.published_on, report.index_number = date(2024, 3, 28), "X01-2024-0003"
    meta = {row[0]: row[1] for row in opened(report).get_sheet_by_name(META_SHEET).to_python()}
    assert meta["agency"] == report.agency
    assert meta["gongkai:kind"] == "county_government"
    assert meta["year"] == 2023
    assert meta["form"] == "2021"
    assert meta["PubDate"] == "2024-03-28"
    assert meta["IndexNumber"] == "X01-2024-0003"


def test_text_is_never_a_formula_or_a_link() -> None:
    report = build(prose={"overview": ["=SUM(A1:A9)", "https://example.com", "+86"]})
    cells = [row[0] for row in opened(report).get_sheet_by_name(TEXT_SHEET).to_python()]
    assert {"=SUM(A1:A9)", "https://example.com", "+86"} <= set(cells)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(county(), "xlsx") == render(county(), "xlsx")

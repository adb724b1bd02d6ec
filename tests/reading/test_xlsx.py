"""Workbooks: tables as grids with merged ranges, prose as lines, numbers as they print, nothing that is hidden."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.office import packed, workbook

from gongkai.reading.document import Document, Grid, Line
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_CELLS
from gongkai.reading.office import xlsx


def made(fill: Callable[[Any], None], properties: dict[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    if properties:
        book.set_properties(properties)
    fill(book)
    book.close()
    return out.getvalue()


def sheet(fill: Callable[[Any], None], name: str = "Sheet1") -> Document:
    return checked(xlsx.read(made(lambda book: fill(book.add_worksheet(name)))))


def checked(document: Document) -> Document:
    for block in document.blocks:
        for place in block.cells if isinstance(block, Grid) else [block]:
            assert document.text[place.start : place.end] == place.text
    return document


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def shapes(document: Document) -> list[list[tuple[str, int, int, int, int]]]:
    return [
        [(each.text, each.row, each.column, each.rowspan, each.colspan) for each in block.cells]
        for block in document.blocks
        if isinstance(block, Grid)
    ]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        xlsx.read(data)
    message = str(caught.value)
    assert message
    assert "\n" not in message
    return message


def test_merged_ranges_are_spans_and_blank_cells_are_there() -> None:
    def fill(page: Any) -> None:
        page.merge_range("B2:C3", "类别")
        page.write_row("D2", ["自然人", "法人"])
        page.write("D3", 5.0)
        page.write_row("B4", ["甲", "", 84.67, ""])

    assert shapes(sheet(fill)) == [
        [
            ("类别", 0, 0, 2, 2),
            ("自然人", 0, 2, 1, 1),
            ("法人", 0, 3, 1, 1),
            ("5", 1, 2, 1, 1),
            ("", 1, 3, 1, 1),
            ("甲", 2, 0, 1, 1),
            ("", 2, 1, 1, 1),
            ("84.67", 2, 2, 1, 1),
            ("", 2, 3, 1, 1),
        ]
    ]


def test_values_print_as_an_office_writes_them() -> None:
    def fill(page: Any) -> None:
        page.write_row(0, 0, ["整", 5.0, -3, 84.67, 0.1 + 0.2, 1e9, True])
        page.write(1, 0, "日")
        page.write_datetime(1, 1, datetime.datetime(2024, 1, 26), dates)
        page.write_datetime(1, 2, datetime.datetime(2024, 1, 26, 9, 5), times)
        page.write(1, 3, " 两行 \n 字 ")

    def book(made_book: Any) -> None:
        nonlocal dates, times
        dates = made_book.add_format({"num_format": "yyyy-mm-dd"})
        times = made_book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        fill(made_book.add_worksheet())

    dates = times = None
    document = checked(xlsx.read(made(book)))
    texts = [text for text, *_ in shapes(document)[0]]
    assert texts[:7] == ["整", "5", "-3", "84.67", "0.3", "1000000000", "TRUE"]
    assert texts[7:11] == ["日", "2024年1月26日", "2024年1月26日 09:05", "两行\n字"]


def test_a_report_typed_into_one_sheet_gives_lines_and_one_grid_for_each_table() -> None:
    def fill(page: Any) -> None:
        page.merge_range("A1:D1", "某镇2024年政府信息公开工作年度报告")
        page.merge_range("A2:D2", "一、总体情况")
        page.merge_range("A3:D3", "本年度，我镇通过网站公开信息若干条，均按规定办理。" * 3)
        page.merge_range("A4:D4", "二、主动公开政府信息情况")
        page.merge_range("A5:D5", "第二十条第（一）项")
        page.write_row("A6", ["信息内容", "制发件数", "废止件数", "有效件数"])
        page.write_row("A7", ["规章", 1, 0, 1])
        page.write("A8", "规范性文件")  # its figures are blank
        page.merge_range("A9:D9", "第二十条第（五）项")
        page.write("A10", "信息内容")
        page.merge_range("B10:D10", "处理决定数量")
        page.write("A11", "行政许可")
        page.merge_range("B11:D11", 7)
        page.write("A13", "三、收到和处理申请情况")
        page.write_row("A14", ["数量", 2])
        page.write("A15", "结转")

    document = sheet(fill)
    assert [text[:8] for text in lines(document)] == [
        "某镇2024年政", "一、总体情况", "本年度，我镇通过", "二、主动公开政府", "第二十条第（一）", "三、收到和处理申",
    ]  # fmt: skip
    first, second = shapes(document)
    assert ("规范性文件", 2, 0, 1, 1) in first
    assert ("第二十条第（五）项", 3, 0, 1, 4) in first
    assert ("7", 5, 1, 1, 3) in first
    assert second == [("数量", 0, 0, 1, 1), ("2", 0, 1, 1, 1), ("结转", 1, 0, 1, 1), ("", 1, 1, 1, 1)]


def test_names_of_sheets_are_lines_unless_they_say_nothing() -> None:
    def fill(book: Any) -> None:
        for name in ("总体情况", "Sheet2", "表3", "空表"):
            page = book.add_worksheet(name)
            if name != "空表":
                page.write_row(0, 0, ["甲", name])

    document = checked(xlsx.read(made(fill)))
    assert lines(document) == ["总体情况"]
    assert len(shapes(document)) == 3


def test_hidden_sheets_are_not_seen_and_meta_is_metadata() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("表一").write_row(0, 0, ["规章", 1])
        hidden = book.add_worksheet("草稿")
        hidden.write_row(0, 0, ["旧", 2])
        hidden.hide()
        meta = book.add_worksheet("meta")
        meta.write_column(0, 0, ["Agency", "year", "空"])
        meta.write_column(0, 1, ["某县司法局", 2024])
        meta.very_hidden()

    document = checked(xlsx.read(made(fill, {"title": "年度报告", "author": "某科"})))
    assert document.text == "规章\t1\n"
    assert document.metadata["agency"] == "某县司法局"
    assert document.metadata["year"] == "2024"
    assert document.metadata["title"] == "年度报告"
    assert document.metadata["creator"] == "某科"
    assert "空" not in document.metadata


def test_formats_set_down_to_the_last_row_do_not_make_a_sheet_unreadable() -> None:
    blank = "".join(f'<row r="{n}" s="1"><c r="XFD{n}" s="1"/></row>' for n in (3, 1_048_576))
    data = workbook(
        '<sheetData><row r="1"><c r="A1"><v>5</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row>'
        f"{blank}</sheetData>"
    )
    assert xlsx.read(data).text == "5\t甲\n"


# Broken and hostile files


def test_files_that_are_no_whole_workbook_are_refused_with_a_reason() -> None:
    whole = workbook('<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>')
    assert xlsx.read(whole).text == "5\n"
    assert "损坏" in refused(whole[: len(whole) // 2])
    assert "损坏" in refused(b"")
    assert "workbook.xml" in refused(packed({"xl/styles.xml": "<x/>"}))
    assert refused(packed({"xl/workbook.xml": "<x/>"}))
    assert "损坏" in refused(workbook("<sheetData><row"))


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>',
        '<c r="A1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c><c r="XFD1"><v>1</v></c>',
        "<c r='A1'><v>1</v></c><c s=''r = 'XFD1048576' ><v>1</v></c>",
        '<c r="ZZZZZZ1"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="A99999999999"><v>1</v></c>',
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576"><x:v>1</x:v></x:c>'
        '<c r="A1"><v>1</v></c>',
    ],
)
def test_two_cells_at_the_ends_of_the_world_do_not_take_all_memory(cells: str) -> None:
    assert "范围过大" in refused(workbook(f'<sheetData><row r="1">{cells}</row></sheetData>'))


def test_one_long_string_named_by_every_cell_is_refused() -> None:
    named = '<c t="s"><v>0</v></c>' * 100
    cells = "".join(f'<row r="{n}">{named}</row>' for n in range(1, 1001))
    assert "文字过多" in refused(workbook(f"<sheetData>{cells}</sheetData>", f"<si><t>{'长' * 100_000}</t></si>"))
    short = f"<si><t>短</t></si><si><t>{'长' * 1_000}</t></si>"
    assert len(xlsx.read(workbook(f"<sheetData>{cells}</sheetData>", short)).blocks) == 1


def test_bombs_entities_and_floods_are_refused() -> None:
    assert "过大" in refused(workbook("", **{"xl/worksheets/sheet1.xml": b" " * 80_000_000}))
    laughs = '<!DOCTYPE s [<!ENTITY a "x">]>'
    assert "实体" in refused(workbook("", **{"xl/worksheets/sheet1.xml": f"{laughs}<worksheet/>"}))
    assert "庞杂" in refused(workbook("<c/>" * 2_500_000))


def test_a_bomb_that_no_reader_needs_is_never_opened() -> None:
    data = workbook(
        '<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>', **{"xl/media/image1.png": bytes(80_000_000)}
    )
    assert xlsx.read(data).text == "5\n"


def test_merged_ranges_without_end_or_number_are_bounded() -> None:
    ranges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 20_000))
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="J{n}"><v>2</v></c></row>' for n in range(1, 2_000))
    document = checked(xlsx.read(workbook(f"<sheetData>{rows}</sheetData><mergeCells>{ranges}</mergeCells>")))
    assert document.blocks


def test_a_sheet_without_end_is_cut_and_the_document_says_so() -> None:
    far = MAX_CELLS // 10 + 500
    document = xlsx.read(
        workbook(
            f'<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="J1"><v>2</v></c></row>'
            f'<row r="{far}"><c r="A{far}"><v>3</v></c></row></sheetData>'
        )
    )
    assert document.text.startswith("1\t")
    assert ["没有读取" in warning for warning in document.warnings] == [True]


def _sound(book: Any) -> None:
    page = book.add_worksheet("表一")
    page.merge_range("A1:C1", "一、总体情况")
    page.write_row("A2", ["规章", 3, "说明"])
    page.write_row("A3", ["甲", 84.5])


SOUND = made(_sound)


def read_or_refused(data: bytes) -> bool:
    """False for neither; any other error goes through."""
    try:
        return bool(checked(xlsx.read(data)))
    except UnreadableError as error:
        return bool(str(error))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(SOUND)))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(SOUND)
    for at, byte in changes:
        data[at] = byte
    assert read_or_refused(bytes(data))
    assert read_or_refused(bytes(data[:length]))


SHEET = (
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>4</v></c></row></sheetData>'
    '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SHEET) - 1), st.binary(max_size=3)), min_size=1, max_size=6))
def test_damaged_xml_in_a_sound_container_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    broken = bytearray(SHEET.encode())
    for at, piece in changes:
        broken[at : at + len(piece)] = piece
    wrapped = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + broken + b"</worksheet>"
    )
    assert read_or_refused(workbook("", "<si><t>x</t></si>", **{"xl/worksheets/sheet1.xml": wrapped}))

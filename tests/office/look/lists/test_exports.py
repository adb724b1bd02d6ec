"""CSV and XLSX hold what the screen shows: filters, order and columns, but all pages."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from office.look.conftest import Ask
from office.look.lists.library import BOOKS, LISTING
from python_calamine import CalamineWorkbook

from gongkai.office.look.badges import Badge
from gongkai.office.look.components import Masked
from gongkai.office.look.lists import Column, Listing
from gongkai.office.look.lists.exports import defused


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def csv_rows(ask: Ask, address: str, listing: Listing = LISTING, rows: Any = BOOKS) -> list[list[str]]:
    response = listing.respond(ask(address), rows, title="图书")
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


def xlsx(ask: Ask, address: str, listing: Listing = LISTING, rows: Any = BOOKS) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(body(listing.respond(ask(address), rows, title="图书"))))


def test_csv_begins_with_the_mark_by_which_excel_knows_utf8(ask: Ask) -> None:
    response = LISTING.respond(ask("/?export=csv"), BOOKS, title="图书")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert body(response).startswith(b"\xef\xbb\xbf" + "编号,书名".encode())


def test_a_file_is_named_after_the_list_and_the_day(ask: Ask) -> None:
    response = LISTING.respond(ask("/?export=csv"), BOOKS, title="图书/借阅")
    assert "attachment" in response["Content-Disposition"]
    name = unquote(response["Content-Disposition"].split("''")[1])
    assert name.startswith("图书_借阅_20")
    assert name.endswith(".csv")


def test_csv_holds_all_pages_with_the_chosen_columns_filters_and_order(ask: Ask) -> None:
    rows = csv_rows(ask, "/?kind=law&columns=number,lent&sort=-number&page=2&export=csv")
    assert rows[0] == ["编号", "借出"]
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(24, 0, -2)]
    assert {row[1] for row in rows[1:]} == {"是", "否"}


def test_xlsx_holds_the_same_with_days_and_numbers_as_such(ask: Ask) -> None:
    book = xlsx(ask, "/?kind=law&sort=-number&columns=number,bought,seen&export=xlsx")
    rows = book.get_sheet_by_name("列表").to_python()
    assert rows[0] == ["编号", "购入日期", "查看时间"]
    assert rows[1] == [24, date(2024, 1, 25), datetime(2024, 1, 26, 0, 30)]
    assert len(rows) == 13
    assert rows[3] == [20, "", datetime(2024, 1, 22, 0, 30)]


def test_xlsx_says_what_was_asked_for(ask: Ask) -> None:
    about = dict(xlsx(ask, "/?kind=law&q=条例&export=xlsx").get_sheet_by_name("说明").to_python())
    assert (about["名称"], about["条数"], about["类别"], about["搜索"]) == ("图书", "4", "法规", "“条例”")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠A1"])
def test_text_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["清公申〔2024〕1号", "-5", "+8613800000000", "12%", "", "a=1"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_no_cell_of_a_csv_begins_a_formula(ask: Ask) -> None:
    titles = {row[0] for row in csv_rows(ask, "/?columns=title&export=csv")[1:]}
    assert {"'=1+1", "'@SUM(A1)"} < titles


def test_a_formula_in_a_cell_stays_text_in_xlsx(ask: Ask) -> None:
    from zipfile import ZipFile

    response = LISTING.respond(ask("/?columns=title&export=xlsx"), BOOKS, title="图书")
    with ZipFile(io.BytesIO(body(response))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "=1+1" in sheet
    assert "<f>" not in sheet


def test_badges_go_out_as_words_and_masked_values_masked(ask: Ask) -> None:
    columns = [
        Column("a", "状态", value=lambda row: Badge("办理中", "info")),
        Column("b", "证件", value=lambda row: Masked("43**********34", "/read/")),
        Column("c", "天数", value=lambda row: Badge("还剩3个工作日"), export=lambda row: 3),
    ]
    listing = Listing(columns=columns)
    assert csv_rows(ask, "/?export=csv", listing, [1])[1] == ["办理中", "43**********34", "3"]
    assert xlsx(ask, "/?export=xlsx", listing, [1]).get_sheet_by_index(0).to_python()[1] == [
        "办理中",
        "43**********34",
        3,
    ]


def test_values_that_excel_cannot_hold_become_text(ask: Ask) -> None:
    columns = [Column(key, key, value=lambda row, key=key: row[key]) for key in ("long", "number", "old", "nothing")]
    row = {"long": "长" * 40_000, "number": 430102199001011234, "old": date(1899, 12, 31), "nothing": None}
    cells = xlsx(ask, "/?export=xlsx", Listing(columns=columns), [row]).get_sheet_by_index(0).to_python()[1]
    assert len(cells[0]) == 32_767
    assert cells[0].endswith("（内容过长，已截断）")
    assert cells[1:3] == ["430102199001011234", "1899年12月31日"]


def test_more_rows_than_a_sheet_has_are_said_and_not_cut(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.office.look.lists.listing.EXCEL_ROWS", 20)
    response = LISTING.respond(ask("/?export=xlsx"), BOOKS, title="图书")
    assert "超过 Excel 工作表的行数上限" in response.content.decode()  # type: ignore[attr-defined]


def test_whoever_must_know_of_an_export_is_told_before_it_goes_out(ask: Ask) -> None:
    told: list[tuple[str, int]] = []
    LISTING.respond(
        ask("/?kind=law&export=csv"), BOOKS, title="图书", on_export=lambda _, kind, rows: told.append((kind, rows))
    )
    assert told == [("csv", 12)]

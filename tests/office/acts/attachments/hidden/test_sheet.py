"""A workbook of xlsxwriter, edited: hidden sheets, rows, columns, comments, names and kept data are found."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter
from office.acts.attachments.hidden.looking import look, of_kind
from office.acts.attachments.makers import edited

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(fill: Callable[[Any, Any], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["编号", "申请人", "电话"])
        for row in range(1, 8):
            sheet.write_row(row, 0, [row, f"申请人{row}", f"号码{row}"])
        fill(book, sheet)
    return out.getvalue()


def test_a_plain_workbook_hides_nothing() -> None:
    assert look(workbook(lambda book, sheet: None)) == []


def test_hidden_and_very_hidden_sheets_are_found_with_their_first_cells() -> None:
    def fill(book: Any, sheet: Any) -> None:
        secret = book.add_worksheet("底稿")
        secret.write(0, 0, "举报人名单")
        secret.hide()
        deep = book.add_worksheet("参数")
        deep.write(3, 3, 12.5)
        deep.very_hidden()

    found = look(workbook(fill))
    assert of_kind(found, "hidden_sheet") == [("工作表“底稿”", "举报人名单"), ("工作表“参数”", "12.5")]
    assert "深度隐藏" in found[1].sentence


def test_hidden_rows_and_columns_are_found_with_their_words() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row in (3, 4, 6):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column(2, 2, 10, None, {"hidden": True})

    found = look(workbook(fill))
    assert of_kind(found, "hidden_rows") == [("第 4—5、7 行", "3；申请人3；号码3；4；申请人4；号码4；6；申请人6")]
    assert of_kind(found, "hidden_columns") == [("C 列", "电话；号码1；号码2；号码5；号码7")]
    assert "3 行" in found[0].sentence


def test_blank_rows_and_columns_that_are_hidden_are_layout_and_not_reported() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.set_column(5, 16383, 8, None, {"hidden": True})
        for row in range(20, 40):
            sheet.set_row(row, None, None, {"hidden": True})

    assert look(workbook(fill)) == []


def test_rows_hidden_by_default_are_found() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.set_default_row(hide_unused_rows=True)

    found = look(
        workbook(fill),
    )
    assert [place for place, _ in of_kind(found, "hidden_rows")] == ["第 1—8 行"]


def test_comments_tell_author_and_cell() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_comment("B2", "此人多次来访", {"author": "张三丰"})

    found = look(workbook(fill))
    assert of_kind(found, "comment") == [("工作表“台账”B2", "此人多次来访")]
    assert "“张三丰”" in next(finding.sentence for finding in found if finding.kind == "comment")


def test_hidden_names_and_what_is_kept_of_other_files_are_found() -> None:
    data = edited(
        workbook(lambda book, sheet: None),
        {
            "xl/workbook.xml": (
                "</sheets>",
                '</sheets><definedNames><definedName name="旧口径" hidden="1">台账!$A$1</definedName>'
                '<definedName name="_xlnm._FilterDatabase" hidden="1">台账!$A$1</definedName></definedNames>',
            ),
            "xl/externalLinks/externalLink1.xml": f"<externalLink {MAIN}><v>318</v></externalLink>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="x/externalLinkPath" '
                'Target="file:///D:/信访/2023.xlsx" TargetMode="External"/></Relationships>'
            ),
            "xl/connections.xml": "<connections/>",
            "xl/pivotCache/pivotCacheRecords1.xml": "<x/>",
        },
    )
    found = look(data)
    assert of_kind(found, "hidden_name") == [("旧口径", "台账!$A$1")]
    assert ("file:///D:/信访/2023.xlsx", "318") in of_kind(found, "external_link")
    assert len(of_kind(found, "external_link")) == 2
    assert len(of_kind(found, "cached_data")) == 1


def test_a_sheet_that_is_broken_is_said_and_the_others_are_still_looked_at() -> None:
    def fill(book: Any, sheet: Any) -> None:
        secret = book.add_worksheet("底稿")
        secret.write(0, 0, "名单")
        secret.hide()

    data = edited(workbook(fill), {"xl/worksheets/sheet1.xml": "<worksheet><row>"})
    found = look(data)
    assert [finding.place for finding in found if finding.kind == "not_inspected"] == ["台账"]
    assert of_kind(found, "hidden_sheet") == [("工作表“底稿”", "名单")]

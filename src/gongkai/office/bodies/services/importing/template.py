"""The table to fill in, with explanations, lists to choose from and an example."""

from __future__ import annotations

import io

from gongkai.office.bodies.services.importing.columns import SHEETS, Sheet

EXAMPLE = "示例"  # a row that begins so is passed over
_ROWS = 2000
_INTRODUCTION = (
    "一、“机关”“人员”“角色”三张表可以只填一张；不填的表留空或删去都可以。",
    "二、标*的列必须填写。第一行是列名，不要改动；列的先后可以调整，用不着的列可以删去。",
    "三、已有的机关、人员按各表注明的办法对应：有不同的内容即更新，空着的单元格不改动原有内容。",
    "四、上传后先试算，逐行列出新增、变更、无变化和错误；没有错误才能导入，导入时要么全部成功，要么一行也不写入。",
    "五、同一张表可以反复导入，已经导入的行显示“无变化”。",
    "六、机关和人员由系统管理员导入，角色由安全保密管理员导入。更名、撤销、并入、分设不能用表格办理，请在机关页面办理。",
)


def template() -> bytes:
    """An XLSX file."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    text = book.add_format({"num_format": "@"})
    grey = book.add_format({"num_format": "@", "italic": True, "font_color": "#777777"})
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 22)
    page.set_column(2, 2, 70, words)
    page.write(0, 0, "填写说明", bold)
    row = 1
    for sentence in _INTRODUCTION:
        page.merge_range(row, 0, row, 2, sentence, words)
        row += 1
    for sheet in SHEETS:
        row += 1
        page.write(row, 0, f"“{sheet.name}”表", bold)
        page.write(row, 1, f"按{sheet.found_by}对应已有的记录")
        for column in sheet.columns:
            row += 1
            page.write(row, 1, f"{column.heading}{'*' if column.required else ''}")
            page.write(row, 2, column.note, words)
        row += 1
    for sheet in SHEETS:
        _table(book, sheet, head, text, grey)
    book.close()
    return file.getvalue()


def _table(book: object, sheet: Sheet, head: object, text: object, grey: object) -> None:
    page = book.add_worksheet(sheet.name)  # type: ignore[attr-defined]
    page.freeze_panes(1, 1)
    page.set_column(0, 0, 8, text)
    page.write(0, 0, "", head)
    page.write(1, 0, EXAMPLE, grey)
    page.write_comment(1, 0, "示例行不会导入，可以删去")
    for place, column in enumerate(sheet.columns, start=1):
        page.set_column(place, place, 26 if len(column.example) > 8 else 16, text)
        page.write(0, place, f"{column.heading}{'*' if column.required else ''}", head)
        if column.note:
            page.write_comment(0, place, column.note)
        page.write(1, place, column.example, grey)
        if column.choices:
            page.data_validation(
                1,
                place,
                _ROWS,
                place,
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_title": "请从列表中选",
                    "error_message": "这一列的内容须从列表中选择",
                },
            )

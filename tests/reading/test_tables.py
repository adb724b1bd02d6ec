"""What sites do to tables, and what is kept of them: marks, widths, damaged labels, lost rows and columns."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest
from reading.layouts import (
    FORM,
    LAYOUTS,
    application_rows,
    bars,
    broken_heads,
    flat_tables,
    html_spans,
    one_cell_a_line,
    tabs,
    vertical_labels,
)

from gongkai import reading
from gongkai.figures import (
    CELLS_MISSING,
    CELLS_SURPLUS,
    NOT_A_NUMBER,
    NULL_MARK,
    ROW_MERGED,
    ROW_MISSING,
    TABLE_MISSING,
)
from gongkai.report import Report
from gongkai.report.model import DASH_AS_ZERO, HEADER_DAMAGED, VALUE_UNPLACED

SOME = ("bars", "tabs", "one_cell_a_line_tabs", "html_spans", "word_pasted", "markdown", "html_unclosed")


def figures(seed: int = 1, largest: int = 30) -> dict[str, str]:
    numbers = random.Random(seed)
    return {cell: str(numbers.randint(1, largest)) for cell in FORM.cells}


def values(report: Report) -> dict[str, str]:
    return {cell: str(figure.value) for cell, figure in report.figures.items()}


def notes(report: Report, kind: str) -> list[str]:
    return [note.message for note in report.notes if note.kind == kind]


@pytest.mark.parametrize("layout", SOME)
@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("１２", 12),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("\u00a07\u00a0", 7),
        ("3件", 3),
        ("零", 0),
        ("〇", 0),
        ("-3", -3),
        ("2.5", Decimal("2.5")),
    ],
)
def test_a_number_is_read_in_whatever_width_it_is_printed(layout: str, printed: str, value: int) -> None:
    report = reading.open(LAYOUTS[layout](figures() | {"applications.granted.natural_person": printed}))
    assert report.figures["applications.granted.natural_person"].value == value


@pytest.mark.parametrize("layout", SOME)
@pytest.mark.parametrize("mark", ["-", "—", "--", "无"])
def test_a_dash_reads_as_zero_is_kept_as_printed_and_said(layout: str, mark: str) -> None:
    report = reading.open(LAYOUTS[layout](figures() | {"applications.granted.business": mark}))
    figure = report.figures["applications.granted.business"]
    assert (figure.value, figure.printed) == (0, mark)
    assert len(notes(report, DASH_AS_ZERO)) == 1


@pytest.mark.parametrize("layout", SOME)
def test_a_slash_is_unread_and_kept_as_printed(layout: str) -> None:
    report = reading.open(LAYOUTS[layout](figures() | {"remedies.direct_litigation.other": "/"}))
    figure = report.figures["remedies.direct_litigation.other"]
    assert (figure.value, figure.printed, figure.reason) == (None, "/", NULL_MARK)


def test_words_in_a_value_cell_are_kept_and_not_read() -> None:
    report = reading.open(html_spans(figures() | {"applications.granted.business": "若干"}))
    figure = report.figures["applications.granted.business"]
    assert (figure.value, figure.printed, figure.reason) == (None, "若干", NOT_A_NUMBER)


def test_an_amount_keeps_its_decimals() -> None:
    report = reading.open(bars(figures() | {"proactive.fees.amount_10k_cny": "7,730.2800"}))
    assert str(report.figures["proactive.fees.amount_10k_cny"].value) == "7730.2800"


DAMAGED = {
    "属于三类内部事务信息": "属于三类内容事务信息",
    "只计这一情形": "只计这一情况",
    "行政规范性文件": "规范性文件",
    "现行有效件数": "现行有效件",
    "其他法律行政法规禁止公开": "其他法律行政止公开",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("whole", DAMAGED)
def test_a_damaged_or_variant_label_is_still_its_row(layout: str, whole: str) -> None:
    printed = figures(2)
    text = LAYOUTS[layout](printed)
    pieces = text.replace(whole, DAMAGED[whole])
    assert pieces != text or layout in ("vertical_labels", "broken_heads")
    assert values(reading.open(pieces)) == printed


def test_a_damaged_row_label_is_said_and_a_variant_is_not() -> None:
    text = tabs(figures())
    damaged = reading.open(text.replace("其他法律行政法规禁止公开", "其他法律行政止公开"))
    assert ["其他法律行政止公开" in message for message in notes(damaged, HEADER_DAMAGED)] == [True]
    assert not notes(reading.open(text.replace("行政规范性文件", "规范性文件")), HEADER_DAMAGED)


TRADITIONAL = str.maketrans(
    "请数规章发废现处罚强费开办属国机护权内务过执询无补确访举报复诉维纠审总计获缴纳业组织",
    "請數規章發廢現處罰強費開辦屬國機護權內務過執詢無補確訪舉報復訴維糾審總計獲繳納業組織",
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_traditional_characters_read_like_simplified_ones(layout: str) -> None:
    printed = figures(4)
    report = reading.open(LAYOUTS[layout](printed).translate(TRADITIONAL))
    assert values(report) == printed
    assert not notes(report, HEADER_DAMAGED)


@pytest.mark.parametrize("layout", SOME)
@pytest.mark.parametrize("last", ["3其他", "3.其他情形", "其它"])
def test_a_number_without_its_stop_and_another_word_for_other_are_still_the_row(layout: str, last: str) -> None:
    printed = figures(16)
    text = LAYOUTS[layout](printed).replace("3.其他", last).replace("2.重复申请", "2重复申请")
    assert "2重复申请" in text
    assert last in text
    report = reading.open(text)
    assert values(report) == printed
    assert not notes(report, HEADER_DAMAGED)


def copied(rows: list[list[str]], between: str) -> str:
    return "\n".join(between.join(cell for cell in row if cell) for row in rows)


@pytest.mark.parametrize("between", [" ", "  ", "\u3000", "\xa0\xa0", "     "])
def test_labels_and_numbers_that_spaces_part_are_told_apart(between: str) -> None:
    printed = figures(17)
    report = reading.open("\n".join(copied(rows, between) for rows in flat_tables(printed)))
    assert values(report) == printed
    assert not notes(report, HEADER_DAMAGED)


def test_lines_set_out_to_wide_columns_are_rows_of_the_table() -> None:
    printed = figures(18)
    head, *rows = merged_labels_blank(printed)
    lines = ["".join(cell.ljust(60 if at < 3 else 9) for at, cell in enumerate(row)) for row in [head, *rows]]
    report = reading.open("三、收到和处理政府信息公开申请情况\n" + "\n".join(lines))
    assert {c: str(f.value) for c, f in report.figures.items() if c.startswith("applications.")} == {
        c: number for c, number in printed.items() if c.startswith("applications.")
    }


def test_a_cell_a_line_behind_two_tabs_is_one_cell() -> None:
    printed = figures(19)
    rows = [row for table in flat_tables(printed) for row in table]
    report = reading.open("\n\t\t\n".join("\n".join("\t\t" + cell for cell in row) for row in rows))
    assert values(report) == printed


@pytest.mark.parametrize("length", [5, 6, 7, 9])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_labels_broken_over_lines_wherever_it_was_are_whole_again(length: int, between: str) -> None:
    printed = figures(20)
    cells = [cell for table in flat_tables(printed) for row in table for cell in row]
    pieces = [cell[at : at + length] for cell in cells for at in range(0, len(cell), length)]
    report = reading.open("清源县水务局2022年政府信息公开工作年度报告\n" + between.join(pieces))
    assert values(report) == printed
    assert not notes(report, HEADER_DAMAGED)


@pytest.mark.parametrize("layout", SOME)
@pytest.mark.parametrize("mark", ["-", "—"])
def test_a_table_of_nothing_but_dashes_is_no_ruled_line(layout: str, mark: str) -> None:
    report = reading.open(LAYOUTS[layout](dict.fromkeys(FORM.cells, mark)))
    assert {figure.value for figure in report.figures.values()} == {0}


@pytest.mark.parametrize("layout", SOME)
def test_compatibility_radicals_read_like_the_characters_they_look_like(layout: str) -> None:
    printed = figures(4)
    text = LAYOUTS[layout](printed).replace("一", "⼀").replace("人", "⼈").replace("行", "⾏").replace("立", "⽴")
    assert values(reading.open(text)) == printed


def test_one_row_for_other_handling_is_told_apart_from_three() -> None:
    printed = figures(6)
    rows = flat_tables(printed)[1]
    lines = ["\t".join(r) for r in rows if not any(c.startswith(("1.申请人无", "2.申请人逾")) for c in r)]
    text = "三、收到和处理政府信息公开申请情况\n" + "\n".join(lines).replace("3.其他", "（六）其他处理")
    report = reading.open(text)
    assert report.figures["applications.other_other.total"].value == int(printed["applications.other_other.total"])
    assert report.figures["applications.other_fee_unpaid.total"].reason == ROW_MERGED
    assert report.figures["applications.total.total"].value == int(printed["applications.total.total"])


@pytest.mark.parametrize("layout", ["bars", "tabs", "one_cell_a_line", "html_spans"])
def test_rows_that_are_not_there_are_unread_and_the_others_stay(layout: str) -> None:
    printed = figures(8)
    text = LAYOUTS[layout](printed)
    if layout == "html_spans":
        start = text.index("<tr>", text.index("2.申请人逾期") - 60)
        text = text[:start] + text[text.index("</table>", start) :]
    else:
        start = text.index("2.申请人逾期")
        text = text[:start].rstrip() + "\n" + text[text.index("四、政府信息公开行政复议") :]
    report = reading.open(text)
    for cell, figure in report.figures.items():
        lost = cell.split(".")[1] in {"other_fee_unpaid", "other_other", "total", "carried_out"} and cell[0] == "a"
        assert (figure.reason == ROW_MISSING) if lost else (str(figure.value) == printed[cell]), cell


def test_a_table_that_is_not_there_is_unread_as_a_table() -> None:
    text = tabs(figures())
    cut = text[: text.index("四、政府信息公开行政复议")]
    assert reading.open(cut).figures["remedies.reconsideration.total"].reason == TABLE_MISSING


@pytest.mark.parametrize("layout", ["tabs", "one_cell_a_line", "bars"])
def test_a_column_that_is_not_printed_is_unread_and_the_others_are_placed_by_their_heads(layout: str) -> None:
    printed = figures(9)
    rows = flat_tables(printed)[1]
    table = [[c for c in row if c != "总计"] if i < 3 else row[:-1] for i, row in enumerate(rows)]
    joiner = {"tabs": "\t", "one_cell_a_line": "\n", "bars": " | "}[layout]
    report = reading.open(
        "\n".join(
            joiner.join(row)
            for row in [["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"], *table[3:]]
        )
    )
    for cell, figure in report.figures.items():
        if cell.startswith("applications."):
            lost = cell.endswith(".total")
            assert figure.value is None if lost else str(figure.value) == printed[cell], cell


def test_rows_cut_to_four_of_seven_keep_first_and_last_and_report_the_rest() -> None:
    rows = [(label, ["2", "1", "0", "5"]) for label in (r[-8] for r in flat_tables(figures())[1][3:])]
    report = reading.open("三、收到和处理政府信息公开申请情况\n" + "\n".join("\n".join([a, *b]) for a, b in rows))
    row = {c: report.figures[f"applications.received.{c}"] for c in FORM.tables["applications"].columns}
    assert (row["natural_person"].value, row["total"].value) == (2, 5)
    assert {row[c].reason for c in ("business", "research", "public_welfare", "legal_service", "other")} == {
        CELLS_MISSING
    }
    assert len(notes(report, VALUE_UNPLACED)) == 25


def test_rows_cut_short_do_not_keep_a_total_smaller_than_its_part() -> None:
    rows = [(label, ["4", "0", "1"]) for label in (r[-8] for r in flat_tables(figures())[1][3:])]
    report = reading.open("三、收到和处理政府信息公开申请情况\n" + "\n".join("\n".join([a, *b]) for a, b in rows))
    assert report.figures["applications.received.total"].value is None


def test_one_row_cut_short_among_whole_ones_is_unread() -> None:
    text = one_cell_a_line(figures(11) | {"applications.granted.other": ""}).replace("\n\n", "\n")
    report = reading.open(text)
    assert {report.figures[f"applications.granted.{c}"].reason for c in FORM.tables["applications"].columns} == {
        CELLS_MISSING
    }
    assert report.figures["applications.received.total"].value is not None
    assert len(notes(report, VALUE_UNPLACED)) == 6


def without_first_value(line: str, mark: str) -> str:
    """A row of text without the first of its numbers, and without the place where it stood."""
    cells = line.split(mark)
    first = next(at for at, cell in enumerate(cells) if cell.strip().isdigit())
    return mark.join([*cells[:first], *cells[first + 1 :]])


def merged_labels_blank(printed: dict[str, str]) -> list[list[str]]:
    """Table 3 with three cells of labels in every row, blank where labels are merged."""
    rows = [["", "", "", *CELLS_ABOVE]]
    for outcome, group, label, numbers in application_rows(printed):
        whole = label[0] in "一二四（"
        rows.append([label, "", "", *numbers] if label[0] in "一二四" else [outcome or "", "", "", *numbers])
        if label[0] not in "一二四":
            rows[-1][1:3] = [label, ""] if whole else [group or "", label]
    return rows


CELLS_ABOVE = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def test_a_row_of_a_real_table_that_lost_a_cell_in_its_middle_is_unread() -> None:
    printed = figures(13)
    page = html_spans(printed)
    start = page.index("<td>", page.index("2.重复申请"))
    end = page.index("</td>", start) + len("</td>")
    report = reading.open(page[:start] + page[end:])
    for cell, figure in report.figures.items():
        lost = cell.startswith("applications.not_processed_duplicate.")
        assert (figure.reason == CELLS_MISSING) if lost else (str(figure.value) == printed[cell]), cell


@pytest.mark.parametrize(
    ("before", "between", "after"), [("", "|", ""), ("", "|", "|"), ("|", "|", ""), ("", "\t", "")]
)
@pytest.mark.parametrize("row", ["granted", "received", "denied_state_secret"])
def test_a_blank_beside_a_merged_label_does_not_stand_for_a_lost_cell(
    before: str, between: str, after: str, row: str
) -> None:
    printed = figures(14)
    label = FORM.tables["applications"].rows[row].label
    lines = [before + between.join(cells) + after for cells in merged_labels_blank(printed)]
    lines = [without_first_value(line, between) if label in line else line for line in lines]
    report = reading.open("三、收到和处理政府信息公开申请情况\n" + "\n".join(lines))
    for cell, figure in report.figures.items():
        if cell.startswith("applications."):
            lost = cell.split(".")[1] == row
            assert figure.value is None if lost else str(figure.value) == printed[cell], cell


@pytest.mark.parametrize(("before", "after"), [("", ""), ("", "|"), ("|", ""), ("|", "|")])
def test_no_row_is_moved_aside_when_all_of_them_lost_the_same_cell(before: str, after: str) -> None:
    printed = figures(15)
    head, *rows = merged_labels_blank(printed)
    lines = [before + "|".join(cells) + after for cells in [head, *([*row[:5], *row[6:]] for row in rows)]]
    report = reading.open("三、收到和处理政府信息公开申请情况\n" + "\n".join(lines))
    assert {f.value for cell, f in report.figures.items() if cell.startswith("applications.")} == {None}


def torn(page: str, label: str, at: int, *, above: bool, head: str = "") -> str:
    """A page whose table ends inside the row ``label``: ``at`` characters of it above, the numbers on one side."""
    start = page.rindex("<tr>", 0, page.index(label))
    end = page.index("</tr>", start)
    row = page[start:end]
    blank = re.sub(r"(<td[^>]*>)\d+</td>", r"\1</td>", row)
    first, second = (row, blank) if above else (blank, row)
    first = re.sub(r"<td rowspan[^>]*>[^<]*</td>", "<td></td>", first).replace(label, label[:at])
    second = re.sub(r"<td rowspan[^>]*>[^<]*</td>", "<td></td>", second).replace(label, label[at:])
    return page[:start] + first + "</tr></table><table>" + head + second + page[end:]


@pytest.mark.parametrize(
    ("label", "at"), [("（一）予以公开", 3), ("（七）总计", 3), ("2.重复申请", 4), ("行政处罚", 2)]
)
@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("head", ["", "<tr><td>自然人</td><td>商业企业</td><td>总计</td></tr>"])
def test_a_row_torn_by_the_end_of_a_page_is_one_row(label: str, at: int, above: bool, head: str) -> None:
    printed = figures(21)
    report = reading.open(torn(html_spans(printed), label, at, above=above, head=head))
    assert values(report) == printed


def test_a_row_is_not_put_together_with_a_row_of_the_next_table() -> None:
    page = "<table><tr><td>（三）</td><td>1</td></tr></table><table><tr><td>重复申请</td><td></td></tr></table>"
    assert reading.open(page).value("applications.not_processed_duplicate.natural_person") is None


def test_blank_cells_between_double_borders_are_no_columns() -> None:
    numbers = [str(n) for n in range(1, 16)]
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    rows = [["行政复议", "行政诉讼"], [*heads[:12], "", *heads[12:]], [*numbers[:12], "", *numbers[12:]]]
    page = "<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows) + "</table>"
    report = reading.open(page)
    assert [report.value(cell) for cell in FORM.tables["remedies"].cells] == [int(n) for n in numbers]


def test_an_end_bar_behind_every_row_is_no_cell_of_the_row_of_remedies() -> None:
    numbers = "|".join(str(n) for n in range(1, 15))
    heads = "结果维持|结果纠正|其他结果|尚未审结|总计|" * 3
    report = reading.open(f"四、政府信息公开行政复议、行政诉讼情况\n行政复议|行政诉讼|\n{heads}\n{numbers}|\n")
    assert {f.value for cell, f in report.figures.items() if cell.startswith("remedies.")} == {None}


@pytest.mark.parametrize("layout", ["bars", "tabs", "html_spans", "markdown"])
@pytest.mark.parametrize("printed", ["11 75", "1\u00a02", "1 234"])
def test_two_numbers_in_one_cell_are_not_made_one(layout: str, printed: str) -> None:
    report = reading.open(LAYOUTS[layout](figures() | {"remedies.reconsideration.other": printed}))
    figure = report.figures["remedies.reconsideration.other"]
    assert (figure.value, figure.reason) == (None, NOT_A_NUMBER)
    assert report.value("remedies.reconsideration.total") is not None


@pytest.mark.parametrize("tag", ["del", "s", "strike", "S", 'del datetime="2023-01-05"'])
def test_a_number_that_is_struck_out_is_not_read_with_the_one_beside_it(tag: str) -> None:
    printed = figures(22)
    struck = f"<{tag}>9</{tag.split(maxsplit=1)[0]}>"
    page = re.sub(r"(<td[^>]*>)(?=\d+</td>)", rf"\1{struck}", html_spans(printed))
    assert struck in page
    assert values(reading.open(page)) == printed


@pytest.mark.parametrize("mark", ["①", "²", "⑵"])
def test_the_mark_of_a_note_is_no_digit(mark: str) -> None:
    report = reading.open(html_spans(figures() | {"applications.granted.total": f"25{mark}"}))
    figure = report.figures["applications.granted.total"]
    assert (figure.value, figure.printed) == (25, f"25{mark}")


def test_a_row_with_too_many_numbers_is_unread() -> None:
    text = tabs(figures(12)).replace("\t重复", "重复")
    line = next(li for li in text.split("\n") if "2.重复申请" in li)
    report = reading.open(text.replace(line, line.rstrip("\t") + "\t88\t"))
    assert report.figures["applications.not_processed_duplicate.total"].reason == CELLS_SURPLUS


def test_the_form_of_2019_is_known_by_its_labels_whatever_notice_is_cited() -> None:
    text = (
        "清源县水务局2022年政府信息公开工作年度报告\n依据国办公开办函〔2021〕30号编制。\n二、主动公开政府信息情况\n"
        "第二十条第（一）项\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n0\n0\n0\n规范性文件\n3\n2\n40\n"
        "第二十条第（五）项\n信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n行政许可\n12\n-1\n340\n其他对外管理服务事项\n5\n+2\n9\n"
        "第二十条第（八）项\n信息内容\n上一年项目数量\n本年增/减\n行政事业性收费\n4\n0\n"
        "第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额\n政府集中采购\n6\n152.30万元\n"
    )
    report = reading.open(text)
    assert report.form == "2019"
    assert report.value("proactive.normative_documents.public_total") == 40
    assert (
        report.value("proactive.licensing.items_change"),
        report.value("proactive.other_services.items_change"),
    ) == (-1, 2)
    assert report.value("proactive.procurement.amount") == Decimal("152.30")
    assert "applications.other_fee_unpaid.total" not in report.figures


@pytest.mark.parametrize("layout", [vertical_labels, broken_heads])
def test_heads_broken_into_pieces_are_not_damaged(layout: object) -> None:
    assert callable(layout)
    assert not notes(reading.open(layout(figures())), HEADER_DAMAGED)

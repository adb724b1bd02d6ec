"""The findings sheet: every finding listed with its place, and the place marked in the document."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2 as pdfium
import pytest
import python_calamine as calamine
from docx.oxml.ns import qn
from rendering.reports import build
from selectolax.lexbor import LexborHTMLParser

from gongkai.checks import Finding, catalogue, run
from gongkai.figures import Figure, Place
from gongkai.rendering import SHEET_FORMATS, RenderingError, findings_sheet
from gongkai.rendering.layout import title_lines
from gongkai.rendering.sheet import FindingMarks
from gongkai.rendering.xlsx import FINDINGS_SHEET, TEXT_SHEET
from gongkai.report import Report

TITLES = {check.name: check.title for check in catalogue().values()}


@pytest.fixture(scope="module")
def report() -> Report:
    """2 received and 1 answered, which does not add up; and a sentence that a finding is about."""
    figures = {"applications.received.total": Figure(2, "2"), "applications.total.total": Figure(1, "1")}
    return build(prose={"overview": ["全年收到申请三件，均已答复。"]}, figures=figures)


@pytest.fixture(scope="module")
def findings(report: Report) -> list[Finding]:
    start = report.text.index("收到申请三件")
    words = Finding(
        "figure-differs",
        "fails",
        "warning",
        "正文与表格不一致",
        "条例 第五十条",
        where=(Place(start, start + 6),),
        expected="2",
        found="3",
        hint="核对申请登记簿",
    )
    unread = Finding("carry-over-broken", "unread", "error", "未能核对（所需数字未读到）：自然人", "附件")
    return [words, *(f for f in run(report) if f.check == "applications-unbalanced"), unread]


def html(report: Report, findings: list[Finding]) -> LexborHTMLParser:
    return LexborHTMLParser(findings_sheet(report, findings, "html", TITLES).decode())


def test_errors_come_first_and_each_has_its_sentences(report: Report, findings: list[Finding]) -> None:
    rows = [[cell.text() for cell in row.css("td")] for row in html(report, findings).css("table.findings tbody tr")]
    assert [row[:2] for row in rows] == [["1", "错误"], ["2", "警告"]]
    assert TITLES["applications-unbalanced"] in rows[0][2]
    assert "一、本年新收政府信息公开申请数量，总计" in rows[0][3]
    assert "应为：2；实为：3" in rows[1][2]
    assert rows[1][3] == "全年【收到申请三件】，均已答复。"
    assert rows[1][4] == "核对申请登记簿依据：条例 第五十条"


def test_what_could_not_be_checked_is_said_and_not_counted(report: Report, findings: list[Finding]) -> None:
    text = html(report, findings).body.text()  # type: ignore[union-attr]
    assert "发现错误1处、警告1处，另有1项因所需数字未读到而未能核对" in text
    assert "未能核对（所需数字未读到）：自然人。" in text


def test_places_are_marked_where_they_stand(report: Report, findings: list[Finding]) -> None:
    tree = html(report, findings)
    assert [mark.text() for mark in tree.css("p > mark")] == ["收到申请三件"]
    assert {a.attributes["href"] for a in tree.css("p > sup > a")} == {"#finding-2"}
    marked = {c.attributes["data-key"] for c in tree.css("td[data-key]:has(mark)")}
    assert "applications.received.total" in marked
    assert "applications.granted.business" not in marked
    assert tree.css_first("#finding-2") is not None


def test_a_place_inside_a_cell_marks_the_cell(report: Report) -> None:
    place = report.figures["applications.total.total"].place
    assert place is not None
    finding = Finding("odd", "fails", "info", "存疑", "", where=(place,))
    marks = FindingMarks(report, [finding])
    assert marks.cell("applications.total.total") == (1,)
    assert marks.spans(0, len(report.text)) == []


def test_marks_that_overlap_are_all_numbered(report: Report) -> None:
    start = report.text.index("收到申请")
    places = [Place(start, start + 4), Place(start + 2, start + 6)]
    both = [Finding("odd", "fails", "info", "存疑", "", where=(place,)) for place in places]
    tree = html(report, both)
    assert "".join(mark.text() for mark in tree.css("p > mark")) == "收到申请三件"
    assert [a.text() for a in tree.css("p > sup > a")] == ["[1]", "[2]"]


def test_word_marks_the_same(report: Report, findings: list[Finding]) -> None:
    document = docx.Document(BytesIO(findings_sheet(report, findings, "docx", TITLES)))
    shaded = [r.text for p in document.paragraphs for r in p.runs if r._r.find(".//" + qn("w:shd")) is not None]
    assert shaded == ["收到申请三件"]
    assert document.tables[0].rows[1].cells[1].text == "错误"
    cells = [c for row in document.tables[2].rows for c in row.cells if c._tc.tcPr.find(qn("w:shd")) is not None]
    assert {cell.text for cell in cells} >= {"2[1]", "1[1]"}


def test_excel_has_the_list_first_and_marks_the_same(report: Report, findings: list[Finding]) -> None:
    data = findings_sheet(report, findings, "xlsx", TITLES)
    book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    assert book.sheet_names[:2] == [FINDINGS_SHEET, TEXT_SHEET]
    listed = book.get_sheet_by_name(FINDINGS_SHEET).to_python()
    head = next(n for n, row in enumerate(listed) if row[0] == "序号")
    assert [row[:2] for row in listed[head + 1 : head + 3]] == [["1", "错误"], ["2", "警告"]]
    assert "全年【收到申请三件】，均已答复。" in listed[head + 2][3]
    lines = [line for (line,) in book.get_sheet_by_name(TEXT_SHEET).to_python()]
    assert "全年【收到申请三件】[2]，均已答复。" in lines
    with ZipFile(BytesIO(data)) as package:
        notes = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/comments")]
    assert [note.count("核对意见第1条") for note in notes] == [len(findings[1].cells)]


def test_excel_without_findings_has_the_summary(report: Report) -> None:
    book = calamine.CalamineWorkbook.from_filelike(BytesIO(findings_sheet(report, [], "xlsx")))
    assert "没有发现问题" in book.get_sheet_by_name(FINDINGS_SHEET).to_python()[1][0]


def test_pages_show_list_and_document(report: Report, findings: list[Finding], pdf_fonts: object) -> None:
    document = pdfium.PdfDocument(findings_sheet(report, findings, "pdf", TITLES))
    pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    assert "核对意见" in pages[0]
    assert "一、总体情况" not in pages[0]
    assert "一、总体情况" in pages[1]
    assert document.get_metadata_dict()["Title"] == f"{report.title}核对意见"


def about(report: Report, words: str, **said: str) -> Finding:
    start = report.text.index(words)
    return Finding(
        "odd", "fails", "error", **{"message": "存疑", **said}, source="", where=(Place(start, start + len(words)),)
    )


def test_a_title_in_two_lines_keeps_its_mark(report: Report) -> None:
    assert report.title
    assert report.title_place
    document = docx.Document(BytesIO(findings_sheet(report, [about(report, report.title)], "docx")))
    shaded = [r.text for p in document.paragraphs for r in p.runs if r._r.find(".//" + qn("w:shd")) is not None]
    assert shaded == title_lines(report.title, report.agency)
    assert len(shaded) == 2


def test_what_the_message_says_is_not_said_again(report: Report) -> None:
    told = about(report, "三件", message="应为“乙”，印作“甲”", expected="乙", found="甲")
    hinted = about(report, "三件", message="有误", expected="丙", found="丁", hint="应为 丙")
    cells = [cell.text() for cell in html(report, [told, hinted]).css("table.findings td:nth-child(3)")]
    assert cells == ["应为“乙”，印作“甲”", "有误实为：丁"]


def test_findings_stay_whole_on_their_page_and_one_that_fills_pages_is_not_cut(
    report: Report, pdf_fonts: object
) -> None:
    lines = "第一行说明文字甲乙丙丁戊己庚辛\n" * 8
    findings = [about(report, "三件", message=f"起{n}号\n{lines}止{n}号") for n in range(1, 9)]
    findings.append(about(report, "三件", message="起九号" + "长" * 3000 + "止九号"))
    document = pdfium.PdfDocument(findings_sheet(report, findings, "pdf"))
    pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    for n in range(1, 9):
        (first,) = (i for i, page in enumerate(pages) if f"起{n}号" in page)
        assert f"止{n}号" in pages[first]
    assert sum(page.count("长") for page in pages) == 3000


def test_nothing_found_is_said(report: Report) -> None:
    tree = html(report, [])
    assert "没有发现问题" in tree.body.text()  # type: ignore[union-attr]
    assert not tree.css("table.findings, mark")


@pytest.mark.parametrize("format", SHEET_FORMATS)
def test_the_same_findings_give_the_same_bytes(
    report: Report, findings: list[Finding], format: str, pdf_fonts: object
) -> None:
    assert findings_sheet(report, findings, format, TITLES) == findings_sheet(report, findings, format, TITLES)


def test_a_format_that_there_is_not_is_refused(report: Report) -> None:
    with pytest.raises(RenderingError, match="docx、pdf、html、xlsx"):
        findings_sheet(report, [], "txt")

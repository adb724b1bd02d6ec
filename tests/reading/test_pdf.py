"""PDF with a text layer: the real pair against its true values, and each thing a page can do on pages of our own."""

from __future__ import annotations

import json
import re
from array import array
from pathlib import Path
from typing import Any

import pytest
from reading.pdf_pages import HEIGHT, WIDTH, Sheet, pdf
from shared_files import file_name, needs_shared, report_files

from gongkai.reading import pdf as reader
from gongkai.reading.document import Document, Grid, Line
from gongkai.reading.errors import UnreadableError
from gongkai.reading.pdf.extract import Page
from gongkai.reading.pdf.flow import write_flow
from gongkai.reading.pdf.layout import layout
from gongkai.reading.pdf.paths import Rule
from gongkai.reading.pdf.places import Writer

APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other", "total")
ROWS = {
    "received": "本年新收",
    "carried_in": "上年结转",
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "denied_state_secret": "属于国家秘密",
    "denied_prohibited_by_law": "其他法律行政",
    "denied_security_stability": "三安全一稳定",
    "denied_third_party": "第三方合法权益",
    "denied_internal_affairs": "三类内部事务",
    "denied_process": "四类过程性",
    "denied_enforcement_file": "行政执法案卷",
    "denied_administrative_query": "行政查询事项",
    "unavailable_not_held": "不掌握相关",
    "unavailable_needs_creation": "没有现成信息",
    "unavailable_unclear": "申请内容仍不明确",
    "not_processed_petition": "信访举报投诉",
    "not_processed_duplicate": "重复申请",
    "not_processed_publication": "提供公开出版物",
    "not_processed_repetitive": "无正当理由大量反复申请",
    "not_processed_confirmation": "要求行政机关确认或重新出具已获取信息",
    "total": "（七）总计",
    "carried_out": "结转下年度",
}


def rows(grid: Grid) -> list[dict[int, str]]:
    """The cells of a grid by row and column; a cell over several rows counts for its first."""
    found: list[dict[int, str]] = [{} for _ in range(1 + max(cell.row for cell in grid.cells))]
    for cell in grid.cells:
        found[cell.row][cell.column] = cell.text
    return found


def texts(document: Document) -> list[Any]:
    """Paragraphs as text, tables as rows of text."""
    return [
        block.text if isinstance(block, Line) else [list(row.values()) for row in rows(block)]
        for block in document.blocks
    ]


def check_offsets(document: Document) -> None:
    for block in document.blocks:
        for part in block.cells if isinstance(block, Grid) else [block]:
            assert document.text[part.start : part.end] == part.text


def truths() -> list[tuple[Path, dict[str, Any]]]:
    return [(path, json.loads(path.with_suffix(".truth.json").read_text("utf-8"))["tables"]) for path in report_files()]


@needs_shared
@pytest.mark.parametrize(("path", "truth"), truths(), ids=file_name)
class TestRealReport:
    def test_every_figure_of_the_applications_table_stands_in_its_row_and_column(
        self, path: Path, truth: dict[str, Any]
    ) -> None:
        found = self.all_rows(path)
        assert set(truth["applications"]) == {*ROWS, "other_no_supplement", "other_fee_unpaid", "other_other"}
        for name, label in ROWS.items():
            (row,) = [row for row in found if any(label in text for text in row.values()) and 9 in row]
            expected = truth["applications"][name]
            assert {k: row[3 + at] for at, k in enumerate(APPLICANTS)} == {k: str(v) for k, v in expected.items()}

    def test_the_row_of_other_outcomes_is_read_though_it_is_a_single_one(
        self, path: Path, truth: dict[str, Any]
    ) -> None:
        (row,) = [row for row in self.all_rows(path) if "（六）其他处理" in row.values()]
        assert [row[3 + at] for at in range(7)] == ["0"] * 7

    def test_the_remedies_stand_in_fifteen_columns(self, path: Path, truth: dict[str, Any]) -> None:
        (row,) = [row for row in self.all_rows(path) if 14 in row and row[14].isdigit()]
        parts = [list(truth["remedies"][route].values()) for route in truth["remedies"]]
        assert [row[at] for at in range(15)] == [str(value) for part in parts for value in part]

    def test_the_proactive_figures_stand_beside_their_labels(self, path: Path, truth: dict[str, Any]) -> None:
        found = {row[0]: [row[at] for at in sorted(row) if at] for row in self.all_rows(path) if 0 in row}
        table = truth["proactive"]
        for label, name in [("规章", "regulations"), ("行政规范性文件", "normative_documents")]:
            assert found[label] == [str(table[name][key]) for key in ("made", "repealed", "in_force")]
        for label, name in [("行政许可", "licensing"), ("行政处罚", "penalties"), ("行政强制", "coercion")]:
            assert found[label] == [str(table[name]["decisions"])]
        assert [float(text) for text in found["行政事业性收费"]] == [float(table["fees"]["amount_10k_cny"])]

    def test_the_vertical_label_is_one_cell(self, path: Path, truth: dict[str, Any]) -> None:
        assert any("三、本年度办理结果" in row.values() for row in self.all_rows(path))

    def test_page_numbers_are_gone_and_paragraphs_go_on_over_pages(self, path: Path, truth: dict[str, Any]) -> None:
        document = reader.read(path.read_bytes())
        paragraphs = [block.text for block in document.blocks if isinstance(block, Line)]
        assert not [text for text in paragraphs if re.fullmatch(r"[-\s\d]+", text)]
        assert all(text[-1] in "。）情况项告府、" for text in paragraphs), paragraphs
        assert {"一、总体情况", "六、其他需要报告的事项"} < set(paragraphs)
        check_offsets(document)

    def test_a_figure_is_found_on_its_page(self, path: Path, truth: dict[str, Any]) -> None:
        document = reader.read(path.read_bytes())
        cells = [cell for block in document.blocks if isinstance(block, Grid) for cell in block.cells]
        (cell,) = [cell for cell in cells if cell.text == "四、结转下年度继续办理"]
        place = document.place(cell.start, cell.end)
        assert place.page == 4
        assert place.box is not None
        left, top, right, bottom = place.box
        assert 70 < left < right < 350
        assert 240 < top < bottom < 300

    def all_rows(self, path: Path) -> list[dict[int, str]]:
        document = reader.read(path.read_bytes())
        assert document.warnings == []
        return [row for block in document.blocks if isinstance(block, Grid) for row in rows(block)]


MERGED = ["事项 > 甲类 乙类", "年度 第一项 12 _", "^ 第二项 345 67"]
MERGED_TEXT = [["事项", "甲类", "乙类"], ["年度", "第一项", "12", ""], ["第二项", "345", "67"]]


@pytest.mark.parametrize("how", ["line", "bar", "box"])
def test_a_ruled_table_gives_its_cells_with_their_spans(how: str) -> None:
    document = reader.read(pdf(Sheet().table(100, 100, MERGED, how=how)))
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    assert grid.exact
    assert texts(document) == [MERGED_TEXT]
    assert [(cell.rowspan, cell.colspan) for cell in grid.cells][:4] == [(1, 2), (1, 1), (1, 1), (2, 1)]
    check_offsets(document)


def test_a_cell_is_placed_in_points_from_the_upper_left_corner() -> None:
    document = reader.read(pdf(Sheet().table(100, 100, ["甲类 乙类", "345 67"])))
    cell = document.blocks[0].cells[2]  # type: ignore[union-attr]
    assert cell.text == "345"
    place = document.place(cell.start, cell.end)
    assert place.page == 1
    assert place.box == pytest.approx((104, 125, 119, 135), abs=1.5)


def test_a_blank_cell_has_no_place_on_the_page() -> None:
    document = reader.read(pdf(Sheet().table(100, 100, ["甲类 乙类", "_ 67"])))
    cell = document.blocks[0].cells[2]  # type: ignore[union-attr]
    assert (cell.text, document.place(cell.start, cell.end).box) == ("", None)


TURNS = {
    0: (f"/MediaBox[100 50 {100 + WIDTH} {50 + HEIGHT}]", "1 0 0 1 100 50 cm"),
    90: (f"/MediaBox[100 50 {100 + HEIGHT} {50 + WIDTH}]/Rotate 90", f"0 1 -1 0 {100 + HEIGHT} 50 cm"),
    180: (f"/MediaBox[100 50 {100 + WIDTH} {50 + HEIGHT}]/Rotate 180", f"-1 0 0 -1 {100 + WIDTH} {50 + HEIGHT} cm"),
    270: (f"/MediaBox[100 50 {100 + HEIGHT} {50 + WIDTH}]/Rotate 270", f"0 -1 1 0 100 {50 + WIDTH} cm"),
}


@pytest.mark.parametrize("turn", TURNS)
def test_a_turned_page_with_a_shifted_origin_reads_as_it_is_seen(turn: int) -> None:
    attributes, matrix = TURNS[turn]
    sheet = Sheet(attributes, operators=[matrix]).text(100, 50, "Report 2024").table(100, 100, ["one two", "345 67"])
    document = reader.read(pdf(sheet))
    assert texts(document) == ["Report 2024", [["one", "two"], ["345", "67"]]]
    at = document.text.index("345")
    assert document.place(at, at + 3).box == pytest.approx((104, 125, 119, 135), abs=1.5)


def test_places_count_from_the_corner_of_what_is_shown() -> None:
    sheet = Sheet(f"/MediaBox[0 0 {WIDTH} {HEIGHT}]/CropBox[40 0 {WIDTH} {HEIGHT - 30}]").text(100, 50, "Report")
    document = reader.read(pdf(sheet))
    assert document.place(0, 6).box == pytest.approx((60, 20, 90, 30), abs=1.5)


def test_lines_of_a_table_drawn_inside_a_form_count() -> None:
    inner = "\n".join(Sheet().table(0, 0, ["甲类 乙类", "345 67"]).operators).encode()
    sheet = Sheet(operators=["q 1 0 0 1 100 -100 cm /X Do Q"])
    document = reader.read(pdf(sheet, forms={"X": inner}))
    assert texts(document) == [[["甲类", "乙类"], ["345", "67"]]]


def test_a_table_open_at_its_sides_has_its_outer_columns() -> None:
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.line(100, y, 280, y)
    for x in (160, 220):
        sheet.line(x, 100, x, 140)
    for k, word in enumerate(["甲类", "乙类", "丙类", "1", "2", "3"]):
        sheet.text(104 + 60 * (k % 3), 105 + 20 * (k // 3), word)
    assert texts(reader.read(pdf(sheet))) == [[["甲类", "乙类", "丙类"], ["1", "2", "3"]]]


def test_a_label_turned_by_a_quarter_is_one_cell() -> None:
    sheet = Sheet().table(100, 100, ["_ 甲类 乙类", "^ 1 2", "^ 3 4", "^ 5 6"]).upright(135, 175, "RESULTS")
    assert texts(reader.read(pdf(sheet)))[0][0] == ["RESULTS", "甲类", "乙类"]


def test_a_label_of_one_character_a_line_is_one_cell() -> None:
    label = "办理结果"
    page = Page(
        number=1,
        width=WIDTH,
        height=HEIGHT,
        text="\r\n".join(label),
        left=array("f", [110, 0, 0] * 3 + [110]),
        top=array("f", [105, 0, 0, 117, 0, 0, 129, 0, 0, 141]),
        right=array("f", [120, 0, 0] * 3 + [120]),
        bottom=array("f", [115, 0, 0, 127, 0, 0, 139, 0, 0, 151]),
        rules=[Rule(True, y, 100, 200) for y in (100, 160)] + [Rule(False, x, 100, 160) for x in (100, 130, 200)],
        crowded=False,
        has_image=False,
        truncated=False,
        lost=False,
    )
    writer = Writer([page])
    (grid,) = write_flow(writer, [layout(0, page)], [[]])
    assert [list(row.values()) for row in rows(grid)] == [[label, ""]]  # type: ignore[arg-type]
    cell = grid.cells[0]  # type: ignore[union-attr]
    assert writer.places(cell.start, cell.end).box == (110, 105, 120, 151)


def test_words_broken_over_the_lines_of_a_cell_are_joined_and_numbers_are_not() -> None:
    sheet = Sheet().table(100, 100, ["_ _"], down=40)
    sheet.text(104, 105, "重新出").text(104, 120, "具信息").text(164, 105, "12").text(164, 120, "34")
    assert texts(reader.read(pdf(sheet))) == [[["重新出具信息", "12\n34"]]]


def test_numbers_in_neighbouring_cells_stay_apart_where_pdfium_sees_one_word() -> None:
    sheet = Sheet().table(100, 100, ["_ _ _"], across=7, down=20)
    sheet.operators.append("BT /F 5 Tf 101 730 Td [<0031> -900 <0032> -900 <0033>] TJ ET")
    assert texts(reader.read(pdf(sheet))) == [[["1", "2", "3"]]]


def test_a_frame_around_the_page_is_no_table() -> None:
    sheet = Sheet().box(40, 40, 555, 800).text(100, 100, "正文一行").table(100, 200, ["甲类 乙类", "1 2"])
    assert texts(reader.read(pdf(sheet))) == ["正文一行", [["甲类", "乙类"], ["1", "2"]]]


def test_columns_without_lines_are_a_table_when_they_are_aligned() -> None:
    sheet = Sheet().text(80, 60, "下表没有线条")
    wanted = [["项目名称", "甲类", "乙类"], ["规章文件", "0", "12"], ["其他文件", "", "7"]]
    for i, row in enumerate(wanted):
        for x, word in zip((80, 250, 350), row, strict=True):
            if word:
                sheet.text(x, 100 + 20 * i, word)
    assert texts(reader.read(pdf(sheet))) == ["下表没有线条", wanted]


def test_a_single_line_with_column_gaps_keeps_them() -> None:
    sheet = Sheet().text(80, 60, "索引号").text(200, 60, "12345")
    assert texts(reader.read(pdf(sheet))) == ["索引号  12345"]


def test_full_lines_are_joined_and_indented_or_short_ones_are_not() -> None:
    sheet = Sheet()
    lines = [
        (80, "一、小标题"),
        (80, "这是第一段的第一行文字排满整行到右边界"),
        (60, "紧接着是第二行文字同样地排满整行到右边界处"),
        (60, "到此结束。"),
        (80, "这是第二段的第一行文字排满整行到右边界"),
        (60, "到此又结束。"),
    ]
    for k, (x, words) in enumerate(lines):
        sheet.text(x, 100 + 15 * k, words)
    assert texts(reader.read(pdf(sheet))) == [
        lines[0][1],
        lines[1][1] + lines[2][1] + lines[3][1],
        lines[4][1] + lines[5][1],
    ]


@pytest.mark.parametrize("mark", ["- {} -", "-{}-", "第{}页", "第 {} 页 共 9 页", "— {} —", "{}", "{}/9"])
def test_page_numbers_are_left_out_and_the_paragraph_goes_on(mark: str) -> None:
    full = "这一行文字排满整行一直到右边界处为止不停"
    sheets = [
        Sheet().text(60, 100, full).text(60, 760, full).text(280, 800, mark.format(1)),
        Sheet().text(60, 100, "到此结束。").text(280, 800, mark.format(2)),
    ]
    assert texts(reader.read(pdf(*sheets)))[-1] == full + "到此结束。"


def test_running_headers_are_left_out() -> None:
    sheets = [Sheet().text(200, 30, "某某局年度报告").text(60, 100 + 60 * k, f"第{k}部分正文") for k in range(4)]
    text = reader.read(pdf(*sheets)).text
    assert re.findall(r"\d", text) == ["0", "1", "2", "3"]
    assert "某某局" not in text


def test_a_figure_at_the_foot_of_a_table_is_no_page_number() -> None:
    document = reader.read(pdf(Sheet().table(100, 780, ["甲类 乙类", "345 _"])))
    assert texts(document) == [[["甲类", "乙类"], ["345", ""]]]


def test_radicals_are_kept_as_they_are_printed() -> None:
    text = reader.read(pdf(Sheet().text(100, 100, "⼀、⼆⽉情况"))).text
    assert "⼀、⼆⽉" in text or "一、二月" in text


def test_the_file_information_becomes_metadata() -> None:
    document = reader.read(pdf(Sheet().text(100, 100, "正文"), info="/Title(Report)/CreationDate(D:20240131)"))
    assert document.metadata == {"title": "Report", "creationdate": "D:20240131"}


def test_a_scan_is_refused_with_its_reason() -> None:
    with pytest.raises(UnreadableError, match="扫描件（共 2 页"):
        reader.read(pdf(Sheet().image(), Sheet().image().text(280, 800, "- 2 -")))


def test_an_empty_file_of_pages_is_refused() -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        reader.read(pdf(Sheet()))


def test_pages_that_are_pictures_are_named() -> None:
    document = reader.read(pdf(Sheet().text(100, 100, "正文"), Sheet().image(), Sheet().image()))
    assert document.warnings == ["第 2—3 页是图片，没有文字层，未能读取。"]

"""Word documents are read as they print: text in order, tables with their spans, numbers of headings included."""

from __future__ import annotations

import io
import zipfile

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading.office import W_NS, cell, document_xml, packed, paragraph, row, table, word

from gongkai.reading.document import Document, Grid, Line
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_BYTES, MAX_CELLS, MAX_SPAN
from gongkai.reading.office import docx
from gongkai.reading.office.container import MAX_MEMBERS, Container


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def shape(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(each.text, each.row, each.column, each.rowspan, each.colspan) for each in grid.cells]


def offsets_hold(document: Document) -> bool:
    places = [place for block in document.blocks for place in (block.cells if isinstance(block, Grid) else [block])]
    return all(document.text[place.start : place.end] == place.text for place in places)


def body(xml: str, **parts: str) -> Document:
    document = docx.read(word(xml, **parts))
    assert offsets_hold(document)
    return document


def read_or_refused(data: bytes) -> bool:
    """False for neither; any other error goes through."""
    try:
        return offsets_hold(docx.read(data))
    except UnreadableError as error:
        return bool(str(error))


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        docx.read(data)
    message = str(caught.value)
    assert message
    assert "\n" not in message
    return message


# What prints


def test_paragraphs_and_tables_come_in_order_with_offsets_and_properties() -> None:
    made = python_docx.Document()
    made.core_properties.title = "某镇年度报告"
    made.add_paragraph("一、总体情况")
    grid = made.add_table(2, 2)
    grid.cell(0, 0).text, grid.cell(1, 1).text = "规章", "3\n4"
    made.add_paragraph("  二、主动公开  ")
    out = io.BytesIO()
    made.save(out)
    document = docx.read(out.getvalue())
    assert offsets_hold(document)
    assert [type(block) for block in document.blocks] == [Line, Grid, Line]
    assert lines(document) == ["一、总体情况", "二、主动公开"]
    assert document.text == "一、总体情况\n规章\t\n\t3\n4\n二、主动公开\n"
    assert document.format == "docx"
    assert document.metadata["title"] == "某镇年度报告"
    assert {"creator", "created", "modified"} <= document.metadata.keys()


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/></w:r></w:p>", ["甲\t乙", "丙"]),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>", ["甲"]),
        ("<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>",
         ["增"]),
        ("<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:t>新</w:t></w:r></w:p>", ["新"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>", ["控件"]),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>行内</w:t></w:r></w:sdtContent></w:sdt></w:p>", ["行内"]),
        ("<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", ["链接"]),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>", ["显"]),
        ('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r></w:p>', ["显"]),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>yi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>一</w:t></w:r></w:rubyBase>"
         "</w:ruby></w:r></w:p>", ["一"]),
        ("<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>", []),
    ],
)  # fmt: skip
def test_only_what_prints_is_text(xml: str, expected: list[str]) -> None:
    assert lines(body(xml)) == expected


def field_char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_fields_show_their_results_and_not_their_codes() -> None:
    nested = (
        "<w:p>" + field_char("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>"
        + field_char("begin") + field_char("separate") + "<w:r><w:t>条件</w:t></w:r>" + field_char("end")
        + field_char("separate") + "<w:r><w:t>2024</w:t></w:r>" + field_char("end") + "<w:r><w:t>年</w:t></w:r></w:p>"
    )  # fmt: skip
    simple = '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>'
    # A field that is never closed must not swallow the rest.
    open_field = "<w:p>" + field_char("begin") + "<w:r><w:t>x</w:t></w:r></w:p>" + paragraph("其后")
    assert lines(body(nested + simple + open_field)) == ["2024年", "3", "其后"]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}{table(row(cell('1'), cell('2')))}</w:txbxContent>"
    xml = (
        "<w:p><w:r><w:t>锚</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document = body(xml)
    assert lines(document) == ["锚", "框内"]
    assert len(grids(document)) == 1
    old = f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>"
    assert lines(body(old)) == ["框内"]


def test_a_generated_table_of_contents_is_left_out() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('一、总体情况 1')}</w:sdtContent></w:sdt>"
    )
    assert lines(body(contents + paragraph("一、总体情况"))) == ["一、总体情况"]


def test_a_strict_document_under_another_name_is_read() -> None:
    xml = document_xml(paragraph("正文")).replace(
        W_NS,
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    assert lines(docx.read(packed({"_rels/.rels": rels, "word/document2.xml": xml}))) == ["正文"]


# Tables


def test_spans_across_and_down_are_exact() -> None:
    merged, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    xml = table(
        row(cell("类别", merged + '<w:gridSpan w:val="2"/>'), cell("合计", '<w:gridSpan w:val="2"/>')),
        row(cell("", on + '<w:gridSpan w:val="2"/>'), cell("自然人"), cell("法人")),
        row(cell("后", ""), cell("5"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        row(cell("删"), properties='<w:del w:id="1"/>'),
    )
    assert shape(grids(body(xml))[0]) == [
        ("类别", 0, 0, 2, 2),
        ("合计", 0, 2, 1, 2),
        ("自然人", 1, 2, 1, 1),
        ("法人", 1, 3, 1, 1),
        ("后", 2, 1, 1, 1),
        ("5", 2, 2, 1, 1),
    ]


def test_python_docx_merges_come_back_as_spans() -> None:
    made = python_docx.Document()
    grid = made.add_table(4, 5)
    for r in range(4):
        for c in range(5):
            grid.cell(r, c).text = f"{r}{c}"
    joined = grid.cell(1, 1).merge(grid.cell(2, 3))
    joined.text = "合"
    out = io.BytesIO()
    made.save(out)
    found = shape(grids(docx.read(out.getvalue()))[0])
    assert ("合", 1, 1, 2, 3) in found
    assert len(found) == 20 - 5


def test_an_older_merge_across_and_a_continuation_of_nothing() -> None:
    xml = table(
        row(cell("宽", '<w:hMerge w:val="restart"/>'), cell("", '<w:hMerge w:val="continue"/>'), cell("1")),
        row(cell("甲"), cell("乙"), cell("2", "<w:vMerge/>")),
    )
    assert shape(grids(body(xml))[0]) == [
        ("宽", 0, 0, 1, 2),
        ("1", 0, 2, 1, 1),
        ("甲", 1, 0, 1, 1),
        ("乙", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
    ]


def test_cells_and_rows_inside_content_controls_are_read() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    xml = table(control.format(row(cell("甲"), control.format(cell("乙")))), row(cell("丙"), cell("丁")))
    assert [each.text for each in grids(body(xml))[0].cells] == ["甲", "乙", "丙", "丁"]


def test_the_paragraphs_of_a_cell_are_its_lines() -> None:
    tall = f"<w:tc>{paragraph('本')}{paragraph('')}{paragraph(' 年 ')}</w:tc>"
    assert grids(body(table(row(tall, cell("1")))))[0].cells[0].text == "本\n年"


def data_table(rows: int = 4) -> str:
    return table(*(row(cell(f"标签{index}"), cell(str(index)), cell("0")) for index in range(rows)))


def test_a_table_that_lays_out_the_page_becomes_text_and_inner_grids() -> None:
    particulars = row(cell("索引号"), cell("A-1"))
    page = row(f"<w:tc>{paragraph('一、总体情况')}{data_table()}{paragraph('二、其他')}</w:tc>")
    document = body(table(particulars, page))
    assert lines(document) == ["一、总体情况", "二、其他"]
    assert [len(grid.cells) for grid in grids(document)] == [2, 12]
    assert lines(body(table(row(cell("框中的正文"))))) == ["框中的正文"]


def test_a_small_table_in_a_cell_of_a_table_of_data_stays_in_its_cell() -> None:
    inner = f"<w:tc>{table(row(cell('甲'), cell('乙')))}{paragraph('')}</w:tc>"
    document = body(
        table(*(row(cell(f"{i}"), cell("1"), cell("2")) for i in range(4)), row(cell("末"), inner, cell("3")))
    )
    assert len(grids(document)) == 1
    assert "甲\t乙" in [each.text for each in grids(document)[0].cells]


# Numbers that Word prints itself


def level(index: int, form: str, text: str, more: str = "") -> str:
    kind = f'<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/>{kind}</w:lvl>'


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def numbered(text: str, at: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def test_headings_numbered_by_word_are_complete() -> None:
    numbering = lists(level(0, "chineseCounting", "%1、"), level(1, "chineseCountingThousand", "（%2）"))
    xml = "".join(
        [
            numbered("总体情况"), numbered("主动公开", 1), numbered("依申请公开", 1), paragraph("正文。"),
            numbered("主动公开情况"), numbered("重新起数", 1), numbered(""),
        ]
    )  # fmt: skip
    assert lines(body(xml, numbering=numbering)) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "正文。", "二、主动公开情况", "（一）重新起数",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "count", "printed"),
    [
        ("chineseCountingThousand", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("ideographTraditional", 2, "乙"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 4, "iv"),
        ("someFutureForm", 5, "5"),
    ],
)
def test_each_form_of_number_prints_as_word_prints_it(form: str, count: int, printed: str) -> None:
    xml = "".join(numbered("项") for _ in range(count))
    assert lines(body(xml, numbering=lists(level(0, form, "%1．"))))[-1] == f"{printed}．项"


def test_numbers_come_from_styles_and_their_ancestors_too() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="b"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:styleId="ring"><w:basedOn w:val="ring"/></w:style>'
    )
    numbering = lists(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    xml = (
        paragraph("甲", '<w:pStyle w:val="a"/>') + paragraph("乙", '<w:pStyle w:val="b"/>')
        + paragraph("丙", '<w:pStyle w:val="c"/>') + paragraph("丁", '<w:pStyle w:val="ring"/>')
        + paragraph("戊", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )  # fmt: skip
    assert lines(body(xml, numbering=numbering, styles=styles)) == ["一、甲", "二、乙", "二.1 丙", "丁", "戊"]


def test_a_restarted_list_begins_again_and_bullets_print_no_number() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbering = lists(level(0, "chineseCounting", "%1、"), level(1, "bullet", "•"), nums=nums)
    xml = numbered("甲") + numbered("乙", 0, 3) + numbered("丙", 0, 2) + numbered("丁", 0, 2) + numbered("点", 1, 2)
    assert lines(body(xml, numbering=numbering)) == ["一、甲", "二、乙", "一、丙", "二、丁", "点"]


def test_a_column_of_serial_numbers_is_in_its_cells() -> None:
    serial = f"<w:tc>{numbered('')}</w:tc>"
    document = body(table(row(serial, cell("甲")), row(serial, cell("乙"))), numbering=lists(level(0, "decimal", "%1")))
    assert [each.text for each in grids(document)[0].cells] == ["1", "甲", "2", "乙"]


# Broken and hostile files


def test_files_that_are_no_whole_word_document_are_refused_with_a_reason() -> None:
    whole = word(paragraph("正文"))
    assert "损坏" in refused(whole[: len(whole) // 2])
    assert "损坏" in refused(b"no zip")
    assert "损坏" in refused(b"")
    assert "word/document.xml" in refused(packed({"word/styles.xml": "<x/>"}))
    assert "正文" in refused(packed({"word/document.xml": "<x/>"}))
    assert "损坏" in refused(packed({"word/document.xml": document_xml("<w:p>")}))
    assert "损坏" in refused(packed({"word/document.xml": ""}))


def test_a_wrong_checksum_is_refused() -> None:
    data = packed({"word/document.xml": document_xml(paragraph("十件"))}, zipfile.ZIP_STORED)
    changed = data.replace("十件".encode(), "九件".encode())
    assert changed != data
    assert "损坏" in refused(changed)


def test_a_member_without_a_name_does_not_stop_the_others() -> None:
    nameless = bytearray(SOUND)
    # A name of length 0 in the directory; where the name was, the extra field begins.
    entry = nameless.index(b"PK\x01\x02")
    length = int.from_bytes(nameless[entry + 28 : entry + 30], "little")
    nameless[entry + 28 : entry + 32] = bytes(2) + length.to_bytes(2, "little")
    nameless[entry + 46 : entry + 50] = b"\xff\xff" + (length - 4).to_bytes(2, "little")
    assert "" in Container(bytes(nameless)).names


def test_an_encrypted_member_is_said_to_have_a_password() -> None:
    data = bytearray(word(paragraph("正文")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + flags] |= 1
    assert "密码" in refused(bytes(data))


def bomb() -> bytes:
    return packed({"word/document.xml": b"\0" * 80_000_000})


def test_a_member_that_inflates_without_end_is_stopped_whatever_its_header_says() -> None:
    data = bytearray(bomb())
    assert len(data) < 100_000
    assert "过大" in refused(bytes(data))
    directory = data.find(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert "过大" in refused(bytes(data))


def test_members_that_overlap_are_counted_each_time() -> None:
    data = packed({f"word/{name}.xml": b"<x/>" + b" " * 1_000_000 for name in "ab"})
    container = Container(data, budget=1_500_000)
    container.read("word/a.xml")
    for again in "ab":
        with pytest.raises(UnreadableError, match="过大"):
            container.read(f"word/{again}.xml")


def test_too_many_members_and_too_large_files_are_refused_unopened() -> None:
    assert "个" in refused(b"PK\x03\x04" + b"PK\x01\x02" * (MAX_MEMBERS + 1))
    assert "MB" in refused(b"PK\x03\x04" + bytes(MAX_BYTES))


def test_entities_are_refused_in_any_encoding() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    xml = (
        f'<?xml version="1.0" encoding="{{}}"?><!DOCTYPE w [<!ENTITY l0 "哈">{laughs}]>'
        + document_xml("&l11;").split("?>")[1]
    )
    assert "实体" in refused(packed({"word/document.xml": xml.format("UTF-8").encode()}))
    assert refused(packed({"word/document.xml": xml.format("UTF-16").encode("utf-16")}))
    outside = '<!DOCTYPE w SYSTEM "file:///etc/passwd">' + document_xml("").split("?>")[1]
    assert "实体" in refused(packed({"word/document.xml": outside.encode()}))


def test_absurd_spans_and_depths_are_bounded() -> None:
    wide = table(
        row(cell("宽", '<w:gridSpan w:val="99999999999"/>'), cell("1", '<w:gridSpan w:val="-3"/>')), row(cell("x"))
    )
    assert shape(grids(body(wide))[0])[:2] == [("宽", 0, 0, 1, MAX_SPAN), ("1", 0, MAX_SPAN, 1, 1)]
    for opened, closed in (
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ):
        assert "损坏" in refused(word(opened * 100_000 + closed * 100_000))
        assert lines(body(opened * 40 + paragraph("深") + closed * 40)) == ["深"]


def test_a_flood_of_elements_is_refused() -> None:
    assert "庞杂" in refused(word("<w:p/>" * 3_000_000))


def test_a_table_without_end_is_cut_and_the_document_says_so() -> None:
    one = "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    document = body(f"<w:tbl>{one * (MAX_CELLS // 2 + 500)}</w:tbl>" + paragraph("其后"))
    assert len(grids(document)[0].cells) == MAX_CELLS
    assert any("没有读取" in warning for warning in document.warnings)


SOUND = word(
    paragraph("一、总体情况")
    + table(row(cell("规章"), cell("3", '<w:gridSpan w:val="2"/>')), row(cell("甲"), cell("4"))),
    numbering=lists(level(0, "chineseCounting", "%1、")),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(SOUND)))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(SOUND)
    for at, byte in changes:
        data[at] = byte
    for variant in (bytes(data), bytes(data[:length])):
        assert read_or_refused(variant)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=3)), min_size=1, max_size=6))
def test_damaged_xml_in_a_sound_container_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    parts = {name: Container(SOUND).read(name) for name in ("word/document.xml", "word/numbering.xml")}
    for name, content in parts.items():
        broken = bytearray(content)
        for at, piece in changes:
            broken[at % len(broken) : at % len(broken) + len(piece)] = piece
        assert read_or_refused(packed({**parts, name: bytes(broken)}))

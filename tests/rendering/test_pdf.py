"""PDF: the page of GB/T 9704 measured on the pages themselves."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw
from rendering.reports import build, county, damaged, long_prose, township

from gongkai.rendering import RenderingError, render
from gongkai.rendering.layout import POINTS_PER_MM

pytestmark = pytest.mark.usefixtures("pdf_fonts")


def opened(report: object) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(render(report, "pdf"))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def long_document() -> pdfium.PdfDocument:
    return opened(long_prose())


def characters(page: pdfium.PdfPage) -> list[tuple[str, float, float, float]]:
    """(character, x, baseline in mm from the upper left corner, size in points) of what is printed."""
    text = page.get_textpage()
    out = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if character.isspace():
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        top = page.get_height() - y.value
        size = raw.FPDFText_GetFontSize(text.raw, index)
        out.append((character, x.value / POINTS_PER_MM, top / POINTS_PER_MM, round(size, 2)))
    return out


def lines(page: pdfium.PdfPage) -> dict[float, list[tuple[str, float, float, float]]]:
    """Baseline → characters, without the page number."""
    out: dict[float, list[tuple[str, float, float, float]]] = {}
    for character in characters(page):
        if character[2] < 37 + 225:
            out.setdefault(round(character[2], 1), []).append(character)
    return dict(sorted(out.items()))


def test_paper_is_a4(long_document: pdfium.PdfDocument) -> None:
    for index in range(len(long_document)):
        width, height = long_document[index].get_size()
        assert (width / POINTS_PER_MM, height / POINTS_PER_MM) == pytest.approx((210, 297), abs=0.1)


def test_a_page_of_text_has_22_lines_of_28_characters(long_document: pdfium.PdfDocument) -> None:
    counts = [len(lines(long_document[page])) for page in range(1, 6)]
    assert set(counts) == {22}
    longest = Counter(len(line) for page in range(1, 6) for line in lines(long_document[page]).values())
    full = [n for n in longest if n >= 27]
    assert longest[28] > longest[27]
    assert max(full) <= 29  # closing punctuation may be drawn into a line


def test_text_keeps_to_the_type_area(long_document: pdfium.PdfDocument) -> None:
    for page in range(1, 6):
        shown = [c for line in lines(long_document[page]).values() for c in line]
        assert min(x for _, x, _, _ in shown) == pytest.approx(28, abs=0.6)
        # A character's origin is its left edge; a full one is 5.6 mm wide.
        assert max(x for _, x, _, _ in shown) <= 28 + 156
        assert min(y for _, _, y, _ in shown) > 37
        assert max(y for _, _, y, _ in shown) < 37 + 225


def test_lines_stand_at_equal_distances(long_document: pdfium.PdfDocument) -> None:
    heights = list(lines(long_document[2]))
    steps = [b - a for a, b in pairwise(heights)]
    assert all(step == pytest.approx(225 / 22, abs=0.15) for step in steps)


def test_type_sizes_are_those_of_the_standard() -> None:
    document = opened(county())
    first = lines(document[0])
    sizes = [Counter(size for *_, size in line).most_common(1)[0][0] for line in first.values()]
    assert sizes[:2] == [22, 22]
    assert set(sizes[2:]) == {16}
    table = Counter(size for page in (1, 2) for *_, size in characters(document[page]))
    assert table[10.5] > 300


def test_page_numbers_stand_outside_seven_mm_below() -> None:
    document = opened(long_prose())
    for index in range(4):
        folio = [c for c in characters(document[index]) if c[2] > 37 + 225]
        assert "".join(c for c, *_ in folio) == f"—{index + 1}—"
        assert {size for *_, size in folio} == {14}
        left, right = folio[0][1], folio[-1][1]
        if index % 2 == 0:
            # One character from the edge to the dash, and the dash's own width, which differs from font to font.
            assert right == pytest.approx(28 + 156 - 2 * 14 / POINTS_PER_MM, abs=1.8)
        else:
            assert left == pytest.approx(28 + 14 / POINTS_PER_MM, abs=1)
        # The dash stands 0.38 em over the baseline.
        assert folio[0][2] - 0.38 * 14 / POINTS_PER_MM == pytest.approx(37 + 225 + 7, abs=0.5)


def test_seven_digits_stand_on_one_line_within_their_cell() -> None:
    text = opened(county(scale=9_999_999))[2].get_textpage().get_text_range()
    figures = re.findall(r"\d{7,8}", text)
    assert len(figures) > 3


def test_heads_repeat_where_the_table_goes_on() -> None:
    document = opened(county())
    pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    assert sum("申请人情况" in page for page in pages) == 2
    assert sum("四、结转下年度继续办理" in page.replace("\r\n", "") for page in pages) == 1


def test_it_is_pdf_a_2b_tagged_and_has_an_outline() -> None:
    data = render(county(), "pdf")
    xmp = data[data.index(b"<x:xmpmeta") : data.index(b"</x:xmpmeta>")].decode()
    assert re.search(r"pdfaid:part[^0-9]*2", xmp)
    assert re.search(r"pdfaid:conformance[^A-Z]*B", xmp)
    document = pdfium.PdfDocument(data)
    titles = [item.get_title() for item in document.get_toc()]
    chapters = [c.heading.text for c in county().chapters]
    assert [t for t in titles if t in chapters] == chapters
    assert raw.FPDFCatalog_IsTagged(document.raw)


def test_paragraphs_copy_cleanly() -> None:
    report = build(
        prose={"overview": ["（一）主动公开", "全年公开政府信息1036条，其中“两微一端”公开28条，同比增长12.5%。"]}
    )
    text = opened(report)[0].get_textpage().get_text_range().replace("\r\n", "")
    assert "全年公开政府信息1036条，其中“两微一端”公开28条，同比增长12.5%。" in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(damaged(), "pdf") == render(damaged(), "pdf")


def test_the_file_bears_the_day_of_the_report() -> None:
    report = replace(township(), published_on=date(2024, 1, 15))
    assert opened(report).get_metadata_dict()["CreationDate"].startswith("D:20240115")


def test_a_character_without_a_glyph_is_an_error_that_names_it() -> None:
    report = build(prose={"overview": ["地名为\U0002b821\U00030f54，已公开。"]})
    with pytest.raises(RenderingError, match=r"U\+2B821.*U\+30F54"):
        render(report, "pdf")


def test_words_of_a_report_are_never_typesetting_commands() -> None:
    text = '#set text(red) *粗* $x$ @ref <label> \\ "引"'
    shown = opened(build(prose={"overview": [text]}))[0].get_textpage().get_text_range()
    assert text.replace(" ", "") in shown.replace("\r\n", "").replace(" ", "")

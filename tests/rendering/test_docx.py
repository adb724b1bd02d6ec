"""DOCX: the page of GB/T 9704 measured in the file and on the pages that LibreOffice makes of it."""

from __future__ import annotations

import os
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from rendering.reports import build, county, damaged, long_prose, township

from gongkai.rendering import findings_sheet, fonts, render

MM = 0.05  # what rounding to twips may cost


@pytest.fixture(scope="module")
def document() -> docx.document.Document:
    return docx.Document(BytesIO(render(county(), "docx")))


def test_the_page_is_that_of_the_standard(document: docx.document.Document) -> None:
    section = document.sections[0]
    assert section.page_width.mm == pytest.approx(210, abs=MM)
    assert section.page_height.mm == pytest.approx(297, abs=MM)
    assert section.top_margin.mm == pytest.approx(37, abs=MM)
    assert section.left_margin.mm == pytest.approx(28, abs=MM)
    assert section.right_margin.mm == pytest.approx(210 - 28 - 156, abs=MM)
    assert section.bottom_margin.mm == pytest.approx(297 - 37 - 225, abs=MM)


@pytest.mark.parametrize(
    ("style", "family", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("TableText", "宋体", 10.5),
    ],
)
def test_each_level_has_its_font(document: docx.document.Document, style: str, family: str, points: float) -> None:
    found = document.styles[style]
    assert found.font.size == Pt(points)
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == family
    assert found.element.rPr.rFonts.get(qn("w:eastAsiaTheme")) is None


def test_22_lines_fit_the_page_and_23_do_not(document: docx.document.Document) -> None:
    pitch = document.styles["Normal"].paragraph_format.line_spacing
    assert 22 * pitch <= Mm(225) < 23 * pitch


def test_heads_repeat_and_rows_do_not_split(document: docx.document.Document) -> None:
    applications = document.tables[1]
    rows = applications._tbl.tr_lst
    assert [row.find(".//" + qn("w:tblHeader")) is not None for row in rows] == [True] * 3 + [False] * 25
    assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in rows)


def test_tables_have_fixed_widths_that_fill_the_type_area(document: docx.document.Document) -> None:
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        assert sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.gridCol_lst) / 1440 * 25.4 == pytest.approx(
            156, abs=0.3
        )


def test_merged_cells_are_merged(document: docx.document.Document) -> None:
    table = document.tables[1]
    assert table.cell(0, 0)._tc is table.cell(2, 2)._tc
    assert table.cell(5, 0).text == table.cell(24, 0).text == "三、本年度办理结果"
    assert [cell.text for cell in table.rows[7].cells[3:5]] == ["0", "0"]


def test_page_numbers_stand_outside_on_odd_and_even_pages(document: docx.document.Document) -> None:
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert "PAGE" in paragraph._p.xml


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(county(), "docx") == render(county(), "docx")
    with ZipFile(BytesIO(render(county(), "docx"))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_properties_name_the_report_and_its_day(document: docx.document.Document) -> None:
    properties = document.core_properties
    assert (properties.title, properties.author) == (county().title, county().agency)
    assert properties.created is not None
    assert properties.created.date() == county().signed_on


def test_words_of_a_report_do_not_become_markup() -> None:
    text = '数据为 <w:p/> & "三"件'
    shown = docx.Document(BytesIO(render(build(prose={"overview": [text]}), "docx")))
    assert text in [paragraph.text for paragraph in shown.paragraphs]


@pytest.fixture(scope="module")
def pages(soffice: str, pdf_fonts: object, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pdfium.PdfDocument]:
    """The pages that LibreOffice makes: county, township, damaged, long."""
    folder: Path = tmp_path_factory.mktemp("word")
    reports = {"county": county(), "township": township(), "damaged": damaged(), "long": long_prose()}
    for name, report in reports.items():
        (folder / f"{name}.docx").write_bytes(render(report, "docx"))
    (folder / "sheet.docx").write_bytes(findings_sheet(damaged(), [], "docx"))
    settings = folder / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{fonts.folder()}</dir></fontconfig>"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(settings)}
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(path) for path in folder.glob("*.docx")]
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment)
    return {path.stem: pdfium.PdfDocument(path) for path in folder.glob("*.pdf")}


def test_libreoffice_opens_every_document(pages: dict[str, pdfium.PdfDocument]) -> None:
    assert set(pages) == {"county", "township", "damaged", "long", "sheet"}
    assert 3 <= len(pages["township"]) <= 5


def test_libreoffice_sets_22_lines_on_a_page_of_text(pages: dict[str, pdfium.PdfDocument]) -> None:
    text = pages["long"][2].get_textpage()
    lines = [line for line in text.get_text_range().splitlines() if line.strip() and "—" not in line]
    assert len(lines) == 22
    # Justified lines may take in one character more where punctuation is drawn together.
    assert max(map(len, lines)) in (28, 29)

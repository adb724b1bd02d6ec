"""What letters add to the page: number, addressee, attachments, room for the seal, note, 抄送 (GB/T 9704 7.2–7.4)."""

from __future__ import annotations

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from rendering.test_pdf import characters, lines

from gongkai.rendering import docx as word
from gongkai.rendering import layout, pdf
from gongkai.rendering.content import (
    ADDRESSEE,
    ATTACHMENT,
    BLANK,
    COPIES,
    NOTE,
    NUMBER,
    NUMBERED_TITLE,
    SIGNATURE,
    TEXT,
    Block,
    Line,
    Run,
    held_together,
    line,
)
from gongkai.rendering.package import Properties

FILE = Properties("某县某局政府信息公开申请答复书", "某县某局", date(2024, 1, 26))
CHARACTER = layout.CHARACTER_PITCH / layout.POINTS_PER_MM


def attachment(*texts: str) -> Line:
    return Line(ATTACHMENT, tuple(map(Run, texts)))


def letter(paragraphs: int = 1) -> list[Block]:
    return [
        line(NUMBERED_TITLE, FILE.title),
        line(NUMBER, "某公开答〔2024〕5号"),
        line(ADDRESSEE, "张某某："),
        *(line(TEXT, f"第{n}段文字。" + "公开" * 30 + "。") for n in range(paragraphs)),
        line(BLANK),
        attachment("附件：", "1. ", "征" * 40),
        attachment("", "2. ", "批复"),
        line(BLANK),
        line(BLANK),
        line(SIGNATURE, "某县某局"),
        line(SIGNATURE, "2024年1月26日"),
        line(NOTE, "（联系电话：0000-1234567）"),
        line(COPIES, "抄送：某县司法局。"),
    ]


@pytest.fixture(scope="module")
def page(pdf_fonts: object) -> dict[str, tuple[float, float, float]]:
    """Beginning of a line → x of its first character, x of its last, its baseline; mm."""
    found = lines(pdfium.PdfDocument(pdf.paper(FILE, letter()))[0])
    return {"".join(c for c, *_ in row)[:5]: (row[0][1], row[-1][1], y) for y, row in found.items()}


def test_the_number_stands_centred_right_under_the_title(page: dict[str, tuple[float, float, float]]) -> None:
    left, right, y = page["某公开答〔"]
    # The last character is a full one: its right edge is 16 points on.
    assert left - 28 == pytest.approx(28 + 156 - right - 16 / layout.POINTS_PER_MM, abs=1)
    assert y - page["某县某局政"][2] == pytest.approx(225 / 22, abs=1)
    assert page["张某某："][2] - y == pytest.approx(2 * 225 / 22, abs=0.5)


def test_the_addressee_is_flush_left_and_text_two_characters_in(
    page: dict[str, tuple[float, float, float]],
) -> None:
    assert page["张某某："][0] == pytest.approx(28, abs=0.6)
    assert page["第0段文字"][0] == pytest.approx(28 + 2 * CHARACTER, abs=0.6)


def test_attachments_hang_under_the_first_character_of_their_names(page: dict[str, tuple[float, float, float]]) -> None:
    assert page["附件：1."][0] == pytest.approx(28 + 2 * CHARACTER, abs=0.6)
    assert page["2.批复"][0] == pytest.approx(28 + 5 * CHARACTER, abs=0.6)
    assert page["征征征征征"][0] == pytest.approx(28 + 6.5 * CHARACTER, abs=0.8)


def test_the_date_ends_four_characters_from_the_edge(pdf_fonts: object) -> None:
    found = lines(pdfium.PdfDocument(pdf.paper(FILE, letter()))[0])
    rows = [row for row in found.values() if "".join(c for c, *_ in row) == "2024年1月26日"]
    assert len(rows) == 1
    assert rows[0][-1][1] + CHARACTER == pytest.approx(28 + 156 - 4 * CHARACTER, abs=0.8)


def test_copies_stand_at_the_foot_of_the_type_area(page: dict[str, tuple[float, float, float]]) -> None:
    assert page["抄送：某县"][2] == pytest.approx(37 + 225 - 225 / 22 / 2, abs=3)
    assert page["抄送：某县"][0] == pytest.approx(28 + 14 / layout.POINTS_PER_MM, abs=0.6)


@pytest.mark.parametrize("paragraphs", range(1, 12))
def test_no_page_holds_a_signature_and_no_text(pdf_fonts: object, paragraphs: int) -> None:
    document = pdfium.PdfDocument(pdf.paper(FILE, letter(paragraphs)))
    for index in range(len(document)):
        text = "".join(c for c, *_ in characters(document[index]))
        if "2024年1月26日" in text:
            assert "公开。" in text
            assert "（联系电话" in text


def test_a_last_paragraph_longer_than_a_page_is_printed_whole(pdf_fonts: object) -> None:
    content = [line(TEXT, "甲" * 1500), line(BLANK), line(SIGNATURE, "某县某局")]
    document = pdfium.PdfDocument(pdf.paper(FILE, content))
    shown = "".join(c for index in range(len(document)) for c, *_ in characters(document[index]))
    assert shown.count("甲") == 1500


def test_a_report_is_held_together_by_nothing_new() -> None:
    assert held_together([line(TEXT, "正文"), line(SIGNATURE, "某县某局")]) == set()


def test_word_keeps_the_same_blocks_together() -> None:
    document = docx.Document(BytesIO(word.paper(FILE, letter())))
    kept = [p.text.split("\t")[0] for p in document.paragraphs if p._p.pPr.find(qn("w:keepNext")) is not None]
    assert kept[0].startswith("第0段")
    assert kept[1:] == ["", "附件：1. ", "2. ", "", "", "某县某局", "2024年1月26日"]


def test_libreoffice_sets_the_letter_as_the_pdf_is_set(soffice: str, pdf_fonts: object, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(word.paper(FILE, letter(5)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "letter.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    made = pdfium.PdfDocument(tmp_path / "letter.pdf")
    ours = pdfium.PdfDocument(pdf.paper(FILE, letter(5)))
    assert len(made) == len(ours) == 2
    for document in (made, ours):
        rows = {"".join(c for c, *_ in row)[:4]: y for y, row in lines(document[1]).items()}
        assert any(row.startswith(("公开", "第4段")) for row in rows)
        assert "2024" in rows
        assert 37 + 225 - 225 / 22 < rows["抄送：某"] < 37 + 225


def test_word_has_the_same_indents() -> None:
    document = docx.Document(BytesIO(word.paper(FILE, letter())))
    styles = {p.text[:3]: p for p in document.paragraphs if p.text}
    first, second = styles["附件："].paragraph_format, styles["2. "].paragraph_format
    assert first.left_indent.pt == pytest.approx(6.5 * layout.CHARACTER_PITCH, abs=0.1)
    assert first.left_indent.pt + first.first_line_indent.pt == pytest.approx(2 * layout.CHARACTER_PITCH, abs=0.1)
    assert second.left_indent.pt + second.first_line_indent.pt == pytest.approx(5 * layout.CHARACTER_PITCH, abs=0.1)
    assert styles["某公开"].style.paragraph_format.first_line_indent == 0
    assert styles["张某某"].style.paragraph_format.first_line_indent == 0


def test_the_same_letter_gives_the_same_bytes(pdf_fonts: object) -> None:
    assert word.paper(FILE, letter()) == word.paper(FILE, letter())
    assert pdf.paper(FILE, letter()) == pdf.paper(FILE, letter())

"""Letters on paper, read back: what stands in the letter stands in the DOCX and in the PDF, in its order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2 as pdfium
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from gongkai.office.applications.letters import Letter, Party, compose, kinds, preview, render, sample_facts
from gongkai.rendering import RenderingError

TODAY = date(2024, 3, 11)
_FOLIO = re.compile(r"—\d+—")


def packed(text: str) -> str:
    return "".join(text.split())


def full(kind: str) -> Letter:
    """A letter with everything that a letter can have."""
    facts = replace(sample_facts(kind, TODAY), copies=("某县司法局", "某县人民政府办公室"))
    applicants = (Party("张某某"), Party("某某有限公司", natural=False))
    return compose(kind, replace(facts, attachments=("批复复印件", "附图1—3"), applicants=applicants))


def in_word(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    shown = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            shown += [cell.text for row in item.rows for cell in dict.fromkeys(row.cells)]
        else:
            assert isinstance(item, Paragraph)
            shown.append(item.text)
    return packed("".join(shown))


def in_pdf(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    pages = (document[index].get_textpage().get_text_range() for index in range(len(document)))
    return _FOLIO.sub("", "".join(map(packed, pages)))


@pytest.mark.parametrize("kind", kinds())
def test_word_holds_the_letter(kind: str) -> None:
    for letter in (preview(kind, on=TODAY), full(kind)):
        assert in_word(render(letter, "docx")) == packed(letter.text)


@pytest.mark.parametrize("kind", kinds())
def test_pdf_holds_the_letter(kind: str, pdf_fonts: object) -> None:
    for letter in (preview(kind, on=TODAY), full(kind)):
        assert in_pdf(render(letter, "pdf")) == packed(letter.text)


@pytest.mark.parametrize("value", ["#pagebreak()*a*_b_$c$", "<w:br/>&amp;]]>", "{申请人}\\n\"'", "甲\x0c乙"])
def test_values_do_not_become_markup(value: str, pdf_fonts: object) -> None:
    facts = sample_facts("reply_denied_process", TODAY)
    facts = replace(facts, values={**facts.values, "description": value}, applicants=(Party(value),))
    letter = compose("reply_denied_process", facts)
    assert in_word(render(letter, "docx")) == packed(letter.text)
    assert in_pdf(render(letter, "pdf")) == packed(letter.text)


def test_the_same_letter_gives_the_same_bytes(pdf_fonts: object) -> None:
    for format in ("docx", "pdf"):
        assert render(full("fee"), format) == render(full("fee"), format)


def test_files_carry_the_day_of_the_letter_and_its_title(pdf_fonts: object) -> None:
    letter = preview("fee", on=TODAY)
    properties = docx.Document(BytesIO(render(letter, "docx"))).core_properties
    assert (properties.title, properties.author) == (letter.title, letter.body)
    assert properties.created is not None
    assert properties.created.date() == TODAY
    metadata = pdfium.PdfDocument(render(letter, "pdf")).get_metadata_dict()
    assert metadata["Title"] == letter.title
    assert metadata["CreationDate"].startswith("D:20240311")
    assert b"pdfaid:part" in render(letter, "pdf")


def test_no_file_carries_the_name_of_the_applicant_outside_of_its_text() -> None:
    facts = replace(sample_facts("reply_granted", TODAY), applicants=(Party("欧阳甲乙"),))
    with ZipFile(BytesIO(render(compose("reply_granted", facts), "docx"))) as archive:
        holding = [name for name in archive.namelist() if "欧阳甲乙".encode() in archive.read(name)]
    assert holding == ["word/document.xml"]


def test_the_registration_form_is_a_table_as_wide_as_the_type_area() -> None:
    (table,) = docx.Document(BytesIO(render(preview("register_form", on=TODAY), "docx"))).tables
    assert len(table.columns) == 4
    assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=0.3)
    assert table.cell(2, 1)._tc is table.cell(2, 3)._tc  # 申请人 has the whole width


def test_a_description_of_many_pages_is_printed_whole(pdf_fonts: object) -> None:
    for kind in ("register_form", "reply_granted"):
        facts = sample_facts(kind, TODAY)
        letter = compose(kind, replace(facts, values={**facts.values, "description": "求" * 5000}))
        assert in_pdf(render(letter, "pdf")).count("求") == packed(letter.text).count("求") >= 5000


def test_a_character_without_a_font_is_named(pdf_fonts: object) -> None:
    facts = replace(sample_facts("reply_granted", TODAY), applicants=(Party("张\U000f1234"),))
    with pytest.raises(RenderingError, match=r"U\+F1234"):
        render(compose("reply_granted", facts), "pdf")


def test_only_docx_and_pdf_are_made() -> None:
    with pytest.raises(RenderingError, match="不能生成“odt”格式"):
        render(preview("fee", on=TODAY), "odt")

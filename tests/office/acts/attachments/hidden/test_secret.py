"""The mark of a state secret is found wherever a file of an office bears it, and talk of secrecy is none."""

from __future__ import annotations

import io

import docx
import pytest
import xlsxwriter
from office.acts.attachments.hidden.looking import look, of_kind
from reading.pdf_pages import Sheet, pdf

from gongkai.office.acts.secret_mark import mark_in

BODY = "关于农村公路养护资金安排的请示"


def word(*runs: str) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    document.add_paragraph(BODY)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(text: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write("B2", text)
    return out.getvalue()


def test_in_a_word_file_also_when_it_is_cut_into_runs() -> None:
    assert of_kind(look(word("机密", "★", "5年")), "state_secret") == [("", "机密★5年")]


def test_in_a_pdf() -> None:
    assert of_kind(look(pdf(Sheet().text(50, 50, "绝密★长期"))), "state_secret") == [("", "绝密★长期")]


def test_in_a_workbook() -> None:
    assert of_kind(look(sheet("秘 密 ★")), "state_secret") == [("", "秘密★")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_in_plain_text_of_any_encoding(encoding: str) -> None:
    assert of_kind(look(f"机密★10年\n{BODY}".encode(encoding)), "state_secret") == [("", "机密★10年")]


def test_talk_of_secrecy_is_no_mark() -> None:
    talk = "商业秘密、工作秘密和机密级档案的管理，★★★★级景区"
    assert mark_in(talk) == ""
    for data in (word(talk), sheet(talk), talk.encode(), pdf(Sheet().text(50, 50, talk))):
        assert of_kind(look(data), "state_secret") == []

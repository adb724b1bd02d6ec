"""OFD, the old Office formats and WPS; what is not looked through says so."""

from __future__ import annotations

from io import BytesIO

import pytest
from office.acts.attachments.hidden.looking import look, of_kind
from office.acts.attachments.makers import compound, summary, zipped

from gongkai.office.acts.attachments.hidden.finding import EXCERPT, KINDS, Finding, excerpt, from_json
from gongkai.office.acts.attachments.kinds import KINDS as FILE_KINDS

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def test_authors_and_attachments_of_ofd_are_found() -> None:
    data = zipped(
        {
            "OFD.xml": (
                f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocInfo><ofd:Author>周八</ofd:Author>"
                '<ofd:CustomDatas><ofd:CustomData Name="密级">内部</ofd:CustomData></ofd:CustomDatas>'
                "</ofd:DocInfo></ofd:DocBody></ofd:OFD>"
            ),
            "Doc_0/Attachs/Attachments.xml": (
                f'<ofd:Attachments {OFD}><ofd:Attachment ID="1" Name="原始表格.xlsx"/></ofd:Attachments>'
            ),
            "Doc_0/Pages/Page_0/Annotation.xml": (
                f'<ofd:PageAnnot {OFD}><ofd:Annot Creator="吴九"><ofd:Remark>核对</ofd:Remark>'
                "</ofd:Annot></ofd:PageAnnot>"
            ),
        }
    )
    found = look(data)
    assert of_kind(found, "author") == [("文件属性", "周八")]
    assert of_kind(found, "custom_data") == [("文件属性", "密级=内部")]
    assert of_kind(found, "embedded_file") == [("附件", "原始表格.xlsx")]
    assert of_kind(found, "annotation") == [("Doc_0/Pages/Page_0/Annotation.xml", "核对")]


@pytest.mark.parametrize("stream", ["WordDocument", "Workbook", "PowerPoint Document"])
def test_old_formats_give_their_authors_and_say_that_the_rest_was_not_looked_at(stream: str) -> None:
    properties = summary(author="张三丰", last_saved_by="李四", template="公文.dot")
    found = look(compound({stream: b"x", "\x05SummaryInformation": properties, "Macros/VBA": b"x"}))
    assert of_kind(found, "author") == [("文档属性", "张三丰"), ("文档属性", "李四")]
    assert of_kind(found, "template") == [("文档属性", "公文.dot")]
    assert len(of_kind(found, "macro")) == 1
    assert found[-1].kind == "not_inspected"
    assert "另存为" in found[-1].sentence


@pytest.mark.parametrize("data", [b"{\\rtf1 x}", zipped({"a.txt": "x"}), b"<html><body><p>x</p></body></html>"])
def test_what_is_not_looked_through_says_so(data: bytes) -> None:
    assert [finding.kind for finding in look(data)] == ["not_inspected"]


def test_plain_text_has_nothing_to_hide() -> None:
    assert look("一、总体情况".encode()) == []


def test_every_kind_of_file_has_an_answer() -> None:
    from gongkai.office.acts.attachments.hidden.inspection import inspect

    answers = {key: inspect(BytesIO(b"junk"), key) for key in FILE_KINDS}
    silent = {key for key, found in answers.items() if not found}
    assert silent == {"text", "csv", "json", "bmp", "empty"}


def test_a_finding_goes_into_json_and_comes_back() -> None:
    finding = Finding("comment", "有批注", "第 1 条", "摘录")
    assert from_json(finding.as_json()) == finding
    assert finding.label == KINDS["comment"]


def test_a_finding_of_no_known_kind_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        Finding("unknown", "x")


def test_an_excerpt_is_one_short_line() -> None:
    assert excerpt(" 甲\r\n乙\x00\u202e丙 ") == "甲 乙 丙"
    assert len(excerpt("长" * 500)) == EXCERPT

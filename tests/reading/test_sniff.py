"""The format is found from content; what cannot be read today is named, with what to do about it."""

from __future__ import annotations

import io
import json
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import reading
from gongkai.reading import sniff
from gongkai.reading.errors import UnreadableError

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
PAGE = "<html><head><title>年度报告</title></head><body><p>全年公开信息十条。</p></body></html>"


def zipped(*names: str, content: bytes = b"<x/>") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return packed.getvalue()


def stream(name: str) -> bytes:
    return OLE2 + name.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    "page",
    [
        PAGE.encode(),
        PAGE.encode("gbk"),
        PAGE.encode("utf-8-sig"),
        PAGE.encode("utf-16"),
        b"\xfe\xff" + PAGE.encode("utf-16-be"),
        PAGE.encode("utf-16-le"),
        b"<!DOCTYPE html>\n<p>a",
        ("\n" * 6000 + PAGE).encode(),
        (b"<!-- " + b"x" * 9000 + b" --><!-- y -->" + PAGE.encode()),
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<table class='a'><tr><td>规章</td></tr></table>".encode("gbk"),
        b"<TABLE><TR><TD>1</TD></TR></TABLE>",
        "<ucapcontent><p>正文</p></ucapcontent>".encode(),
        "年度报告<br><p>一、总体情况</p><p>二、主动公开</p>".encode(),
        ("说明" * 9000 + "<table><tr><td>规章</td><td>1</td></tr></table>").encode(),
    ],
)
def test_html_is_html_in_any_encoding_and_behind_any_preamble(page: bytes) -> None:
    assert sniff.format_of(page) == "html"


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n全年主动公开信息十条。".encode(),
        "办理时限<20天的申请3件，>20天的1件".encode(),
        "网页中的<table>标签须闭合".encode("gbk"),
        "|信息内容|件数|\n|--|--|\n|规章<br>制发|3|\n".encode(),
        "[2021]30号文件要求".encode(),
        "[1] 第一条".encode(),
        "{主动公开}".encode(),
        "一、总体情况\r\n共10件。\r\n".encode("utf-16"),
        "一、总体情况\r\n共10件。\r\n".encode("utf-16-le"),
        "一、总体情况，共十件".encode("gb18030"),
        b"plain",
    ],
)
def test_text_that_mentions_marks_stays_text(text: bytes) -> None:
    assert sniff.format_of(text) == "text"


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "_rels/.rels", "word/document2.xml"), "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "ppt"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (zipped("mimetype", "content.xml", content=b"application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("mimetype", "content.xml", content=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped("某镇/报告.docx", "某局.html"), "zip"),
        (zipped("[Content_Types].xml", "word/document.xml")[:90], "docx"),
        (stream("WordDocument"), "doc"),
        (stream("Workbook"), "xls"),
        (stream("EncryptedPackage"), "encrypted"),
        (OLE2, "wps"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"II*\x00\x08\x00\x00\x00", "image"),
        (b"GIF89a" + bytes(20), "image"),
        (b"BM" + (70).to_bytes(4, "little") + bytes(60), "image"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (json.dumps({"title": "报告", "tables": {}}).encode(), "json"),
        (b'\xef\xbb\xbf\n[{"a": 1}]\n', "json"),
        (b"[]", "json"),
        (b"From: <x>\r\nSubject: y\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>", "mht"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="w"/>', "xml"),
        (bytes(range(256)) * 20, "binary"),
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # bytes of a zip hold the time of day
)
def test_other_formats_are_named(data: bytes, format: str) -> None:
    assert sniff.format_of(data) == format


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"<", b"{", b"\xff\xfe", OLE2[:8], b"%PDF-", b"<!--"])
)
def test_any_bytes_have_a_format_with_a_description(tail: bytes, head: bytes) -> None:
    described = sniff.describe(sniff.format_of(head + tail))
    assert described
    assert "\n" not in described


def test_a_format_that_cannot_be_read_says_what_to_do() -> None:
    for format in ("ofd", "doc", "xls", "wps", "rtf", "image", "odt", "ods", "mht", "xml"):
        assert "请" in sniff.describe(format)
    assert "密码" in sniff.describe("encrypted")


def test_comments_never_closed_do_not_slow_the_look() -> None:
    began = time.monotonic()
    assert sniff.format_of(b"<!--" * 2_000_000) == "text"
    assert sniff.format_of(b"<!-- -->" * 500_000 + b"<p>") in {"html", "text"}
    assert sniff.format_of(b"<a" * 2_000_000) == "text"
    assert sniff.format_of(b"a:\n" * 2_000_000) == "text"
    assert time.monotonic() - began < 5


def test_the_beginning_of_a_broken_office_file_is_not_called_an_archive() -> None:
    with pytest.raises(UnreadableError, match="损坏"):
        reading.open(b"PK\x03\x04" + bytes(200))

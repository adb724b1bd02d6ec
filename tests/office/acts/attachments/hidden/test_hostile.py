"""Files made to break the look end in a finding, within time and memory, and never in an error."""

from __future__ import annotations

import io
import random
import struct
import time
import zlib
from io import BytesIO

import docx
import pytest
import xlsxwriter
from office.acts.attachments.hidden.looking import look
from office.acts.attachments.makers import compound, edited, photograph, picture, summary, zipped
from reading.pdf_pages import Sheet, pdf

from gongkai.office.acts.attachments.content import kind_of
from gongkai.office.acts.attachments.hidden.inspection import inspect

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><w:document xmlns:w="x"><w:t>&j;</w:t></w:document>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet><row><c><v>&f;</v></c></row></worksheet>'


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("甲").write(0, 0, "x")
    return out.getvalue()


def huge_png() -> bytes:
    """A PNG that says it is 50,000 pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG whose text unpacks to 200 MB."""
    plain = picture("PNG")
    body = b"Comment\0\0" + zlib.compress(bytes(200_000_000))
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return plain[:33] + chunk + plain[33:]


DOUBLING = {f"X{k}": b"/X%d Do " % (k + 1) * 10 for k in range(12)} | {"X12": b"0 0 m 1 1 l S"}

HOSTILE = {
    "a part that unpacks to 300 MB": lambda: edited(word(), {"word/document.xml": b"<a>" + b" " * 300_000_000}),
    "entities that multiply": lambda: edited(word(), {"word/document.xml": ENTITIES}),
    "an entity from a file": lambda: edited(workbook(), {"xl/worksheets/sheet1.xml": OUTSIDE}),
    "elements ten thousand deep": lambda: edited(word(), {"word/document.xml": "<a>" * 10_000 + "</a>" * 10_000}),
    "a sheet of two and a half million rows": lambda: edited(
        workbook(),
        {
            "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>"
            + '<row hidden="1"><c><v>1</v></c></row>' * 2_500_000
        },
    ),
    "a workbook whose list of sheets is broken": lambda: edited(workbook(), {"xl/workbook.xml": "<workbook>"}),
    "a picture that says it is 50,000 by 50,000": huge_png,
    "a picture whose text unpacks to 200 MB": text_bomb,
    "a PDF whose forms call one another": lambda: pdf(Sheet(operators=["/X0 Do"]), forms=DOUBLING),
    "a PDF whose page unpacks to 200 MB": lambda: pdf(
        Sheet(operators=["10 10 m 200 10 l S\n" * 10_000_000]), packed=True
    ),
    "a PDF that is none": lambda: b"%PDF-1.7 and nothing else",
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_a_file_made_to_break_the_look_gives_a_finding_in_bounded_time(make: object) -> None:
    data = make()  # type: ignore[operator]
    kind = kind_of(data).key
    began = time.monotonic()
    found = inspect(BytesIO(data), kind, seconds=4.0)
    assert time.monotonic() - began < 8
    assert any(finding.kind == "not_inspected" for finding in found), found
    assert not any("root:" in finding.excerpt for finding in found)


def samples() -> dict[str, bytes]:
    return {
        "docx": word(),
        "xlsx": workbook(),
        "jpeg": photograph(),
        "png": photograph("PNG"),
        "tiff": photograph("TIFF"),
        "pdf": pdf(Sheet().text(50, 50, "年度报告"), info="/Title(Report)"),
        "doc": compound({"WordDocument": b"x", "\x05SummaryInformation": summary(author="张三丰")}),
        "ofd": zipped({"OFD.xml": "<ofd:OFD xmlns:ofd='x'><ofd:Author>周八</ofd:Author></ofd:OFD>"}),
    }


@pytest.mark.parametrize("kind", samples())
def test_files_cut_off_or_with_wrong_bytes_never_raise(kind: str) -> None:
    """In this process, so that an error shows; the office has a child between."""
    from gongkai.office.acts.attachments.hidden.child import _bounded
    from gongkai.office.acts.attachments.hidden.inspection import _BY_KIND

    whole = samples()[kind]
    chance = random.Random(kind)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randrange(6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.5:
            del data[chance.randrange(len(data)) :]
        assert list(_bounded(_BY_KIND[kind], bytes(data))) is not None


def test_many_findings_are_counted_and_not_all_listed() -> None:
    comments = "".join(f'<w:comment w:author="甲"><w:t>第{n}条</w:t></w:comment>' for n in range(500))
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = edited(word(), {"word/comments.xml": f"<w:comments {namespace}>{comments}</w:comments>"})
    found = look(data)
    assert len(found) == 201
    assert "只列出前 200 处" in found[-1].sentence

"""The kind of a file is its content's; the suffix is only held against it."""

from __future__ import annotations

import gzip
import io
import os
import random
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from office.acts.attachments.makers import MACRO_TYPES, compound, edited, picture, summary, zipped

from gongkai.office.acts.attachments.content import kind_of, kind_of_file
from gongkai.office.acts.attachments.kinds import KINDS
from gongkai.office.acts.attachments.names import disagreement, refusal
from gongkai.reading.limits import MAX_BYTES


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "件数")
    return out.getvalue()


def slides() -> bytes:
    out = io.BytesIO()
    pptx.Presentation().save(out)
    return out.getvalue()


WPS = {"WpsCustomData": b"x"}
PROGRAM = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + bytes(100)

MADE = {
    "a Word file of python-docx": (word, "docx"),
    "the same with a macro": (lambda: edited(word(), {"word/vbaProject.bin": b"x"}), "docm"),
    "the same declared to hold macros": (lambda: edited(word(), {"[Content_Types].xml": MACRO_TYPES}), "docm"),
    "a workbook of xlsxwriter": (workbook, "xlsx"),
    "the same with a macro ": (lambda: edited(workbook(), {"xl/vbaProject.bin": b"x"}), "xlsm"),
    "a binary workbook": (lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"x"}), "xlsb"),
    "slides of python-pptx": (slides, "pptx"),
    "the same with a macro  ": (lambda: edited(slides(), {"ppt/vbaProject.bin": b"x"}), "pptm"),
    "OFD that also looks like Word": (
        lambda: zipped({"OFD.xml": "<OFD/>", "[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}),
        "ofd",
    ),
    "a Word 97 file": (lambda: compound({"WordDocument": b"x", "1Table": b"x"}), "doc"),
    "an Excel 97 file": (lambda: compound({"Workbook": b"x"}), "xls"),
    "an Excel 5 file": (lambda: compound({"Book": b"x"}), "xls"),
    "a PowerPoint 97 file": (lambda: compound({"PowerPoint Document": b"x"}), "ppt"),
    "a workbook with a letter inside": (lambda: compound({"Workbook": b"x", "MBD01/WordDocument": b"x"}), "xls"),
    "a WPS text": (lambda: compound({"WordDocument": b"x", **WPS}), "wps"),
    "a WPS table": (lambda: compound({"Workbook": b"KSOProductBuildVer"}), "et"),
    "WPS slides": (lambda: compound({"PowerPoint Document": "KSOProductBuildVer".encode("utf-16-le")}), "dps"),
    "a locked Office file": (lambda: compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "encrypted"),
    "some other compound file": (lambda: compound({"\x05SummaryInformation": summary(author="某")}), "compound"),
    "a Windows installer": (
        lambda: compound({"x": bytes.fromhex("84100C0000000000C000000000000046")}),
        "executable",
    ),
    "JPEG": (lambda: picture("JPEG"), "jpeg"),
    "PNG": (lambda: picture("PNG"), "png"),
    "GIF": (lambda: picture("GIF"), "gif"),
    "BMP": (lambda: picture("BMP"), "bmp"),
    "TIFF": (lambda: picture("TIFF"), "tiff"),
    "WebP": (lambda: picture("WEBP"), "webp"),
    "SVG": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
    "text in GB 18030": (lambda: "一、总体情况，全年公开十条。".encode("gb18030"), "text"),
    "text in UTF-16": (lambda: "一、总体情况".encode("utf-16"), "text"),
    "CSV in GB 18030": (lambda: "机关,件数\r\n教育局,3\r\n财政局,4\r\n".encode("gb18030"), "csv"),
    "CSV with a quoted comma": ('机关,件数\n"教育局,甲",3\n'.encode, "csv"),
    "sentences with commas": ("全年公开,共三条\n不予公开,两条,另一条\n".encode, "text"),
    "a page": (lambda: "<html><body><p>正文</p></body></html>".encode("gbk"), "html"),
    "RTF": (lambda: b"{\\rtf1 x}", "rtf"),
    "a zip": (lambda: zipped({"报告/甲.docx": b"x"}), "zip"),
    "RAR": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(50), "rar"),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50), "7z"),
    "gzip": (lambda: gzip.compress(b"x"), "gz"),
    "a Windows program": (lambda: PROGRAM, "executable"),
    "a Linux program": (lambda: b"\x7fELF" + bytes(60), "executable"),
    "a Windows shortcut": (lambda: bytes.fromhex("4c00000001140200") + bytes(60), "executable"),
    "a Java archive": (lambda: zipped({"META-INF/MANIFEST.MF": "x", "A.class": b"x"}), "executable"),
    "a batch file": (lambda: b"@echo off\r\ndel *.*\r\n", "script"),
    "a shell script": (lambda: b"#!/bin/sh\nls\n", "script"),
    "a script for Windows": (lambda: b'Set s = CreateObject("WScript.Shell")\r\ns.Run "x"\r\n', "script"),
    "a page that is a program": (lambda: b"<html><head><hta:application id=x></head></html>", "script"),
    "PHP": (lambda: b"<?php echo 1; ?>", "script"),
    "nothing": (lambda: b"", "empty"),
    "noise": (lambda: random.Random(1).randbytes(3000), "binary"),
}


@pytest.mark.parametrize(("make", "key"), MADE.values(), ids=MADE)
def test_the_kind_is_told_from_the_content(make: object, key: str) -> None:
    assert kind_of(make()).key == key  # type: ignore[operator]


def test_pdf_of_typst_is_pdf(tmp_path: Path) -> None:
    import typst

    source = tmp_path / "a.typ"
    source.write_text("hello", encoding="utf-8")
    assert kind_of(typst.compile(str(source))).key == "pdf"


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"<?"])
)
def test_any_bytes_have_a_kind(tail: bytes, head: bytes) -> None:
    assert kind_of(head + tail) in KINDS.values()


@pytest.mark.parametrize("make", [word, workbook, slides, lambda: compound({"Workbook": b"x", **WPS})])
def test_a_file_cut_off_anywhere_has_a_kind(make: object) -> None:
    data = make()  # type: ignore[operator]
    for length in range(0, len(data), max(1, len(data) // 60)):
        assert kind_of(data[:length]).name


def test_every_kind_says_what_it_is() -> None:
    for key, kind in KINDS.items():
        assert kind.key == key
        assert kind.name
        assert "/" in kind.media_type
        assert all(suffix == suffix.lower().strip(".") for suffix in kind.suffixes)


def kind_of_large(path: Path) -> str:
    with path.open("rb") as file:
        return kind_of_file(file).key


def test_a_file_too_large_for_memory_is_told_from_its_directory(tmp_path: Path) -> None:
    large = tmp_path / "large"
    noise = os.urandom(1024 * 1024)
    with zipfile.ZipFile(large, "w", zipfile.ZIP_STORED) as archive:
        for number in range(52):
            archive.writestr(f"Doc_0/Res/{number}.bin", noise)
        archive.writestr("OFD.xml", "<OFD/>")
    assert large.stat().st_size > MAX_BYTES
    assert kind_of_large(large) == "ofd"
    with large.open("r+b") as file:
        file.truncate(MAX_BYTES + 10)
    assert kind_of_large(large) == "zip"


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("报告.docx", "docx", None),
        ("报告.DOCX", "docx", None),
        ("报告.wps", "doc", None),
        ("报告.doc", "wps", None),
        ("台账.et", "xls", None),
        ("数据.csv", "text", None),
        ("未知.dwg", "binary", None),
        ("报告.docx", "ofd", "OFD 版式文件"),
        ("报告.pdf", "docx", "Word 文档"),
        ("照片.jpg", "png", "PNG 图片"),
        ("照片.jpg", "binary", "无法识别"),
        ("报告", "pdf", "没有后缀"),
    ],
)
def test_a_suffix_that_disagrees_is_said_in_words(name: str, key: str, said: str | None) -> None:
    sentence = disagreement(name, KINDS[key])
    assert sentence is None if said is None else said in (sentence or "")


@pytest.mark.parametrize(
    ("name", "key", "refused"),
    [
        ("报告.docx", "docx", False),
        ("报告.txt", "executable", True),
        ("安装.exe", "executable", True),
        ("报告.pdf.exe", "pdf", True),
        ("说明.bat", "text", True),
        ("说明.JS", "text", True),
        ("附件\u202etxt.exe", "text", True),
        ("说明.exe. ", "text", True),
        ("空.docx", "empty", True),
        ("网页.html", "html", False),
    ],
)
def test_programs_scripts_and_empty_files_are_refused(name: str, key: str, refused: bool) -> None:
    assert (refusal(name, KINDS[key]) is not None) is refused

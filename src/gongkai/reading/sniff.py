"""The format of a file from its content. The suffix is not asked: saved pages called .doc are an everyday thing.

Only the first few kilobytes are looked at, save where a byte search over the whole costs next to nothing.
"""

from __future__ import annotations

import codecs
import re

from gongkai.reading.errors import UnreadableError
from gongkai.reading.office.container import Container

_HEAD = 4096

_DESCRIPTIONS = {
    "html": "这是网页文件（HTML）",
    "docx": "这是 Word 文档（.docx）",
    "xlsx": "这是 Excel 工作簿（.xlsx）",
    "pdf": "这是 PDF 文件",
    "text": "这是文本文件",
    "json": "这是 JSON 数据文件",
    "empty": "文件是空的，没有任何内容；请检查是否下载或保存完整",
    "encrypted": "这是设有密码的 Office 文件，无法读取；请在 Word、Excel 或 WPS 中打开，取消密码后另存再试",
    "ofd": "这是 OFD 版式文件，目前还不能读取；请另存为 PDF（带文字层）或 Word 文档（.docx）后再试",
    "doc": "这是旧版 Word 文档（.doc），目前还不能读取；请在 Word 或 WPS 中另存为 .docx 后再试",
    "xls": "这是旧版 Excel 工作簿（.xls），目前还不能读取；请在 Excel 或 WPS 中另存为 .xlsx 后再试",
    "xlsb": "这是二进制 Excel 工作簿（.xlsb），目前还不能读取；请在 Excel 或 WPS 中另存为 .xlsx 后再试",
    "wps": "这是 WPS 或旧版 Office 文件，目前还不能读取；请在 WPS 中另存为 .docx 后再试",
    "ppt": "这是演示文稿（PPT），不是报告文本；请提供 Word 文档（.docx）或 PDF",
    "rtf": "这是 RTF 文档，目前还不能读取；请在 Word 或 WPS 中另存为 .docx 后再试",
    "image": "这是图片，目前还不能识别图中文字；请提供 Word 文档（.docx）、网页或带文字层的 PDF",
    "zip": "这是压缩包，内有多个文件；请解压后逐个读取",
    "archive": "这是 RAR、7z 或 gz 压缩包，目前还不能读取；请解压后再试",
    "odt": "这是 ODF 文本文档（.odt），目前还不能读取；请另存为 Word 文档（.docx）后再试",
    "ods": "这是 ODF 电子表格（.ods），目前还不能读取；请另存为 Excel 工作簿（.xlsx）后再试",
    "mht": "这是单文件网页（MHT），目前还不能读取；请在浏览器中另存为“网页，仅 HTML”，或另存为 .docx 后再试",
    "xml": "这是 XML 文件（如 Word 2003 XML），目前还不能读取；请在 Word 或 WPS 中另存为 .docx 后再试",
    "binary": "无法识别的二进制文件；请提供网页、Word 文档（.docx）、Excel 工作簿（.xlsx）、PDF 或文本文件",
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE2 file, UTF-16 in its directory.
_STREAMS = tuple(
    (name.encode("utf-16-le"), format)
    for name, format in (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("PowerPoint Document", "ppt"),
        ("Book\0", "xls"),
    )
)

_TAG = (
    rb"(?:!doctype\s+html|html|head|body|title|meta|link|base|script|style|table|tbody|thead|caption|colgroup|tr|td|th|div|p|span"
    rb"|font|center|h[1-6]|br|hr|ul|ol|li|dl|a|b|i|u|em|strong|img|iframe|form|input|label|pre|blockquote|section|article|main"
    rb"|header|footer|nav|aside|ucap\w+)(?=[\s/>])"
)
# Possessive: a page that opens a thousand comments and closes none is still read once.
_PREAMBLE = re.compile(rb"(?:[\s\x00]++|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
_OPENS_WITH_TAG = re.compile(rb"<" + _TAG, re.IGNORECASE)
_ANY_TAG = re.compile(rb"</?" + _TAG, re.IGNORECASE)
_OPENS_ELEMENT = re.compile(rb"<[A-Za-z_][\w.:-]*[\s/>]")
_CLOSES_BLOCK = re.compile(rb"</(?:td|tr|p|div|table)\s*>", re.IGNORECASE)
_HEADERS = re.compile(rb"\s*(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:", re.IGNORECASE)
_JSON_OBJECT = re.compile(rb'\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\}\s*$)')
_JSON_ARRAY = re.compile(rb'\[\s*(?:[{"\[]|\]\s*$|(?:-?\d[\d.eE+-]*|true|false|null)\s*,)')
# Control characters that no text holds; a tenth of the bytes of compressed or compiled files are such.
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"


_MEANT = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"OFD.xml", "ofd"))
_OPEN_DOCUMENT = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.presentation", "ppt"),
)
# What Chinese documents are made of: Latin, general and Chinese punctuation, ideographs, full-width forms.
_PLAUSIBLE = re.compile(r"[\t\r\n -~\u2010-\u203b\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def format_of(data: bytes) -> str:
    """The format of ``data``: one of the keys of the descriptions above. Never raises.

    "html", "docx", "xlsx", "pdf", "text" (Markdown too) and "json" are read by Gongkai, "zip" is an archive of
    documents; ``describe`` says of the others what they are.
    """
    head = data[:_HEAD]
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe") and not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_format(data)
    if head.startswith(_OLE2):
        return next((format for name, format in _STREAMS if name in data), "wps")
    for magic, format in _MAGIC:
        if head.startswith(magic):
            return format
    if (head.startswith(b"BM") and head[6:10] == bytes(4)) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    if b"%PDF-" in head[:1024] and not _ANY_TAG.match(head.lstrip()):
        return "pdf"
    return _text_format(data, head)


def describe(format: str) -> str:
    """One line in Chinese for the person who gave the file: what it is and, where it cannot be read, what to do."""
    return _DESCRIPTIONS.get(format, _DESCRIPTIONS["binary"])


def _text_format(data: bytes, head: bytes) -> str:
    narrow = _narrowed(head)
    if narrow is not None:
        data = head = narrow
    elif len(head) - len(head.translate(None, _CONTROL)) > len(head) // 50:
        return "binary"
    start = 3 if head.startswith(codecs.BOM_UTF8) else 0
    preamble = _PREAMBLE.match(data, start)
    begin = preamble.end() if preamble else start
    first = data[begin : begin + 64]
    if first.startswith(b"<"):
        if _OPENS_WITH_TAG.match(first):
            return "html"
        if b"<?xml" in data[start:begin] and _OPENS_ELEMENT.match(first):
            return "xml"
    if first.startswith((b"{", b"[")) and data[-64:].rstrip(b"\0 \t\r\n").endswith((b"}", b"]")):
        shape = _JSON_OBJECT if first.startswith(b"{") else _JSON_ARRAY
        if shape.match(data, begin):
            return "json"
    if _HEADERS.match(head, start):
        return "mht"
    return "html" if _holds_markup(data, head, begin) else "text"


def _holds_markup(data: bytes, head: bytes, begin: int) -> bool:
    """Whether what begins as text is a fragment of a page: blocks opened and closed, not a tag mentioned in passing."""
    if data.find(b"</", begin) < 0:
        return False
    tags = _ANY_TAG.findall(head)
    if len(tags) < 3 or not _CLOSES_BLOCK.search(head):
        tags = _ANY_TAG.findall(data, begin, begin + 64 * _HEAD)
    return len(tags) >= 3 and _CLOSES_BLOCK.search(data, begin) is not None


def _narrowed(head: bytes) -> bytes | None:
    """The head of a UTF-16 text as UTF-8 bytes; ``None`` for anything else."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return _decoded(head[2:], "utf-16-le")
    if head.startswith(codecs.BOM_UTF16_BE):
        return _decoded(head[2:], "utf-16-be")
    if b"\0" not in head:
        return None
    # Without a mark: under the right one of the two readings nearly all is Latin or Chinese.
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "ignore")
        if len(_PLAUSIBLE.sub("", text)) * 10 <= len(text):
            return text.encode()
    return None


def _decoded(head: bytes, encoding: str) -> bytes:
    return head.decode(encoding, "ignore").encode()


def _zip_format(data: bytes) -> str:
    try:
        names = Container(data).names
    except UnreadableError:
        # Damaged: what it was meant to be decides which reader says so. Names stand in clear in the headers.
        return next((format for mark, format in _MEANT if mark in data), "zip")
    present = set(names)
    if "OFD.xml" in present:
        return "ofd"
    if "[Content_Types].xml" in present or "_rels/.rels" in present:
        for mark, format in (("word/", "docx"), ("xl/workbook.bin", "xlsb"), ("xl/", "xlsx"), ("ppt/", "ppt")):
            if any(name.startswith(mark) for name in names):
                return format
    if "word/document.xml" in present:
        return "docx"
    if "xl/workbook.xml" in present:
        return "xlsx"
    if "content.xml" in present:
        for kind, format in _OPEN_DOCUMENT:
            if kind in data[:200]:
                return format
    return "odt" if {"content.xml", "META-INF/manifest.xml"} <= present else "zip"

"""PDF with a text layer → Document: paragraphs, and tables from their ruling lines or aligned columns.

pdfium gives characters with boxes and path objects (``extract``); the rest is geometry. A file that could cost
more than an ordinary one is extracted in a process of its own, under limits (``guard``). Scans are refused here.
"""

from __future__ import annotations

import re

from gongkai.reading import limits
from gongkai.reading.document import Document
from gongkai.reading.errors import UnreadableError
from gongkai.reading.pdf.extract import BROKEN, Head, Page
from gongkai.reading.pdf.flow import write_flow
from gongkai.reading.pdf.furniture import without_furniture
from gongkai.reading.pdf.guard import COSTLY, pages_of
from gongkai.reading.pdf.layout import layout
from gongkai.reading.pdf.places import Writer

SCAN = (
    "这是扫描件（共 {pages} 页，页面是图片），没有文字层，目前还不能读取；"
    "请提供由 Word 等软件直接导出的 PDF，或原始的 Word、网页文件。"
)
EMPTY = "这份 PDF（共 {pages} 页）中没有文字，无法读取；请确认文件是否正确。"
UNDRAWN = (
    "这份 PDF（共 {pages} 页）的文字用了没有嵌入的字体，本机也没有安装，无法读取；"
    "请安装中文字体后重试，或提供嵌入字体的 PDF。"
)
FONTLESS = "第 {pages} 页用了文件中没有嵌入、本机也没有安装的字体，可能有单字未能读出；安装中文字体后请重新读取。"
LARGE = "文件超过 {size} MB，无法读取；请确认是否为年度报告。"

_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")


def read(data: bytes) -> Document:
    """Reads a PDF; ``locate`` gives page and box for every range of the text.

    Raises UnreadableError for a scan, a password, and what pdfium cannot open. What of it could not be read
    (broken pages, pages that are pictures, pages beyond the limits) is named in ``warnings``.
    """
    if len(data) > limits.MAX_BYTES:
        raise UnreadableError(LARGE.format(size=limits.MAX_BYTES // 1024 // 1024))
    head, pages, complete = pages_of(data)
    if not pages and not complete:
        raise UnreadableError(COSTLY)
    if not pages:
        raise UnreadableError(BROKEN)
    layouts = [layout(index, page) for index, page in enumerate(pages)]
    lines = without_furniture(layouts)
    pictures = [
        part.page.number
        for part, kept in zip(layouts, lines, strict=True)
        if part.page.has_image and not kept and not part.tables
    ]
    if not any(kept or part.tables for part, kept in zip(layouts, lines, strict=True)):
        reason = SCAN if pictures else UNDRAWN if any(page.lost for page in pages) else EMPTY
        raise UnreadableError(reason.format(pages=head.pages))
    writer = Writer(pages)
    blocks = write_flow(writer, layouts, lines)
    text = writer.text()
    return Document(
        "pdf",
        text,
        blocks,
        head.metadata,
        _warnings(head, pages, pictures, [part.page.number for part in layouts if part.tables_lost], text),
        writer.places,
        writer.places.page_starts(),
    )


def _warnings(head: Head, pages: list[Page], pictures: list[int], lost: list[int], text: str) -> list[str]:
    found = []
    read_pages = {page.number for page in pages}
    missing = [number for number in range(1, head.pages + 1) if number not in read_pages]
    if missing:
        found.append(f"共 {head.pages} 页，第 {_ranges(missing)} 页未能读取（页面损坏，或页数、时间超出限度）。")
    if pictures:
        found.append(f"第 {_ranges(pictures)} 页是图片，没有文字层，未能读取。")
    if lost:
        found.append(f"第 {_ranges(lost)} 页线条过多，未能识别其中的表格。")
    if cut := [page.number for page in pages if page.truncated]:
        found.append(f"第 {_ranges(cut)} 页文字过多，只读取了前面的部分。")
    if lost_text := [page.number for page in pages if page.lost]:
        found.append(FONTLESS.format(pages=_ranges(lost_text)))
    if len(_UNMAPPED.findall(text)) > len(text) // 5:
        found.append("文字的编码缺失或属于专用字体，读出的内容可能是乱码。")
    return found


def _ranges(numbers: list[int]) -> str:
    """ "2、4—7": page numbers as a person lists them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return "、".join("—".join(map(str, run)) for run in runs)

"""pdfium → plain values: for each page its characters with their boxes, and its ruling lines.

Everything that touches pdfium is here, under one lock (pdfium is not thread-safe). pdfium is called once per
character and per page object; ``map`` over C function pointers keeps those loops out of Python.
"""

from __future__ import annotations

import ctypes
import re
import threading
import time
from array import array
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from ctypes import c_double, c_int, c_uint, c_void_p
from itertools import repeat
from math import isfinite
from operator import sub
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from gongkai.reading import limits
from gongkai.reading.errors import UnreadableError
from gongkai.reading.pdf.frame import Frame
from gongkai.reading.pdf.native import function
from gongkai.reading.pdf.paths import IMAGE, Objects, Rule, count_empty, page_objects, rules_of

SECONDS = 6.0  # spent on one file; checked between pages
TINY, HUGE = 4.0, 40.0  # points: character boxes lower or higher than these are doubted
INKLESS = 0.05  # points: pdfium gives a missing glyph 0.01
MAX_TEXTS = 10_000  # text objects of a page: pdfium's time grows with their square, half a second here
SAMPLE = 8  # characters of a page whose ink is looked at
MAX_CHARS = 60_000  # of one page: beyond this a page is no report page, only its first characters are read

_LOCK = threading.Lock()
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY: an encryption pdfium does not know

LOCKED = "文件有打开密码，无法读取；请用不带密码的 PDF 重试。"
BROKEN = "这不是完整的 PDF 文件（已损坏或被截断），无法读取；请重新导出或下载后再试。"


class Page(NamedTuple):
    """One page as extracted. Coordinates are points from the upper left corner of the page as displayed.

    ``text[i]`` is the character whose box is ``left[i], top[i], right[i], bottom[i]``; characters that pdfium put
    in (spaces between words, line ends) have boxes without width. ``truncated``: not all characters were taken.
    """

    number: int
    width: float
    height: float
    text: str
    left: array[float]
    top: array[float]
    right: array[float]
    bottom: array[float]
    rules: list[Rule]
    crowded: bool  # more lines than a table can have: ``rules`` is empty
    has_image: bool
    truncated: bool
    lost: bool  # pieces of text were left out, as their font is neither in the file nor on the machine


class Head(NamedTuple):
    """What is known before the first page: the PDF info (keys lower-cased) and the number of pages."""

    metadata: dict[str, str]
    pages: int


_loose_box = function(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_ink_box = function(raw.FPDFText_GetCharBox, c_int, c_void_p, c_int, *[c_void_p] * 4)
_unicode = function(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)


class CostlyError(Exception):
    """A page that may hold pdfium for minutes."""


def extract(data: bytes, *, limited: bool) -> Iterator[Head | Page]:
    """The head, then the pages as they are read; stops early when the time is used up.

    ``limited``: this process has limits and may be stopped. Else a costly page raises CostlyError.
    Raises UnreadableError when pdfium cannot open the file or it needs a password.
    """
    deadline = time.monotonic() + SECONDS
    with _LOCK, closing(_open(data)) as pdf:
        count = len(pdf)
        yield Head(_metadata(pdf), count)
        for index in range(min(count, limits.MAX_PAGES)):
            if time.monotonic() > deadline:
                return
            page = _page(pdf, index, limited)
            if page is not None:
                yield page


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise UnreadableError(LOCKED) from None
        raise UnreadableError(BROKEN) from None


def _metadata(pdf: pypdfium2.PdfDocument) -> dict[str, str]:
    return {key.lower(): value for key, value in pdf.get_metadata_dict(skip_empty=True).items()}


def _page(pdf: pypdfium2.PdfDocument, index: int, limited: bool) -> Page | None:
    """None when this page's own objects are broken; the caller misses its number and says so."""
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        return None
    try:
        frame = Frame.of(page)
        objects = page_objects(page)
        if objects.texts > MAX_TEXTS and not limited:
            raise CostlyError
        rules, crowded = rules_of(objects.paths, frame)
        try:
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError:
            return None
        try:
            text, boxes, truncated = _characters(textpage)
            lost = _lost(textpage, text, objects)
        finally:
            textpage.close()
        return Page(
            index + 1,
            frame.width,
            frame.height,
            text,
            *frame.boxes(boxes),
            rules,
            crowded or objects.crowded,
            IMAGE in objects.types,
            truncated,
            lost,
        )
    finally:
        page.close()


def _characters(textpage: pypdfium2.PdfTextPage) -> tuple[str, array[float], bool]:
    """The characters, and their boxes as left, top, right, bottom in the page's own space, four numbers each."""
    handle = ctypes.cast(textpage.raw, c_void_p).value or 0
    found = max(textpage.count_chars(), 0)
    count = min(found, MAX_CHARS)
    text = _text(textpage, handle, count)
    boxes = array("f", bytes(16 * count))
    address, _ = boxes.buffer_info()
    deque(map(_loose_box, repeat(handle), range(count), range(address, address + 16 * count, 16)), 0)
    _correct(handle, boxes)
    if not isfinite(sum(boxes)):
        boxes = array("f", [number if isfinite(number) else 0.0 for number in boxes])
    return text, boxes, found > count


def _lost(textpage: pypdfium2.PdfTextPage, text: str, objects: Objects) -> bool:
    """pdfium drops a text object without width; one character in a font that cannot be had is such.

    Whether there is such a font a few characters tell: they have no ink.
    """
    step = len(text) // SAMPLE + 1
    found = (_IDEOGRAPH.search(text, start) for start in range(0, len(text), step))
    if any(_inkless(textpage, match.start()) for match in found if match) or (objects.texts and not text.strip()):
        return count_empty(objects) > 0
    return False


def _inkless(textpage: pypdfium2.PdfTextPage, index: int) -> bool:
    left, bottom, right, top = textpage.get_charbox(index)
    return bool(right - left < INKLESS or top - bottom < INKLESS)


def _text(textpage: pypdfium2.PdfTextPage, handle: int, count: int) -> str:
    """Character by character as the boxes are; in one call where that gives the same."""
    text: str = textpage.get_text_range(0, count) if count else ""
    if len(text) == count and not _SPECIAL.search(text):
        return text
    codes = map(_unicode, repeat(handle), range(count))
    return "".join([chr(code) if code < 0x110000 else "\ufffd" for code in codes]).translate(_UNPRINTED)


def _correct(handle: int, boxes: array[float]) -> None:
    """In fonts for vertical writing pdfium leaves the text matrix out of the box; there the ink's box is taken.

    Seen in WPS exports: the label 三、本年度办理结果 set in 10 points, its characters' boxes 199 points high.
    """
    ink = (c_double * 4)()
    left, right, bottom, top = (ctypes.addressof(ink) + 8 * k for k in range(4))
    heights = list(map(sub, boxes[1::4], boxes[3::4]))
    for index in [index for index, height in enumerate(heights) if not TINY <= height <= HUGE and height]:
        if _ink_box(handle, index, left, right, bottom, top):
            boxes[4 * index : 4 * index + 4] = array("f", [ink[0], ink[3], ink[1], ink[2]])


_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
# Characters that are replaced, and those outside of the basic plane, of which the one call may give half.
_SPECIAL = re.compile("[\x00\x02\ud800-\udfff\ufffe\U00010000-\U0010ffff]")
# pdfium writes 2 or FFFE for a hyphen that ends a line; a lone surrogate fits no file; NUL is a missing glyph.
_UNPRINTED = {0x02: "-", 0xFFFE: "-", 0x00: " ", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}

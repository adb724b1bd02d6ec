"""PDF → PDF of pictures with the boxes burned in.

Every page is drawn anew, also those without boxes: text, metadata, annotations, attachments and earlier revisions of
the original have no way into a file that consists of pixels only.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pypdfium2
from PIL import ImageDraw

from gongkai.office.applications.redaction.boxes import Box, BoxError

if TYPE_CHECKING:
    from PIL import Image

DPI = 200  # print quality that recognition of characters still reads; an A4 page is 1654 × 2339 pixels
QUALITY = 85
MOST_PAGES = 500
MOST_PIXELS = 40_000_000  # a page of A1 at 200 dpi; larger ones are drawn coarser
# The program that writes the file names itself and the moment. Blanks in their place leave every offset as it is.
_WRITER = re.compile(rb"/CreationDate\([^()]*\)/Creator\(PDFium\)(?=>>)")


class UnreadablePdfError(ValueError):
    """The file is no PDF that can be drawn; ``str(error)`` says why in Chinese."""


def burn(pdf: bytes, boxes: Iterable[Box], progress: Callable[[int], None] = lambda pages: None) -> bytes:
    """``pdf`` with ``boxes`` blacked out, as pictures at 200 dpi; ``progress`` is told how many pages are drawn.

    Raises ``BoxError`` for a box on a page that is not there, ``UnreadablePdfError`` for a file that cannot be opened.
    """
    by_page: defaultdict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        by_page[box.page].append(box)
    with _opened(pdf) as document:
        if lost := sorted(page for page in by_page if not 1 <= page <= len(document)):
            raise BoxError(f"文件共{len(document)}页，没有第{lost[0]}页")
        return _assembled(document, by_page, progress)


def picture(pdf: bytes, number: int, width: int) -> Image.Image:
    """Page ``number`` (from 1) as it is shown, ``width`` pixels wide; what boxes are drawn on."""
    with _opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise BoxError(f"文件共{len(document)}页，没有第{number}页")
        page = document[number - 1]
        return page.render(scale=width / page.get_width()).to_pil()


def page_count(pdf: bytes) -> int:
    """How many pages there are to go through."""
    with _opened(pdf) as document:
        return len(document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()  # so that what was filled into a form is drawn, and can be seen and covered
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "PDF 设有密码，请先解除密码" if locked else "不能作为 PDF 打开，文件可能已损坏"
        raise UnreadablePdfError(why) from None
    try:
        if len(document) > MOST_PAGES:
            raise UnreadablePdfError(f"文件有{len(document)}页，一次最多处理{MOST_PAGES}页；请分成几个文件")
        yield document
    finally:
        document.close()


def _assembled(
    document: pypdfium2.PdfDocument, by_page: dict[int, list[Box]], progress: Callable[[int], None]
) -> bytes:
    made = pypdfium2.PdfDocument.new()
    try:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            width, height = page.get_size()
            image = _drawn(page, width, height)
            _blacken(image, by_page.get(number, []))
            _add(made, image, width, height)
            page.close()
            progress(number)
        written = io.BytesIO()
        made.save(written)
        return _WRITER.sub(lambda found: b" " * len(found[0]), written.getvalue(), count=1)
    finally:
        made.close()


def _drawn(page: pypdfium2.PdfPage, width: float, height: float) -> Image.Image:
    scale = DPI / 72
    if (pixels := width * height * scale * scale) > MOST_PIXELS:
        scale *= (MOST_PIXELS / pixels) ** 0.5
    return page.render(scale=scale).to_pil().convert("RGB")


def _blacken(image: Image.Image, boxes: list[Box]) -> None:
    """Outwards to whole pixels and to the 8-pixel blocks of JPEG, so that no edge of a letter shines through."""
    draw = ImageDraw.Draw(image)
    for box in boxes:
        left, top = int(box.left * image.width) // 8 * 8, int(box.top * image.height) // 8 * 8
        right, bottom = -(-box.right * image.width // 8) * 8, -(-box.bottom * image.height // 8) * 8
        draw.rectangle((left, top, min(right, image.width) - 1, min(bottom, image.height) - 1), fill="black")


def _add(made: pypdfium2.PdfDocument, image: Image.Image, width: float, height: float) -> None:
    encoded = io.BytesIO()
    # No subsampling: a colour beside a box must not bleed into a neighbouring block.
    image.save(encoded, "JPEG", quality=QUALITY, subsampling=0, dpi=(DPI, DPI))
    shown = pypdfium2.PdfImage.new(made)
    shown.load_jpeg(encoded, inline=True)
    shown.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page = made.new_page(width, height)
    page.insert_obj(shown)
    page.gen_content()
    page.close()

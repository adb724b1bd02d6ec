"""Proof that a redacted file keeps nothing of what was covered: it is opened again and looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from gongkai.office.applications.redaction.boxes import Box

_BLACK = 24  # JPEG may leave a trace of noise beside the edge of a block; a letter would be far above


def faults(redacted: bytes, boxes: Iterable[Box], progress: Callable[[int], None] = lambda pages: None) -> list[str]:
    """What is wrong with a redacted file, in Chinese; empty: nothing is left beneath the boxes.

    ``progress`` is told how many pages have been looked through.

    Looks for characters, annotations, attachments, metadata, objects other than one picture a page, and at the pixels
    of the pictures themselves (not of the page drawn, where something black might lie above something legible).
    """
    found: list[str] = []
    wanted = list(boxes)
    document = pypdfium2.PdfDocument(redacted)
    try:
        found += [f"元数据未清除：{key}" for key in document.get_metadata_dict(skip_empty=True)]
        if document.count_attachments():
            found.append("仍带有附件")
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            found += [f"第{number}页：{fault}" for fault in _page_faults(page, [b for b in wanted if b.page == number])]
            progress(number)
    finally:
        document.close()
    return found


def _page_faults(page: pypdfium2.PdfPage, boxes: list[Box]) -> list[str]:
    found = []
    if page.get_textpage().count_chars():
        found.append("仍有可提取的文字")
    if pdfium.FPDFPage_GetAnnotCount(page):
        found.append("仍有批注或表单")
    objects = list(page.get_objects())
    if len(objects) != 1 or objects[0].type != pdfium.FPDF_PAGEOBJ_IMAGE:
        return [*found, "除页面图像外还有其他内容"]
    image = objects[0].get_bitmap().to_pil().convert("L")
    return found + [f"区域（{box.ground}）未完全遮盖" for box in boxes if _lightest(image, box) > _BLACK]


def _lightest(image: Image.Image, box: Box) -> int:
    edges = (box.left * image.width, box.top * image.height, box.right * image.width, box.bottom * image.height)
    left, top, right, bottom = (int(edge) for edge in edges)
    return int(image.crop((left, top, max(right, left + 1), max(bottom, top + 1))).getextrema()[1])

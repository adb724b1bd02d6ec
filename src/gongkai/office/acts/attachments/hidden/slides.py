"""Presentations: hidden slides, notes of the speaker, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.office.acts.attachments.hidden.finding import Finding, excerpt, uninspected
from gongkai.office.acts.attachments.hidden.package import Package, pictures, properties
from gongkai.reading.errors import UnreadableError

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COMMENT = re.compile(r"ppt/comments/[^/]+\.xml")
_NO_NOTES = ("sldNum", "dt", "hdr", "ftr", "sldImg")


def findings(data: bytes) -> Iterator[Finding]:
    """Hidden data of a PPTX or PPTM. Raises UnreadableError when the package or its list of slides is broken."""
    package = Package(data)
    yield from properties(package)
    presentation = package.root("ppt/presentation.xml")
    if presentation is None:
        raise UnreadableError("演示文稿缺少幻灯片清单，可能已损坏")
    relations = package.relations("ppt/presentation.xml")
    for number, slide in enumerate(presentation.iter(_P + "sldId"), 1):
        _, part, _ = relations.get(slide.get(_R, ""), ("", "", False))
        place = f"第 {number} 张幻灯片"
        try:
            yield from _slide(package, part, place)
        except UnreadableError as error:
            yield uninspected(f"{place}未能检查：{error}", place)
    yield from pictures(package)


def _slide(package: Package, part: str, place: str) -> Iterator[Finding]:
    root = package.root(part)
    if root is not None and root.get("show") in ("0", "false"):
        yield Finding("hidden_slide", f"{place}是隐藏的，放映时不出现", place, excerpt(_text(root)))
    for kind, target, _ in package.relations(part).values():
        if kind == "notesSlide" and (notes := package.root(target)) is not None:
            if text := excerpt(" ".join(_text(shape) for shape in notes.iter(_P + "sp") if not _is_furniture(shape))):
                yield Finding("notes", f"{place}有演讲者备注", place, text)
        elif _COMMENT.fullmatch(target) and (comments := package.root(target)) is not None:
            for comment in comments.iter("{*}cm"):
                text = " ".join(node.text or "" for node in comment.iter(_P + "text", _A + "t"))
                yield Finding("comment", f"{place}有批注", place, excerpt(text))


def _is_furniture(shape: etree._Element) -> bool:
    placeholder = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return placeholder is not None and placeholder.get("type") in _NO_NOTES


def _text(element: etree._Element) -> str:
    return " ".join(node.text or "" for node in element.iter(_A + "t"))

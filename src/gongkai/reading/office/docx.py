"""Word documents (DOCX) by ``zipfile`` and lxml: paragraphs and tables of ``word/document.xml`` in reading order.

Left out: headers, footers, footnotes, comments, hidden and deleted text, generated tables of contents. Element names
and what they print are those of ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from gongkai.reading.document import Document
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_CELLS, MAX_SPAN
from gongkai.reading.office import ooxml
from gongkai.reading.office.assembly import Assembly
from gongkai.reading.office.container import Container
from gongkai.reading.office.word_numbering import VAL, Numbering, W, count, numbered_styles_only
from gongkai.reading.office.word_tables import Block, Table, WordCell, write
from gongkai.reading.office.word_text import (
    ALTERNATE,
    DELETED,
    FALLBACK,
    PPR,
    P,
    branch,
    plain,
    special,
    special_paragraphs,
)

_MAIN = "word/document.xml"
_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_TBL, _TR, _TC, _BODY = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}body"
_SDT, _SDT_CONTENT, _EMBEDDED = f"{W}sdt", f"{W}sdtContent", f"{W}altChunk"
_WRAPPERS = frozenset({_SDT_CONTENT, f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"})
_ROW_PLACES = (f"{W}gridBefore", f"{W}del")
_GRID_SPAN, _V_MERGE, _H_MERGE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_TRPR, _TCPR = f"{W}trPr", f"{W}tcPr"


class _Spans(NamedTuple):
    """What ``w:tcPr`` says of a cell's place: its columns, and "restart" or "continue" of a merge down or across."""

    columns: int = 1
    vertical: str | None = None
    horizontal: str | None = None


_SINGLE = _Spans()


def read(data: bytes) -> Document:
    """The document in ``data``, format "docx". Raises UnreadableError for what is none, is damaged or is hostile."""
    container = Container(data)
    root = ooxml.parse(container.read(_main_part(container)))
    body = next(root.iterchildren(_BODY), None)
    if body is None:
        raise UnreadableError("不是完整的 Word 文档（缺少正文）；请在 Word 或 WPS 中打开后另存为 .docx 再试")
    reader = _Reader(root, _numbering(container, root))
    assembly = Assembly("docx")
    write(reader.blocks(body), assembly)
    if next(root.iter(_EMBEDDED), None) is not None:
        assembly.warnings.append("文档内嵌有其他文件的内容，没有读取；请在 Word 中打开后另存一份再试")
    if reader.overfull and not assembly.full:
        assembly.warnings.append(f"表格超过 {MAX_CELLS // 10_000} 万格，其后的内容没有读取")
    return assembly.document(ooxml.core_properties(container))


def _main_part(container: Container) -> str:
    if _MAIN in container or "_rels/.rels" not in container:
        return _MAIN
    for relation in ooxml.parse(container.read("_rels/.rels")):
        target = relation.get("Target")
        if target and relation.get("Type") == _OFFICE_DOCUMENT:
            return str(target).lstrip("/")
    return _MAIN


def _numbering(container: Container, root: etree._Element) -> Numbering | None:
    """The document's lists, ``None`` where no paragraph has a number."""
    lists = container.get("word/numbering.xml")
    if not lists:
        return None
    used = {element.get(VAL, "") for element in root.iter(f"{W}pStyle")}
    styles = container.get("word/styles.xml")
    if styles is not None:
        styles = numbered_styles_only(styles, used, b"numStyleLink" in lists)
    if styles is None and next(root.iter(f"{W}numPr"), None) is None:
        return None
    return Numbering(ooxml.parse(lists), ooxml.parse(styles) if styles is not None else None)


class _Reader:
    """Walks the tree of one document; depth is bounded by the parser (256 elements)."""

    def __init__(self, root: etree._Element, numbering: Numbering | None) -> None:
        self._special = special_paragraphs(root)
        self._labels = _labels(root, numbering) if numbering else {}
        self._spans = _spans(root)
        # Most documents wrap nothing; then the children are what they seem.
        self._children = _unwrapped if next(root.iter(_SDT, ALTERNATE, *_WRAPPERS), None) is not None else _direct
        self._cells = 0
        self.overfull = False

    def blocks(self, parent: etree._Element) -> list[Block]:
        """Paragraphs (text) and tables below ``parent``, each text box after the paragraph that holds it."""
        found: list[Block] = []
        for child in self._children(parent):
            tag = child.tag
            if tag == P:
                text, boxes = special(child) if child in self._special else (plain(child), [])
                # A number alone is printed: in a cell it counts the rows, in running text it is a leftover.
                if self._labels and (text.strip() or parent.tag == _TC):
                    text = self._labels.get(child, "") + text
                found.append(text)
                for box in boxes:
                    found.extend(self.blocks(box))
            elif tag == _TBL:
                found.append(self._table(child))
        return found

    def _table(self, table: etree._Element) -> Table:
        rows: Table = []
        above: dict[int, WordCell] = {}  # the cells that a vertical merge in the next row may continue
        for element in self._children(table):
            if element.tag != _TR or self.overfull:
                continue
            column, deleted = 0, False
            for properties in element.iterchildren(_TRPR):
                for place in properties.iterchildren(*_ROW_PLACES):
                    if place.tag in DELETED:
                        deleted = True
                    else:
                        column = _span(place, 0)
            if not deleted:
                row: list[WordCell] = []
                above = self._row(element, row, len(rows), column, above)
                rows.append(row)
        return rows

    def _row(
        self, element: etree._Element, row: list[WordCell], index: int, column: int, above: dict[int, WordCell]
    ) -> dict[int, WordCell]:
        """Fill ``row`` with the cells of one ``w:tr``; returns the cells that the next row may continue."""
        below: dict[int, WordCell] = {}
        for cell in self._children(element):
            if cell.tag != _TC or self.overfull:
                continue
            span, vertical, horizontal = self._spans.get(cell, _SINGLE)
            if vertical == "continue" and column in above:
                above[column].rowspan += 1
                below[column] = above[column]
            elif horizontal == "continue" and row and row[-1].column + row[-1].colspan == column:
                row[-1].colspan += span
            else:
                self._cells += 1
                self.overfull = self._cells > MAX_CELLS
                row.append(WordCell(index, column, span, self.blocks(cell)))
                if vertical:
                    below[column] = row[-1]
            column += span
        return below


def _labels(root: etree._Element, numbering: Numbering) -> dict[etree._Element, str]:
    """The printed number of each numbered paragraph, counted in document order."""
    labels: dict[etree._Element, str] = {}
    styles = numbering.styles
    seen = None
    for element in root.iter(f"{W}numPr", f"{W}pStyle"):
        properties = element.getparent()
        # A paragraph may have both a style and a number of its own; it counts once.
        if properties is None or properties is seen or (element.tag == f"{W}pStyle" and element.get(VAL) not in styles):
            continue
        seen = properties
        paragraph = properties.getparent()
        if properties.tag == PPR and paragraph is not None and paragraph.tag == P and _printed(paragraph):
            label = numbering.label(properties)
            if label:
                labels[paragraph] = label
    return labels


def _printed(paragraph: etree._Element) -> bool:
    """False for the second copy of a text box, kept for old programs: it must not count."""
    return next(paragraph.iterancestors(FALLBACK), None) is None


def _unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """The children of ``parent``, with what only wraps them (content controls, insertions) taken away."""
    for child in parent:
        tag = child.tag
        if tag in _WRAPPERS:
            yield from _unwrapped(child)
        elif tag == _SDT:
            if not any(each.get(VAL) == "Table of Contents" for each in child.iterfind(_CONTENTS)):
                yield from _unwrapped(child)
        elif tag == ALTERNATE:
            chosen = branch(child)
            if chosen is not None:
                yield from _unwrapped(chosen)
        else:
            yield child


_CONTENTS = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"


def _direct(parent: etree._Element) -> Iterator[etree._Element]:
    return parent.iterchildren(P, _TBL, _TR, _TC)


def _spans(root: etree._Element) -> dict[etree._Element, _Spans]:
    """The cells that are more than one field of the grid. Looked for once, in C, as most are one."""
    found: dict[etree._Element, _Spans] = {}
    for place in root.iter(_GRID_SPAN, _V_MERGE, _H_MERGE):
        properties = place.getparent()
        cell = properties.getparent() if properties is not None and properties.tag == _TCPR else None
        if cell is not None:
            spans = found.get(cell, _SINGLE)
            if place.tag == _GRID_SPAN:
                found[cell] = spans._replace(columns=_span(place, 1))
            elif place.tag == _V_MERGE:
                found[cell] = spans._replace(vertical=place.get(VAL, "continue"))
            else:
                found[cell] = spans._replace(horizontal=place.get(VAL, "continue"))
    return found


def _span(element: etree._Element, least: int) -> int:
    """A count of columns, within ``least`` and ``MAX_SPAN``."""
    return min(max(count(element.get(VAL), least), least), MAX_SPAN)

"""HTML → Document.

The page is parsed once; marks are set before its tables, rows and cells; its text is taken out in one call and put
together in ``marked``. A table in a table, a box, a table that only holds the page together become running text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from gongkai.reading.document import Document
from gongkai.reading.errors import UnreadableError
from gongkai.reading.html import chrome
from gongkai.reading.html.bounds import COMMENT, SCRIPT, hostile
from gongkai.reading.html.marked import BREAK, CELL, ROW, SPAN, TABLE, TABLE_END, assemble
from gongkai.reading.html.source import prepared
from gongkai.reading.limits import MAX_SPAN, MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

# The many elements that are neither dropped nor named for what is in them.
_NEITHER_TEXT_NOR_CELLS = ":not(p,li,br,td,th,tr,tbody,img,h1,h2,h3,dd,option,x-inline)"
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I)
_MAX_META = 200


def read(text: str) -> Document:
    """The lines and tables of a page, without navigation, scripts and the like; ``metadata`` from its head.

    Raises ``UnreadableError`` when there is no text in it.
    """
    source, hiding, complete = prepared(text)
    warnings = [] if complete else ["网页元素过多，只读取了前面的部分"]
    metadata: dict[str, str] = {}
    if hostile(source):
        warnings.append("网页标签嵌套过深或属性过多，未按表格读取，只读取了文字")
        marked = _without_elements(source)
    else:
        metadata, marked = _parsed(source, hiding)
    body, blocks, more = assemble(chrome.drop(marked), chrome.is_chrome_line)
    if not blocks:
        raise UnreadableError("网页里没有读到文字：可能只有脚本或图片，请保存打开后的完整网页再试")
    return Document("html", body, blocks, metadata, warnings + more)


def _parsed(source: bytes, hiding: bool) -> tuple[dict[str, str], str]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    metadata = _metadata(tree)
    root = tree.body or tree.root
    if root is None:
        return metadata, ""
    for node, kind in _regions(root, hiding):
        node.insert_before(chrome.DROP + kind)
        node.insert_after(chrome.DROP_END)
    for node in root.css("table"):
        node.insert_before(TABLE)
        node.insert_after(TABLE_END)
    for node in root.css("tr,caption"):
        node.insert_before(ROW)
    for node in root.css("td,th"):
        node.insert_before(CELL)
    # In a list with commas an element that has both would be found twice.
    for node in root.css(":is(td,th):is([rowspan],[colspan])"):
        attributes = node.attributes
        node.insert_before(f"{SPAN}{_count(attributes.get('rowspan'))},{_count(attributes.get('colspan'))}{SPAN}")
    return metadata, root.text()


def _regions(root: LexborNode, hiding: bool) -> Iterator[tuple[LexborNode, str]]:
    """Elements that may not belong to the text, and how ``chrome.drop`` shall judge them."""
    for node in root.css(_NEITHER_TEXT_NOR_CELLS):
        tag = node.tag or ""
        if tag in chrome.CONTAINERS:
            attributes = node.attributes
            if attributes and (kind := chrome.kind_by_name(f"{attributes.get('class')} {attributes.get('id')}")):
                yield node, kind
        elif kind := chrome.KINDS.get(tag):
            yield node, kind
    for node in root.css('[style*="display" i],[style*="mso-hide" i],[hidden]') if hiding else ():
        attributes = node.attributes
        if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or ""):
            yield node, chrome.HIDDEN
    for node in root.css("table[data-table] > caption"):  # our own pages say the title of the chapter once more
        yield node, chrome.SCRIPT


def _count(attribute: str | None) -> int:
    """A span as browsers read it: leading digits, 1 when there are none."""
    match = re.match(r"\s*\+?(\d{1,6})", attribute or "")
    return min(int(match[1]), MAX_SPAN) if match else 1


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    metadata: dict[str, str] = {}
    title = tree.css_first("title")
    if title is not None and (words := _words(title.text())):
        metadata["title"] = words
    for node in tree.css("meta[content]")[:_MAX_META]:
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        content = _words(attributes.get("content") or "")
        if name and content:
            metadata.setdefault(_words(name).lower(), content)
    return metadata


def _words(text: str) -> str:
    return " ".join(text[:2000].replace(BREAK, " ").split())


def _without_elements(source: bytes) -> str:
    """The text of a page that cannot be parsed in bounded time: every tag is the end of a line."""
    mark = BREAK.encode()
    source = re.sub(SCRIPT + b"|" + COMMENT, mark, source)
    source = re.sub(rb"</?[a-zA-Z!][^<>]*>?", mark, source)
    return html.unescape(source[: 4 * MAX_TEXT].decode("utf-8", "ignore")[: 2 * MAX_TEXT])

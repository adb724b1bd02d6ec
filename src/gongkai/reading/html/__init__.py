"""HTML → Document.

Most pages are read from their tags alone (``straight``). All others are parsed; marks are set before their tables, rows
and cells, and their text is taken out in one call. The marked text is put together in ``marked``: a table in a table, a
box, a table that only holds the page together become running text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from gongkai.reading.document import Document
from gongkai.reading.errors import UnreadableError
from gongkai.reading.html import chrome
from gongkai.reading.html.bounds import COMMENT, SCRIPT, hostile
from gongkai.reading.html.marked import assemble
from gongkai.reading.html.marks import BREAK, CELL, DROP, DROP_END, ROW, TABLE, TABLE_END
from gongkai.reading.html.metadata import metadata
from gongkai.reading.html.source import prepared
from gongkai.reading.html.spans import span_mark
from gongkai.reading.html.straight import straight
from gongkai.reading.limits import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

# The many elements that are neither dropped nor named for what is in them.
_NEITHER_TEXT_NOR_CELLS = ":not(p,li,br,td,th,tr,tbody,img,h1,h2,h3,dd,option,x-inline)"


def read(text: str) -> Document:
    """The lines and tables of a page, without navigation, scripts and the like; ``metadata`` from its head.

    Raises ``UnreadableError`` when there is no text in it.
    """
    warnings: list[str] = []
    about, marked = straight(text) or _by_tree(text, warnings)
    body, blocks, more = assemble(chrome.drop(marked), chrome.is_chrome_line)
    if not blocks:
        raise UnreadableError("网页里没有读到文字：可能只有脚本或图片，请保存打开后的完整网页再试")
    return Document("html", body, blocks, about, warnings + more)


def _by_tree(text: str, warnings: list[str]) -> tuple[dict[str, str], str]:
    """Metadata and marked text of any page; what could not be read is added to ``warnings``."""
    source, hiding, complete = prepared(text)
    if not complete:
        warnings.append("网页元素过多，只读取了前面的部分")
    if hostile(source):
        warnings.append("网页标签嵌套过深或属性过多，未按表格读取，只读取了文字")
        return {}, _without_elements(source)
    return _parsed(source, hiding)


def _parsed(source: bytes, hiding: bool) -> tuple[dict[str, str], str]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    title = tree.css_first("title")
    stated = (node.attributes for node in tree.css("meta[content]"))
    about = metadata("" if title is None else title.text(), stated)
    root = tree.body or tree.root
    if root is None:
        return about, ""
    for node, kind in _regions(root, hiding):
        node.insert_before(DROP + kind)
        node.insert_after(DROP_END)
    for node in root.css("table"):
        node.insert_before(TABLE)
        node.insert_after(TABLE_END)
    for node in root.css("tr,caption"):
        node.insert_before(ROW)
    for node in root.css("td,th"):
        node.insert_before(CELL)
    # In a list with commas an element that has both would be found twice.
    for node in root.css(":is(td,th):is([rowspan],[colspan])"):
        node.insert_before(span_mark(node.attributes))
    return about, root.text()


def _regions(root: LexborNode, hiding: bool) -> Iterator[tuple[LexborNode, str]]:
    """Elements that may not belong to the text, and how ``chrome.drop`` shall judge them."""
    for node in root.css(_NEITHER_TEXT_NOR_CELLS):
        tag = node.tag or ""
        if kind := chrome.kind(tag, node.attributes if tag in chrome.CONTAINERS else {}):
            yield node, kind
    for node in root.css('[style*="display" i],[style*="mso-hide" i],[hidden]') if hiding else ():
        if chrome.hidden(node.attributes):
            yield node, chrome.HIDDEN
    for node in root.css("table[data-table] > caption"):  # our own pages say the title of the chapter once more
        yield node, chrome.SCRIPT


def _without_elements(source: bytes) -> str:
    """The text of a page that cannot be parsed in bounded time: every tag is the end of a line."""
    mark = BREAK.encode()
    source = re.sub(SCRIPT + b"|" + COMMENT, mark, source)
    source = re.sub(rb"</?[a-zA-Z!][^<>]*>?", mark, source)
    return html.unescape(source[: 4 * MAX_TEXT].decode("utf-8", "ignore")[: 2 * MAX_TEXT])

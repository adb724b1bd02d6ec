"""What a tag means for the text of a page: the mark that takes its place, and the letter that ``nesting`` judges by.

Only tags whose effect the standard leaves no doubt about are known here. Of all others, and of attributes that are not
written as they should be, ``Unsure`` is raised, and the page is left to the parser.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from gongkai.reading.html import chrome
from gongkai.reading.html.marks import BREAK, CELL, DROP, ROW, TABLE, TABLE_END
from gongkai.reading.html.source import BLOCKS, INLINE
from gongkai.reading.html.spans import span_mark

# In attributes a reference without ";" is read by rules of its own.
_ODD_REFERENCE = re.compile(r"&(?:#|[a-zA-Z][a-zA-Z0-9]*+(?!;))")


class Unsure(Exception):  # noqa: N818 - no error: the page goes another way
    """What a tag does to a page cannot be told without the parser."""


# Letters: of the start of an element and of its end.
NOTHING, LINE = b".-"  # no effect on nesting; without text, and as the end of a line
BODY, HEAD = b"|^"  # the beginning of the body, and what only a head has
# Elements whose content is text up to their end, whatever is in it: it belongs to no report.
RAW = {"script": b"Zz", "style": b"Yy", "textarea": b"Xx", "iframe": b"Kk", "title": b"Hh"}
SELECT, OPTION = b"Qq", b"OO"
LISTS = {"ul": b"Uu", "ol": b"Vv", "dl": b"Ww"}
TABLE_LETTERS, FORM, BUTTON, FOREIGN = b"Tt", b"Ff", b"Nn", b"Mm"
_OTHER_PAIRED = [
    *("div", "center", "section", "article", "main", "aside", "nav", "header", "footer", "fieldset", "figure"),
    *("figcaption", "blockquote", "address", "details", "summary", "dialog"),
]
_PAIRED = {name: bytes((0x80 + 2 * i, 0x81 + 2 * i)) for i, name in enumerate(_OTHER_PAIRED)}
_PAIRED |= LISTS | {"table": TABLE_LETTERS, "form": FORM, "button": BUTTON, "noscript": FOREIGN}
_PAIRED |= dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], b"Ll")  # the end of any closes any
PAIRS = tuple(sorted({*_PAIRED.values()} - {*LISTS.values(), TABLE_LETTERS, FOREIGN}))
# The same element as a region that may not belong to the text: letter of its start → letter.
REGION = {pair[0]: 0xC0 + i for i, pair in enumerate(sorted({*_PAIRED.values()}))}
CLOSING = {pair[0]: pair[1] for pair in _PAIRED.values()}

_BLOCKS = frozenset(BLOCKS.split("|"))
_VOID = ["img", "input", "br", "hr", "wbr", "link", "area", "embed", "param", "source", "track"]
_ORDINARY = [
    *("label", "sub", "sup", "ins", "var", "kbd", "samp", "q", "cite", "abbr", "acronym", "dfn", "bdi", "bdo"),
    *("mark", "time", "data", "map", "video", "audio", "canvas", *_VOID, *INLINE.split("|")),
]
_LETTERS = dict.fromkeys(_ORDINARY, bytes((NOTHING, NOTHING)))
_LETTERS |= dict.fromkeys(_BLOCKS - {"pre", "caption"}, bytes((LINE, LINE)))
# What may be left open has letters of its own. "?" fits nowhere.
_CELL = b"C"[0]
_LETTERS |= {"li": b"Ii", "dt": b"Aa", "dd": b"Ee", "tr": b"Rr", "td": b"Cc", "th": b"Cc"}
_LETTERS |= {"tbody": b"Bb", "thead": b"Bb", "tfoot": b"Bb", "colgroup": b"Gg", "col": b"G?"}
_LETTERS |= {"html": bytes((HEAD, NOTHING)), "body": bytes((BODY, NOTHING))}  # what stands behind is of the body
_LETTERS |= dict.fromkeys(["head", "meta", "base"], bytes((HEAD, HEAD)))
_LETTERS |= RAW | {"select": SELECT, "option": OPTION, "optgroup": OPTION} | _PAIRED

_NAME = re.compile(r"(/?)([a-zA-Z][^\s/\"'=<>]*+)(?=[\s/]|\Z)", re.ASCII)
_ATTRIBUTES = re.compile(
    r"""(?:[\s/]++|[^\s/"'=<>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`][^\s"'<>`]*+))?+)*+\Z""",
    re.ASCII,
)
_ATTRIBUTE = re.compile(
    r"""([^\s/"'=<>]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`][^\s"'<>`]*+)))?+""", re.ASCII
)


@lru_cache(maxsize=16_384)  # the pages of a site are made of the same tags
def meaning(tag: str) -> tuple[str, int]:
    """The mark and the letter of what stands between "<" and ">". Raises ``Unsure``."""
    if tag[:1] in "!?" and tag:
        # One with ">" in it ended there, and text stands behind.
        if ">" in tag or (tag[:3] == "!--" and not tag.endswith("--")):
            raise Unsure
        return "", NOTHING
    match = _NAME.match(tag)
    if match is None or not _ATTRIBUTES.match(tag, match.end()):
        raise Unsure
    name = match[2].lower()
    letters = _LETTERS.get(name) if match[2].isascii() else None
    if letters is None:
        if ":" not in name and not name.startswith("ucap"):  # <o:p>, <st1:date>, <ucapcontent>
            raise Unsure
        letters = _LETTERS["span"]
    if match[1]:
        mark = TABLE_END if name == "table" else BREAK if name in _BLOCKS else ""
        return mark, letters[1]
    return _start(name, tag, letters[0])


def attributes_of(tag: str) -> dict[str, str | None]:
    """As the parser gives them: the first of a name counts, ``None`` where there is no value. Raises ``Unsure``."""
    found: dict[str, str | None] = {}
    name = _NAME.match(tag)
    for key, *values in _ATTRIBUTE.findall(tag, name.end() if name else 0):
        value = next(filter(None, values), "")
        if "&" in value and _ODD_REFERENCE.search(value):
            raise Unsure
        found.setdefault(key.lower(), html.unescape(value) or None)
    return found


def _start(name: str, tag: str, letter: int) -> tuple[str, int]:
    mark = ROW if name == "tr" else BREAK if name in _BLOCKS else ""
    lowered = tag.lower()
    if not (letter in REGION or letter == _CELL or "hid" in lowered or "display" in lowered):
        return mark, letter
    attributes = attributes_of(tag)
    hidden = chrome.hidden(attributes)
    if letter not in REGION:
        if hidden and name not in _VOID:
            raise Unsure  # where a hidden paragraph ends, the parser knows
        return CELL + span_mark(attributes) if letter == _CELL else mark, letter
    kind = chrome.HIDDEN if hidden else chrome.kind("x-foreign" if name == "noscript" else name, attributes)
    region = DROP + kind if kind else ""
    if name == "table":  # the end of line that the parser finds before </table> is put in front of the table
        region = BREAK + region + TABLE
    return mark + region, REGION[letter] if kind else letter

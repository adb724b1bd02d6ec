"""A page read from its tags alone, without a tree: a third of the time, for pages whose tags nest as they should.

The page is cut at "<" and ">"; each tag is looked up once for all places where it stands. What comes out is what the
parser's tree gives (``tests/reading/test_html_straight.py`` holds the two together), or ``None`` when in doubt.
"""

from __future__ import annotations

import html
import re

from gongkai.reading.html.bounds import COMMENT, SCRIPT, small
from gongkai.reading.html.marks import DROP_END
from gongkai.reading.html.metadata import metadata
from gongkai.reading.html.nesting import DROPPED, region_ends, sound
from gongkai.reading.html.source import without_control_references
from gongkai.reading.html.tags import BODY, HEAD, NOTHING, RAW, Unsure, attributes_of, meaning

_NOT_BRACKETS = bytes(set(range(256)) - set(b"<>"))
# What may hold brackets that are no tags. Text of the kind of <title> ends the search when there is a bracket in it.
_RAW_TEXT = re.compile(
    b"(?>" + SCRIPT + rb")(?=[\s/>])[^<>]*>|" + COMMENT + rb"|<(?i:title|textarea|iframe)\b(?P<kept>[^<>]*>[^<]*</)?+"
)
_ONLY_IN_HEAD = re.compile(b"[%b]" % re.escape(bytes((BODY, HEAD, *RAW["title"]))))
_IN_HEAD = bytes((HEAD, NOTHING))
_END = DROP_END.encode()
# References that Python and the parser read differently: characters that are none.
_ODD_REFERENCE = re.compile(rb"&#(?:[xX]0*(?:[fF][dD][dDeE]|[0-9a-fA-F]*[fF]{3})|0*(?:649[789]|6500|6553|\d{6}))")
_MOST_KNOWN = 16_384


class _Meanings(dict[bytes, bytes]):
    """Tag → mark; ``letters`` tag → letter. Kept from page to page: the pages of a site are made of the same tags."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: dict[bytes, int] = {}

    def __missing__(self, tag: bytes) -> bytes:
        mark, self.letters[tag] = meaning(tag)
        self[tag] = mark
        return mark


_known = _Meanings()


def _meanings() -> _Meanings:
    global _known  # noqa: PLW0603 - renewed and not emptied: another thread may be at work with it
    if len(_known) > _MOST_KNOWN:
        _known = _Meanings()
    return _known


def straight(source: bytes) -> tuple[dict[str, str], str] | None:
    """The metadata and the marked text of the page; ``None`` when in doubt."""
    if not small(len(source), 0):
        return None
    try:
        return _marked(source)
    except Unsure:
        pass
    try:
        bare = _RAW_TEXT.sub(_without, source)
        return _marked(bare) if bare != source else None
    except Unsure:
        return None


def _without(raw: re.Match[bytes]) -> bytes:
    text = raw[0]
    if text[:2] == b"<!":
        return b""
    if raw["kept"]:
        return text
    if text[1:2] in b"sS" and not (b"<!--" in text and b"<script" in text[1:].lower()):  # where that ends, is a riddle
        return b""
    raise Unsure


def _marked(source: bytes) -> tuple[dict[str, str], str]:
    pieces = source.replace(b"<", b">").split(b">")
    texts, tags = pieces[::2], pieces[1::2]
    if not small(len(source), len(tags)) or source.translate(None, _NOT_BRACKETS) != b"<>" * len(tags):
        raise Unsure
    meanings = _meanings()
    marks = list(map(meanings.__getitem__, tags))
    letters = bytes(map(meanings.letters.__getitem__, tags))
    body = letters.find(BODY) + 1
    if _ONLY_IN_HEAD.search(letters, body):
        raise Unsure
    about = _about(tags[:body], letters, texts)
    for dropped in DROPPED.finditer(letters):
        first, last = dropped.span()
        texts[first + 1 : last] = [b""] * (last - first - 1)
    letters = DROPPED.sub(lambda dropped: b"." * len(dropped[0]), letters)
    if letters[: max(body - 1, 0)].strip(_IN_HEAD) or b"".join(texts[:body]).strip():
        raise Unsure  # what stands before the body begins it
    nested = letters[body:]
    if not sound(nested, texts[body + 1 :]):
        raise Unsure
    for index in region_ends(nested):
        marks[body + index] += _END
    del pieces[: 2 * body]
    pieces[::2], pieces[1::2] = texts[body:], marks[body:]
    return about, _text(b"".join(pieces))


def _about(head: list[bytes], letters: bytes, texts: list[bytes]) -> dict[str, str]:
    title = letters.find(RAW["title"])
    stated = [attributes_of(tag) for tag in head if tag[:4].lower() == b"meta"]
    return metadata(_text(texts[title + 1]) if title >= 0 else "", [a for a in stated if "content" in a])


def _text(marked: bytes) -> str:
    if b"&" not in marked:
        return marked.decode()
    if b"&#" in marked:
        marked = without_control_references(marked)
        if _ODD_REFERENCE.search(marked):
            raise Unsure
    return html.unescape(marked.replace(b"&nbsp;", b"\xc2\xa0").decode())

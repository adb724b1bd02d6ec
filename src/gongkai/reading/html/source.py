"""The source of a page made fit for the parser: ends of lines marked, inline dressing gone, within bounds.

Pages pasted from Word are nine tenths ``<span>``, ``<font>``, ``<o:p>``. A few substitutions that run in C cost less
than to parse the dressing, and they take the sting out of formatting elements, whose reopening is quadratic by the
standard. Scripts and comments are not looked at: what is changed in them is not read anyway, and no substitution
reaches over their ends.
"""

from __future__ import annotations

import re
from itertools import islice

from gongkai.reading.html.marks import BLANK, BREAK, MARKS, TAB

MAX_SOURCE_TAGS = 1_000_000
MAX_TAGS = 600_000  # elements and their ends; some 250 bytes of memory each. As many references by number
_LARGE = 200_000  # bytes: no picture in a smaller page is worth a search

INLINE = "span|font|o:p|a|b|i|u|strong|em|big|small|code|tt|nobr"
BLOCKS = (
    "p|br|li|div|h1|h2|h3|h4|h5|h6|hr|ul|ol|dl|dt|dd|section|article|main|aside|nav|header|footer|form|fieldset|"
    "figure|figcaption|blockquote|center|pre|address|caption|details|summary|legend|table"
)
# Elements whose content the parser reads by rules of its own; as they are dropped anyway, they go by another name.
_FOREIGN = "svg|math|noscript"


def _names(names: str) -> bytes:
    return f"(?:{names})(?=[\\s/>])".encode()


def _any_case(names: str) -> bytes:
    """Small and capital letters. Two letters for one cost twice the time of one, the flag of the pattern six times."""
    return _names(re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", names))


# To the end of a tag: quotation marks count only behind "="; most tags end with one. Never over the end of a comment.
_TO_END = (
    rb"""(?:>|[^>]{0,999}+(?<=[^=]")>|"""
    rb"""[^<>=]*+(?:=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s<>"'][^\s<>]*+|(?=>))[^<>=]*+)*+(?<!--)>)"""
)
_INLINE_TAG, _INLINE_TAG_ANY_CASE = (re.compile(b"</?+" + names(INLINE) + _TO_END) for names in (_names, _any_case))
_BLOCK, _BLOCK_ANY_CASE = (re.compile(b"<(?=/?+" + names(BLOCKS) + b")") for names in (_names, _any_case))
# Capital letters, and what the first pass left of inline elements.
_ODD = re.compile(b"<(?:/?+[a-z]*+[A-Z]|" + _names(f"{INLINE}|{_FOREIGN}|pre") + b")")
_INLINE_START = re.compile(b"<" + _names(INLINE))
_RENAMED = [
    (re.compile(start + _any_case(names)), start + other)
    for names, other in ((INLINE, b"x-inline"), (_FOREIGN, b"x-foreign"))
    for start in (b"<", b"</")
]
_HIDDEN = [re.compile(rb"display\s*+:\s*+none"), re.compile(rb"hid(?:den[\s>=/]|e\s*+:\s*+all)")]
_REFERENCE = re.compile(rb"&(?=#)")  # a pattern of one letter is found sooner than a string of two
_MARKS = [mark.encode() for mark in MARKS + "\0"]
_BLANKED = bytes(b" "[0] if b < 32 and b not in b"\t\n\r\f" else b for b in range(256))
CONTROL_REFERENCE = (  # of upper and lower case
    r"&#(?:x0*(?:[01]?[0-8bcef]|1[9ad]|7f)(?![0-9a-f])|0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]|127)(?![0-9]));?"
)
_CONTROL_REFERENCE = re.compile(CONTROL_REFERENCE.encode(), re.I)
_IMAGE_DATA = re.compile(rb"base64,[A-Za-z0-9+/=\s]{100,}+")


def encoded(text: str) -> bytes:
    """The page in UTF-8, without the characters that serve as marks."""
    source = text.encode("utf-8", "replace")
    return source.translate(_BLANKED) if any(map(source.__contains__, _MARKS)) else source


def prepared(text: str) -> tuple[bytes, bool, bool]:
    """The page in UTF-8, with ``BREAK`` before each tag of a block and without inline elements, which say nothing of
    its text; whether something on it may be hidden by an attribute; whether it is complete.
    """
    source = encoded(text)
    complete = few = True
    if len(source) > _LARGE:
        if b"base64," in source:
            source = _IMAGE_DATA.sub(b"base64,", source)
        source, complete = _cut(source, b"<", MAX_SOURCE_TAGS)
    lowered = source.lower()
    hiding = [match.start() for pattern in _HIDDEN for match in pattern.finditer(lowered)]
    # Hidden words are found by their element.
    keep_inline = any(_INLINE_START.match(lowered, lowered.rfind(b"<", max(0, at - 2000), at)) for at in hiding)
    if not keep_inline:
        source = _INLINE_TAG.sub(b"", source)
    block = _BLOCK
    if _ODD.search(source):
        source = _evened(source, keep_inline)
        block = _BLOCK_ANY_CASE
    if _REFERENCE.search(source):  # only now: an inline element in the middle of one would have hidden it
        source, few = _cut(source, b"&#", MAX_TAGS)
        source = _CONTROL_REFERENCE.sub(b" ", source)  # to the characters that serve as marks
    source, small = _cut(source, b"<", MAX_TAGS)
    return block.sub(BREAK.encode() + b"<", source), bool(hiding), complete and few and small


def _evened(source: bytes, keep_inline: bool) -> bytes:
    """Inline elements in capitals are gone as well; those that stay are not "formatting" to the parser."""
    if not keep_inline:
        source = _INLINE_TAG_ANY_CASE.sub(b"", source)
    for pattern, other in _RENAMED:
        source = pattern.sub(other, source)
    lowered = source.lower()
    return _keep_preformatted(source, lowered) if b"<pre" in lowered else source


def _cut(source: bytes, what: bytes, most: int) -> tuple[bytes, bool]:
    """As much of ``source`` as has ``what`` no more than ``most`` times, and whether that was all."""
    if source.count(what) <= most:
        return source, True
    last = next(islice(re.finditer(what, source), most, None))
    return source[: last.start()], False


def _keep_preformatted(source: bytes, lowered: bytes) -> bytes:
    """Line breaks, tabs and runs of spaces between ``<pre>`` and ``</pre>`` as marks that survive."""
    out = []
    position = 0
    while (start := lowered.find(b"<pre", position)) >= 0:
        end = lowered.find(b"</pre", start)
        end = len(source) if end < 0 else end
        out.append(source[position:start])
        for index, part in enumerate(re.split(rb"(<[^<>]*>)", source[start:end])):
            out.append(part if index % 2 else _preformatted(part))
        position = end
    return b"".join(out) + source[position:]


def _preformatted(text: bytes) -> bytes:
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", BREAK.encode())
    return text.replace(b"\t", TAB.encode()).replace(b"  ", BLANK.encode() * 2)

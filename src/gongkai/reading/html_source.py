"""The source of a page made fit for the parser: marked, without inline dressing, within bounds.

Pages pasted from Word are nine tenths ``<span>``, ``<font>``, ``<o:p>``, and between two words stand the same tags
again and again. Each different run of tags is simplified once; the rest is a dictionary. That costs less than to parse
the dressing, and it takes the sting out of formatting elements, whose reopening is quadratic by the standard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from gongkai.reading.html_chrome import NAMED_ATTRIBUTE, kind_by_name
from gongkai.reading.marked import BLANK, BREAK, CELL, MARKS, SPAN, TAB

MAX_SOURCE_TAGS = 1_000_000  # tags, and as many references to characters by number
MAX_TAGS = 600_000  # elements and their ends as the parser sees them; some 250 bytes of memory each
_LARGE = 200_000  # bytes: no picture in a smaller page is worth a search

# A tag as the standard reads it: quotation marks count only behind "=". Possessive, so that no input is slow.
ATTRIBUTES = rb"""[^>=]*+(?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+)[^>=]*+)*+(?:>|\Z)"""
COMMENT = rb"<!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
SCRIPT = rb"<(?i:script)\b(?s:.*?)(?:</(?i:script)|\Z)|<(?i:style)\b(?s:.*?)(?:</(?i:style)|\Z)"
_TAG = rb"(?:</?+(?!(?i:script|style)\b)[a-zA-Z]" + ATTRIBUTES + b"|" + SCRIPT + b"|" + COMMENT + rb")"
_TAG_OR_SPACE = re.compile(_TAG + rb"|\s++")
_RUN = re.compile(b"((?:" + _TAG + rb"\s*+)++)")
_NAME = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)")
_INLINE = b"span font o:p a b i s u strong em big small code tt strike nobr".split()
_LINES = b"p h1 h2 h3 h4 h5 h6".split()
_BLOCKS = (
    b"div li ul ol dl dt dd section article main aside nav header footer form fieldset figure figcaption blockquote "
    b"center pre address caption details summary legend table"
).split()
# Elements whose content the parser reads by rules of its own; as they are dropped anyway, they go by another name.
_FOREIGN = (b"svg", b"math", b"noscript")
# What becomes of an element's tags.
_CUT, _END_LINE, _AROUND, _MARK_CELL, _RENAME_INLINE, _RENAME_FOREIGN = range(1, 7)
_ROWSPAN = re.compile(rb"""[\s"'/]rowspan\s*=\s*["']?\s*\+?(\d{1,6})""", re.I)
_COLSPAN = re.compile(rb"""[\s"'/]colspan\s*=\s*["']?\s*\+?(\d{1,6})""", re.I)

_HIDDEN_ATTRIBUTE = rb"(?:display\s*+:\s*+none|mso-hide\s*+:\s*+all|\shidden[\s>=/])"
_HIDING = re.compile(_HIDDEN_ATTRIBUTE)
_INLINE_HIDDEN = re.compile(rb"<(?:" + b"|".join(_INLINE) + rb")(?=\s)[^<>]*" + _HIDDEN_ATTRIBUTE)
_LINE_HIDDEN = re.compile(rb"<(?:" + b"|".join(_LINES) + rb")(?=\s)[^<>]*" + _HIDDEN_ATTRIBUTE)
_MARKS = [mark.encode() for mark in MARKS + "\0"]
_BLANKED = bytes(b" "[0] if b < 32 and b not in b"\t\n\r\f" else b for b in range(256))
_CONTROL_REFERENCE = re.compile(
    rb"&#(?:x0*(?:[01]?[0-8bcef]|1[9ad]|7f)(?![0-9a-f])|0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]|127)(?![0-9]));?", re.I
)
_IMAGE_DATA = re.compile(rb"base64,[A-Za-z0-9+/=\s]{100,}+")


def prepared(text: str) -> tuple[bytes, bool, bool]:
    """The page in UTF-8, with marks (see ``marked``) where lines end and where cells begin, and without inline
    elements, which say nothing of its text; whether something on it is hidden by an attribute; whether it is complete.
    """
    source = text.encode("utf-8", "replace")
    if any(map(source.__contains__, _MARKS)):
        source = source.translate(_BLANKED)
    if len(source) > _LARGE and b"base64," in source:
        source = _IMAGE_DATA.sub(b"base64,", source)
    source, complete = _cut(source, b"<", MAX_SOURCE_TAGS)
    pieces = _RUN.split(source)
    runs = b"".join(set(pieces[1::2])).lower()
    if b"<pre" in runs:
        pieces = _RUN.split(_keep_preformatted(source))
    hiding = (b"display" in runs or b"hidden" in runs or b"mso-hide" in runs) and bool(_HIDING.search(runs))
    pieces[1::2] = map(_Simplified(_simplifier(runs, hiding)).__getitem__, pieces[1::2])
    source = b"".join(pieces)
    if b"&#" in source:  # last: an inline element in the middle of a reference would hide it until it is cut out
        source, few = _cut(source, b"&#", MAX_SOURCE_TAGS)
        source = _CONTROL_REFERENCE.sub(b" ", source)
        complete &= few
    source, small = _cut(source, b"<", MAX_TAGS)
    return source, hiding, complete and small


def without_cell_marks(source: bytes) -> bytes:
    """``prepared`` source with no more than the ends of lines marked."""
    return re.sub(f"{CELL}(?:{SPAN}[^{SPAN}]*{SPAN})?".encode(), b"", source)


class _Simplified(dict[bytes, bytes]):
    """Tags, or runs of tags, and what becomes of them."""

    def __init__(self, simplify: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self._simplify = simplify

    def __missing__(self, run: bytes) -> bytes:
        self[run] = simplified = self._simplify(run)
        return simplified


def _simplifier(runs: bytes, hiding: bool) -> Callable[[bytes], bytes]:
    # Hidden words are found by their element, so where an inline element hides, all of them stay, under a name that
    # is not "formatting" to the parser.
    keep_inline = hiding and bool(_INLINE_HIDDEN.search(runs))
    keep_lines = hiding and bool(_LINE_HIDDEN.search(runs))
    actions = dict.fromkeys(_INLINE, _RENAME_INLINE if keep_inline else _CUT)
    actions |= dict.fromkeys(_LINES, _AROUND if keep_lines else _END_LINE) | {b"br": _END_LINE, b"hr": _END_LINE}
    actions |= dict.fromkeys(_BLOCKS, _AROUND) | dict.fromkeys(_FOREIGN, _RENAME_FOREIGN)
    actions |= {b"td": _MARK_CELL, b"th": _MARK_CELL}
    mark = BREAK.encode()

    def simple(tag: bytes) -> bytes:
        start = _NAME.match(tag)
        if start is None:
            return b"" if tag.startswith(b"<") else tag  # a comment, white space
        end, name = start.groups()
        action = actions.get(name) or actions.get(name.lower())
        if action is None:
            return b"" if name[:4].lower() == b"st1:" else tag
        if action == _CUT:
            return b""
        if action == _END_LINE:
            return mark
        if action == _AROUND:
            if end:
                return tag + mark
            kind = kind_by_name(tag)
            return mark + (_with_kind(tag, name, kind) if kind else tag) + mark
        if action == _MARK_CELL:
            return tag if end else _cell(tag, name, hiding)
        other = b"x-inline" if action == _RENAME_INLINE else b"x-foreign"
        return b"<" + end + other + tag[1 + len(end) + len(name) :]

    tags = _Simplified(simple)
    return lambda run: b"".join(map(tags.__getitem__, _TAG_OR_SPACE.findall(run)))


def _with_kind(tag: bytes, name: bytes, kind: str) -> bytes:
    place = 1 + len(name)
    return b"%s %s=%s %s" % (tag[:place], NAMED_ATTRIBUTE.encode(), kind.encode(), tag[place:])


def _cell(tag: bytes, name: bytes, hiding: bool) -> bytes:
    """The beginning of a cell with its marks, and without attributes unless one of them may hide it."""
    rows, columns = _ROWSPAN.search(tag), _COLSPAN.search(tag)
    if not rows and not columns:
        return (tag if hiding else b"<" + name + b">") + CELL.encode()
    numbers = (int(rows[1]) if rows else 1, int(columns[1]) if columns else 1)
    tag = tag if hiding else b"<%s rowspan=%d colspan=%d>" % (name, *numbers)
    return tag + CELL.encode() + b"%s%d,%d%s" % (SPAN.encode(), *numbers, SPAN.encode())


def _cut(source: bytes, what: bytes, most: int) -> tuple[bytes, bool]:
    """As much of ``source`` as has ``what`` no more than ``most`` times, and whether that was all."""
    if source.count(what) <= most:
        return source, True
    last = next(islice(re.finditer(what, source), most, None))
    return source[: last.start()], False


def _keep_preformatted(source: bytes) -> bytes:
    """Line breaks, tabs and runs of spaces between ``<pre>`` and ``</pre>`` as marks that survive."""
    out = []
    position = 0
    lowered = source.lower()
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

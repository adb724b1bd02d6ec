"""Pages that would keep the parser busy for minutes, told beforehand.

For each block the parser looks through the elements that are open, for each attribute through those before it, and
behind a tag with attributes that it ignores it copies the text before; all are quadratic when a page is made for that.
Small pages are not looked at: they cannot take noticeable time.
"""

from __future__ import annotations

import re

MAX_NESTING = 1_000  # elements inside one another
MAX_IGNORED = 1_000  # tags that have no effect where they stand
MAX_TAG = 16_000  # characters of one tag
_SMALL_SOURCE, _SMALL_TAGS = 200_000, 20_000

# A tag as the standard reads it: quotation marks count only behind "=". Possessive, so that no input is slow.
ATTRIBUTES = rb"""[^>=]*+(?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+)[^>=]*+)*+(?:>|\Z)"""
COMMENT = rb"<!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
SCRIPT = rb"<(?i:script)\b(?s:.*?)(?:</(?i:script)|\Z)|<(?i:style)\b(?s:.*?)(?:</(?i:style)|\Z)"
_TAG = re.compile(SCRIPT + b"|" + COMMENT + rb"|<(/?)([a-zA-Z][^\s>/]*+)" + ATTRIBUTES)
_NO_NESTING = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dd dt option".split()
)
_IGNORED = frozenset((b"form", b"head", b"frame", b"frameset", b"col", b"colgroup"))
_CELLS = frozenset((b"td", b"th", b"tr", b"tbody", b"thead", b"tfoot", b"caption"))


def small(length: int, tags: int) -> bool:
    """Whether a page of ``length`` bytes cannot take noticeable time, whatever it is made of."""
    return length < _SMALL_SOURCE and tags < _SMALL_TAGS


def hostile(source: bytes) -> bool:
    """Whether nesting or attributes are beyond what any page needs."""
    if small(len(source), source.count(b"<")):
        return False
    nesting: list[bytes] = []
    tables = roots = ignored = 0
    for match in _TAG.finditer(source):
        end, name = match.groups()
        if name is None:
            continue
        name = name.lower()
        if match.end() - match.start() > MAX_TAG:
            return True
        if end:
            ignored += match.end() - match.start() > len(name) + 8  # with attributes
        elif name in _IGNORED or (name in _CELLS and not tables):
            ignored += 1
        if name in _CELLS:  # closes what is open in the cell before
            while tables and nesting[-1] != b"table":
                nesting.pop()
        elif end and name == b"table" and tables:
            while nesting.pop() != b"table":
                pass
            tables -= 1
        elif end:
            _close(nesting, name)
        elif name in (b"html", b"body"):
            roots += 1  # their attributes are collected in one element
        elif name not in _NO_NESTING:
            nesting.append(name)
            tables += name == b"table"
        if len(nesting) > MAX_NESTING or ignored > MAX_IGNORED or roots > 50:
            return True
    return False


def _close(nesting: list[bytes], name: bytes) -> None:
    """Only the element itself, and only near by: the parser may ignore an end that is out of order."""
    for back in range(len(nesting) - 1, max(-1, len(nesting) - 9), -1):
        if nesting[back] == name:
            del nesting[back]
            return

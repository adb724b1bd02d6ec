"""Whether the tags of a page nest as they should, told from one letter for each (``tags``).

Where they do, the tree that the parser would build is plain to see: every element ends where its end stands or, for
rows, cells and items, where the next begins. Nothing here takes a step for each element: pairs that have nothing
between them any more are taken out of the string until nothing is left, in as many rounds as the nesting is deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, compress

from gongkai.reading.html.tags import (
    BUTTON,
    CLOSING,
    FOREIGN,
    FORM,
    LINE,
    LISTS,
    PAIRS,
    RAW,
    REGION,
    SELECT,
    TABLE_LETTERS,
)

# Content that belongs to no report, whatever it is.
DROPPED = re.compile(b"|".join([*RAW.values(), rb"%cO*+%c" % (*SELECT,)]))
_PLAIN = bytes.maketrans(bytes(REGION.values()), bytes(REGION))
_LINE = bytes((LINE,))
_MOST_ROUNDS = 60  # a page that is deeper is left to the parser
# The start of an item closes the item before, that of a cell the cell before; </tbody> without a <tbody> is ignored.
_ITEMS = {"ul": b"(?:Ii?+)*+", "ol": b"(?:Ii?+)*+", "dl": b"(?:Aa?+|Ee?+)*+"}
_WHOLE = re.compile(
    b"|".join(
        [
            *(rb"%c%b%c" % (pair[0], _ITEMS[name], pair[1]) for name, pair in LISTS.items()),
            rb"%c(?:Gg?+)*+(?:[Bb]|R(?:Cc?+)*+r?+)*+%c" % (*TABLE_LETTERS,),
        ]
    )
)
# In a table and in none of its cells: only white space stays where it is written, the parser moves everything else.
_OUTSIDE = rb"TRrBbcGg"
_STRAY = re.compile(rb"[%b][^%bCt]" % (_OUTSIDE, _OUTSIDE))


def ends_outside(letters: bytes) -> int:
    """Whether text behind these tags stands in a table and in none of its cells: 0, 1, or 2 for "as before them"."""
    return 2 if not letters else int(letters[-1] in _OUTSIDE)


def in_cells(letters: bytes, outside: bytes, texts: Sequence[str]) -> bool:
    """Whether all text is in a cell or in no table; ``outside``: what ``ends_outside`` says of each text."""
    if 1 not in outside:
        return True
    while b"\1\2" in outside:
        outside = outside.replace(b"\1\2", b"\1\1")
    loose = "".join(compress(texts, outside.replace(b"\2", b"\0"))).strip(" \t\r\n\f")
    return not loose and _STRAY.search(letters.translate(_PLAIN)) is None


def sound(letters: bytes) -> bool:
    """Whether every element is where it seems to be; ``letters`` without those of dropped content."""
    # First those in which a line would end the element: a paragraph in it does.
    left = letters.translate(_PLAIN).replace(FOREIGN, b"").translate(None, _LINE)
    for alone in (FORM, BUTTON):  # one inside another is ignored, or ends the other
        if left.count(alone[0]) > 1 and alone[:1] * 2 in re.sub(b"[^%b]" % alone, b"", left):
            return False
    pairs = [pair for pair in PAIRS if pair[0] in left]
    for _ in range(_MOST_ROUNDS):
        before = left
        for pair in pairs:
            left = left.replace(pair, b"")
        left = _WHOLE.sub(b"", left)
        if left == before:
            break
    return not left


def region_ends(letters: bytes) -> list[int]:
    """Indices of the tags that end a region which may not belong to the text. ``letters`` are ``sound``."""
    ends = []
    for opening, region in REGION.items():
        if region not in letters:
            continue
        closing = CLOSING[opening]
        regions: list[bool] = []
        for index in sorted(chain.from_iterable(_places(letters, letter) for letter in (opening, region, closing))):
            if letters[index] != closing:
                regions.append(letters[index] == region)
            elif regions.pop():
                ends.append(index)
    return ends


def _places(letters: bytes, letter: int) -> Iterator[int]:
    index = letters.find(letter)
    while index >= 0:
        yield index
        index = letters.find(letter, index + 1)

"""Characters → words: what stands together on a line, with its box; and what was printed between two words."""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.reading.pdf.extract import Page

_WORD = re.compile(r"\S+")
# Scripts written without spaces between words, their punctuation, full-width forms, and the radicals that fonts
# hand out in place of characters.
_NO_SPACES = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—·\U00020000-\U0003ffff]")

WIDE = 1.5  # ems between two words of a line from which on they stand in different columns
NARROW = 0.8  # ems: a gap below this is the setting of the line (justified, or 中英文 spacing), not a space


class Word(NamedTuple):
    """``page.text[start:end]`` and the box around it, in points from the page's upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float
    start: int
    end: int


def words(page: Page) -> list[Word]:
    """The words of a page in pdfium's order; what lies outside of the page is not seen and left out."""
    left, top, right, bottom = page.left, page.top, page.right, page.bottom
    found = []
    for match in _WORD.finditer(page.text):
        start, end = match.span()
        if end - start == 1:
            word = Word(left[start], top[start], right[start], bottom[start], start, end)
        else:
            word = Word(
                min(left[start:end]), min(top[start:end]), max(right[start:end]), max(bottom[start:end]), start, end
            )
        if word.x1 > 0 and word.bottom > 0 and word.x0 < page.width and word.top < page.height:
            found.append(word)
    return found


def split(page: Page, word: Word, borders: list[float]) -> list[Word]:
    """A word that runs over column borders, cut where a gap between its characters lies on one.

    Words that merely overflow their cell have no such gap and stay whole.
    """
    cuts = [word.start]
    for index in range(word.start + 1, word.end):
        before, after = page.right[index - 1], page.left[index]
        if after - before > 0.15 * (word.bottom - word.top) and any(before - 1 <= at <= after + 1 for at in borders):
            cuts.append(index)
    if len(cuts) == 1:
        return [word]
    return [
        Word(min(page.left[a:b]), min(page.top[a:b]), max(page.right[a:b]), max(page.bottom[a:b]), a, b)
        for a, b in zip(cuts, [*cuts[1:], word.end], strict=True)
    ]


def lines(found: list[Word]) -> list[list[Word]]:
    """Words gathered into visual lines, from the top down, each from left to right."""
    gathered: list[list[Word]] = []
    top = bottom = 0.0
    for word in sorted(found, key=lambda word: word.top + word.bottom):
        middle = (word.top + word.bottom) / 2
        # In the middle half of the line's height: superscripts and mixed sizes stay, the next line does not.
        if gathered and top < middle < bottom:
            gathered[-1].append(word)
            continue
        gathered.append([word])
        quarter = (word.bottom - word.top) / 4
        top, bottom = word.top + quarter, word.bottom - quarter
    for line in gathered:
        line.sort()
    return gathered


def between(page: Page, word: Word, following: Word, wide: str = " ") -> str:
    """What stands between two words of one line: nothing, a space, or ``wide`` (across a column gap).

    A space that was typed is kept; a gap that only the setting made is none next to a Chinese character.
    """
    size = min(word.bottom - word.top, following.bottom - following.top)
    gap = following.x0 - word.x1
    if gap > WIDE * size:
        return wide
    if following.start > word.end and following.start - word.end < 8:
        typed = range(word.end, following.start)
        if any(page.right[index] - page.left[index] > 0.01 for index in typed):
            return " "
    if gap > NARROW * size:
        return " "
    if unspaced(page.text[word.end - 1], page.text[following.start]):
        return ""
    return " " if gap > 0.12 * size else ""


def unspaced(before: str, after: str) -> bool:
    """No space belongs between these two characters, not even where a line ended between them."""
    return bool(_NO_SPACES.match(before) or _NO_SPACES.match(after))

"""Paragraphs → running text without white space, a line for each, and the way back to offsets in the document.

Word and PDF put spaces and line ends between any two characters ("21 件"); a paragraph may be broken off in the middle
of a sentence. A line here is a whole paragraph as its writer meant it. Prose is searched as one text, which is much
faster than line by line; no pattern may reach over the end of a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from gongkai.report.model import Paragraph

_NUMBERED = r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是]|\d{1,2}[.．、](?!\d)|[①-⑩])"
_ENUMERATED = re.compile(_NUMBERED)
_SECTION = re.compile(rf"\n(?={_NUMBERED})(?P<on_request>[^\n]{{0,21}}?依申请)?")
_ENUMERATES = frozenset("（(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩")
_ENDED = "。！？!?"
_CONTINUED = "；;，,、：:"
_LONGEST = 20_000  # characters of a line: what is longer is no sentence of a report
_BEYOND = 1 << 60  # no offset is larger
_SHORT = 20  # a line this short without a stop at its end is a heading or a signature, not a broken-off sentence

Pieces = list[tuple[int, int]]  # where runs of characters begin: in a text without white space, in the document


class Line(NamedTuple):
    """One paragraph: ``text[start:end]`` of the running text."""

    chapter: str
    start: int
    end: int
    pieces: Pieces

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` of the running text begins and ends in the document."""
        if len(self.pieces) == 1:
            at, origin = self.pieces[0]
            return start - at + origin, end - at + origin
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, offset: int) -> int:
        at, origin = self.pieces[bisect_right(self.pieces, (offset, _BEYOND)) - 1]
        return origin + offset - at


_line = partial(tuple.__new__, Line)  # its own constructor is in Python


class Running:
    """``text``: the lines with ends of lines between them. Paragraphs that only continue a sentence are one line."""

    __slots__ = ("_stops", "lines", "text")

    def __init__(self, paragraphs: Sequence[tuple[str, Paragraph]]) -> None:
        self.lines: list[Line] = []
        texts: list[str] = []
        chapter = before = ""
        start = end = 0
        for of_chapter, paragraph in paragraphs:
            text, pieces = _without_spaces(paragraph)
            if not text:
                continue
            if before and chapter == of_chapter and _continues(before, text):
                texts[-1] = before = before + text
                pieces = self.lines.pop().pieces + [(at + end, origin) for at, origin in pieces]
            else:
                chapter, before, start = of_chapter, text, end + 1 if texts else 0
                texts.append(text)
                if len(pieces) == 1:
                    pieces = [(start, pieces[0][1])]
                elif start:
                    pieces = [(at + start, origin) for at, origin in pieces]
            end = start + len(before)
            self.lines.append(_line((chapter, start, end, pieces)))
        self.text = self._stops = "\n".join(texts)
        for stop in "！？!?\n":
            self._stops = self._stops.replace(stop, "。")

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence around ``at`` begins and ends."""
        first, last = self._stops.rfind("。", 0, at) + 1, self._stops.find("。", at)
        return first, len(self.text) if last < 0 else last + (self.text[last] != "\n")


def _enumerated(text: str) -> bool:
    """Whether a line has a number of its own: （一）, 二是, 3."""
    first = text[0]
    return (first in _ENUMERATES or first.isdigit()) and _ENUMERATED.match(text) is not None


def sections(text: str) -> Iterator[tuple[int, bool]]:
    """Where each line with a number of its own begins in the running text, and whether it is headed 依申请公开."""
    for section in _SECTION.finditer("\n" + text):
        yield section.start(), section["on_request"] is not None


def _without_spaces(paragraph: Paragraph) -> tuple[str, Pieces]:
    text = paragraph.text[:_LONGEST]
    words = text.split()
    if len(words) == 1 and len(words[0]) == len(text):
        return text, [(0, paragraph.start)]
    out: list[str] = []
    pieces: Pieces = []
    length = position = 0
    for word in words:
        position = text.find(word, position)
        if out and out[-1][-1].isdigit() and word[0].isdigit():
            # "0 0 1" are three numbers
            out.append(" ")
            length += 1
        pieces.append((length, paragraph.start + position))
        out.append(word)
        length += len(word)
        position += len(word)
    return "".join(out), pieces


def _continues(before: str, text: str) -> bool:
    last = before[-1]
    if last in _ENDED or len(before) > _LONGEST or _enumerated(text):
        return False
    return last in _CONTINUED or (len(before) >= _SHORT and not (len(before) < 30 and _enumerated(before)))

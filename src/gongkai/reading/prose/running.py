"""Paragraphs → lines of running text without white space, and the way back to offsets in the document.

Word and PDF put spaces and line ends between any two characters ("21 件"); a paragraph may be broken off in the middle
of a sentence. A line here is a whole paragraph as its writer meant it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.report.model import Paragraph

_ENUMERATED = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是]|\d{1,2}[.．、](?!\d)|[①-⑩]"
)
_ENDED = "。！？!?"
_CONTINUED = "；;，,、：:"
_LONGEST = 20_000  # characters of a line: what is longer is no sentence of a report
_BEYOND = 1 << 60  # no offset is larger
_SHORT = 20  # a line this short without a stop at its end is a heading or a signature, not a broken-off sentence


@dataclass(slots=True)
class Line:
    """One paragraph without white space. ``pieces``: offsets in ``text`` and in the document where runs begin."""

    chapter: str
    text: str
    pieces: list[tuple[int, int]]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` begins and ends in the document."""
        pieces = self.pieces
        if len(pieces) == 1:
            shift = pieces[0][1]
            return start + shift, end + shift
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, offset: int) -> int:
        at, start = self.pieces[bisect_right(self.pieces, (offset, _BEYOND)) - 1]
        return start + offset - at

    @property
    def enumerated(self) -> bool:
        return _ENUMERATED.match(self.text) is not None


def lines(paragraphs: Sequence[tuple[str, Paragraph]]) -> Iterator[Line]:
    """The paragraphs as lines; those that only continue a sentence are joined to the one before."""
    open_line: Line | None = None
    for chapter, paragraph in paragraphs:
        line = _line(chapter, paragraph)
        if not line.text:
            continue
        if open_line is None or not _continues(open_line, line):
            if open_line is not None:
                yield open_line
            open_line = line
        else:
            length = len(open_line.text)
            open_line.pieces += [(at + length, start) for at, start in line.pieces]
            open_line.text += line.text
    if open_line is not None:
        yield open_line


def _line(chapter: str, paragraph: Paragraph) -> Line:
    text = paragraph.text[:_LONGEST]
    words = text.split()
    if len(words) == 1 and len(words[0]) == len(text):
        return Line(chapter, text, [(0, paragraph.start)])
    out: list[str] = []
    pieces: list[tuple[int, int]] = []
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
    return Line(chapter, "".join(out), pieces)


def _continues(before: Line, line: Line) -> bool:
    last = before.text[-1]
    if before.chapter != line.chapter or last in _ENDED or line.enumerated or len(before.text) > _LONGEST:
        return False
    return last in _CONTINUED or (len(before.text) >= _SHORT and not (before.enumerated and len(before.text) < 30))

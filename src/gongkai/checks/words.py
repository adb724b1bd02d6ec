"""The running text of a report as one string, and the way back from it to places in the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.figures import Place
from gongkai.report import Report
from gongkai.report.model import Paragraph

CLAUSE_END = "。；;！？\n"


@dataclass(slots=True)
class Words:
    """``text``: the paragraphs, one a line. Tables, headings and signature are not in it."""

    report: Report
    text: str = ""
    _starts: list[int] = field(default_factory=list)
    _paragraphs: list[Paragraph] = field(default_factory=list)

    def place(self, start: int, end: int) -> Place:
        """Where ``text[start:end]`` stands in the document."""
        return self.report.place(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        paragraph = self._paragraphs[index]
        return min(paragraph.start + offset - self._starts[index], paragraph.end)

    def sentence(self, start: int, end: int) -> str:
        """The sentence around ``text[start:end]``, without its line breaks."""
        left = max(self.text.rfind(mark, 0, start) for mark in CLAUSE_END) + 1
        rights = [at for mark in CLAUSE_END if (at := self.text.find(mark, end)) >= 0]
        return bare(self.text[left : min(rights, default=len(self.text))])

    def quote(self, start: int, end: int, margin: int = 10) -> str:
        """The words with a little around them, for messages."""
        return bare(self.text[max(start - margin, self.text.rfind("\n", 0, start) + 1) : end + 2])


def words(report: Report, paragraphs: Iterable[Paragraph]) -> Words:
    kept = list(paragraphs)
    starts, length = [], 0
    for paragraph in kept:
        starts.append(length)
        length += len(paragraph.text) + 1
    return Words(report, "\n".join(p.text for p in kept), starts, kept)


def bare(text: str) -> str:
    """``text`` without white space: PDF and Word put it between any two characters."""
    return "".join(text.split())

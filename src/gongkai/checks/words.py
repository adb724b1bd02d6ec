"""The running text of a report as one string, and the way back from it to places in the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from gongkai.figures import Place
from gongkai.report import Report
from gongkai.report.model import Paragraph

SENTENCE_END = "。；;！？\n"
SENTENCE = 400  # characters to either side in which a sentence is looked for: hostile text has no end of sentence


@dataclass(slots=True)
class Words:
    """``text``: the paragraphs, one a line. Tables, headings and signature are not in it."""

    report: Report
    text: str
    _paragraphs: list[Paragraph]
    _starts: list[int] = field(default_factory=list)  # made when a place is asked for

    def place(self, start: int, end: int) -> Place:
        """Where ``text[start:end]`` stands in the document."""
        return self.report.place(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, offset: int) -> int:
        if not self._starts:
            self._starts = list(accumulate((len(p.text) + 1 for p in self._paragraphs), initial=0))[:-1]
        index = bisect_right(self._starts, offset) - 1
        paragraph = self._paragraphs[index]
        return min(paragraph.start + offset - self._starts[index], paragraph.end)

    def holds(self, word: str) -> bool:
        """Whether a word of several characters is in the text: from the end, a third of the time that ``in`` takes."""
        return self.text.rfind(word) >= 0

    def sentence(self, start: int, end: int) -> str:
        """The sentence around ``text[start:end]``, without its line breaks."""
        last = end + SENTENCE
        rights = [at for mark in SENTENCE_END if (at := self.text.find(mark, end, last)) >= 0]
        return bare(self.before(start, SENTENCE_END) + self.text[start : min(rights, default=last)])

    def before(self, start: int, marks: str) -> str:
        """What stands before ``start``, back to the last of ``marks``."""
        first = max(0, start - SENTENCE)
        return self.text[max(first, *(self.text.rfind(mark, first, start) + 1 for mark in marks)) : start]

    def near(self, word: str, pattern: re.Pattern[str], before: int, after: int) -> Iterator[re.Match[str]]:
        """Matches of ``pattern`` that hold ``word``. To look where the word stands costs a tenth of looking everywhere.

        ``before`` and ``after``: how far a match can reach to either side of the word.
        """
        at, done = self.text.find(word), 0
        while at >= 0:
            match = pattern.search(self.text, max(done, at - before), at + after)
            if match:
                yield match
                done = match.end()
            at = self.text.find(word, max(done, at + 1))

    def near_any(self, some: Iterable[str], pattern: re.Pattern[str], before: int, after: int) -> list[re.Match[str]]:
        """The matches of ``pattern`` that hold one of some words, in order."""
        found = {match.start(): match for word in some for match in self.near(word, pattern, before, after)}
        return [found[start] for start in sorted(found)]

    def quote(self, start: int, end: int, margin: int = 10) -> str:
        """The words with a little around them, for messages."""
        return bare(self.before(start, "\n")[-margin:] + self.text[start : end + 2])


def words(report: Report, paragraphs: Iterable[Paragraph]) -> Words:
    kept = list(paragraphs)
    return Words(report, "\n".join([p.text for p in kept]), kept)


def bare(text: str) -> str:
    """``text`` without white space: PDF and Word put it between any two characters."""
    return "".join(text.split())

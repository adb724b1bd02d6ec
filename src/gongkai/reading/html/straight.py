"""A page read from its tags alone, without a tree: a third of the time, for pages whose tags nest as they should.

The page is cut where its texts begin and end; between two of them stands a run of tags (``runs``). What comes out is
what the parser's tree gives, or ``None`` when in doubt (``tests/reading/test_html_straight.py`` holds them together).
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from itertools import accumulate, pairwise

from gongkai.reading.html.bounds import COMMENT, SCRIPT, small
from gongkai.reading.html.metadata import metadata
from gongkai.reading.html.nesting import DROPPED, in_cells, region_ends, sound
from gongkai.reading.html.runs import NEXT, known_runs, marks_with_ends
from gongkai.reading.html.source import without_control_references
from gongkai.reading.html.tags import BODY, HEAD, RAW, Unsure, attributes_of

_NOT_BRACKETS = bytes(set(range(256)) - set(b"<>"))
# What may hold brackets that are no tags. Text of the kind of <title> ends the search when there is a bracket in it.
_RAW_TEXT = re.compile(
    b"(?>" + SCRIPT + rb")(?=[\s/>])[^<>]*>|" + COMMENT + rb"|<(?i:title|textarea|iframe)\b(?P<kept>[^<>]*>[^<]*</)?+"
)
_ONLY_IN_HEAD = re.compile(b"[%b]" % re.escape(bytes((BODY, HEAD, *RAW["title"]))))
_IN_HEAD = bytes((HEAD,))
# References that Python and the parser read differently: characters that are none.
_ODD_REFERENCE = re.compile(rb"&#(?:[xX]0*(?:[fF][dD][dDeE]|[0-9a-fA-F]*[fF]{3})|0*(?:649[789]|6500|6553|\d{6}))")


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
    page = _Page(source)
    about = page.head()
    page.drop()
    if not (in_cells(page.letters, page.outside, page.texts[1:]) and sound(page.nested)):
        raise Unsure
    page.end_regions()
    return about, _text(page.marked())


class _Page:
    """A page cut up: ``texts[0]``, ``runs[0]``, ``texts[1]`` …, and the same in marks. ``letters``: of all tags that
    have an effect; ``body``: how many of them are not of the body; ``nested``: those that are, when what is dropped is
    gone. ``outside``: where each text but the first stands."""

    def __init__(self, source: bytes) -> None:
        source = source.replace(b"><", NEXT)
        pieces = source.replace(b"<", b">").split(b">")
        self.texts, self.runs = pieces[::2], pieces[1::2]
        if not self.runs or source.translate(None, _NOT_BRACKETS) != b"<>" * len(self.runs):
            raise Unsure
        marks, parts, outside = zip(*map(known_runs().__getitem__, self.runs), strict=True)
        self.marks, self.outside = list(marks), bytes(outside)
        self.letters = b"".join(parts)
        self._ends = list(accumulate(map(len, parts)))  # of the runs, in ``letters``
        self.body = self.letters.find(BODY) + 1
        self.nested = self.letters[self.body :]
        if _ONLY_IN_HEAD.search(self.nested):
            raise Unsure

    def _run(self, letter: int) -> int:
        """The run in which a letter stands; the text behind it has the index that follows."""
        return bisect(self._ends, letter)

    def _first(self) -> int:
        """The first text of the body."""
        return self._run(self.body - 1) + 1 if self.body else 0

    def head(self) -> dict[str, str]:
        """The metadata of the page."""
        tags = NEXT.join(self.runs[: self._first()]).split(NEXT)
        stated = [attributes_of(tag) for tag in tags if tag[:4].lower() == b"meta"]
        for tag, behind in pairwise(tags):
            if tag[:5].lower() == b"title" and behind[:6].lower() != b"/title":
                raise Unsure  # brackets in a title are no tags
        return metadata(self._title(), [attributes for attributes in stated if "content" in attributes])

    def _title(self) -> str:
        title = self.letters.find(RAW["title"][:1])
        if title < 0:
            return ""
        start, end = self._run(title), self._run(title + 1)
        return _text(self.texts[end]) if end > start else ""

    def drop(self) -> None:
        """Takes out what is no text of a report, and sees that nothing is left before the body: it would begin it."""
        found = list(DROPPED.finditer(self.letters))
        for dropped in found:
            first, last = self._run(dropped.start()) + 1, self._run(dropped.end() - 1) + 1
            self.texts[first:last] = [b""] * (last - first)
        if found:
            self.nested = DROPPED.sub(b"", self.nested)
        before = DROPPED.sub(b"", self.letters[: max(self.body - 1, 0)])
        if before.strip(_IN_HEAD) or b"".join(self.texts[: self._first()]).strip():
            raise Unsure

    def end_regions(self) -> None:
        """Sets the marks at the ends of regions that may not belong to the text."""
        ends: dict[int, list[int]] = {}
        for letter in region_ends(self.letters[self.body :]):
            run = self._run(self.body + letter)
            ends.setdefault(run, []).append(self.body + letter - (self._ends[run - 1] if run else 0))
        for run, indices in ends.items():
            self.marks[run] = marks_with_ends(self.runs[run], indices)

    def marked(self) -> bytes:
        """The marked text. Raises ``Unsure`` when what stood for the end and the start of a tag stands in a text."""
        first = self._first()
        pieces = [b""] * (2 * (len(self.runs) - first) + 1)
        pieces[::2], pieces[1::2] = self.texts[first:], self.marks[first:]
        marked = b"".join([*self.marks[max(first - 1, 0) : first], *pieces])
        if NEXT[:1] in marked:
            raise Unsure
        return marked


def _text(marked: bytes) -> str:
    if b"&" not in marked:
        return marked.decode()
    if b"&#" in marked:
        marked = without_control_references(marked)
        if _ODD_REFERENCE.search(marked):
            raise Unsure
    return html.unescape(marked.replace(b"&nbsp;", b"\xc2\xa0").decode())

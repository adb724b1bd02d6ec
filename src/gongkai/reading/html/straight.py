"""A page read from its tags alone, without a tree: a third of the time, for pages whose tags nest as they should.

The page is cut where its texts begin and end; between two of them stands a run of tags (``runs``). A tag ends with the
first ">", a text with the next "<"; where that is not so, a tag comes out that is not written as it should be. What
comes out is what the parser's tree gives, or ``None`` when in doubt (``tests/reading/test_html_straight.py`` holds them
together).
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from itertools import accumulate, pairwise

from gongkai.reading.html.bounds import COMMENT, SCRIPT, small
from gongkai.reading.html.known_tables import set_aside
from gongkai.reading.html.marked import collapse
from gongkai.reading.html.marks import BREAK, KNOWN, KNOWN_END, MARKS, NUMBER
from gongkai.reading.html.metadata import metadata
from gongkai.reading.html.nesting import DROPPED, in_cells, region_ends, sound
from gongkai.reading.html.runs import NEXT, known_runs, marks_with_ends
from gongkai.reading.html.source import CONTROL_REFERENCE
from gongkai.reading.html.tags import BODY, HEAD, RAW, Unsure, attributes_of

_SET_BEFORE = BREAK + NUMBER + KNOWN + KNOWN_END  # marks that stand in the source when it is cut
_NO_TEXT = "\0" + MARKS.translate(dict.fromkeys(map(ord, _SET_BEFORE)))
_TEXTS = re.compile(">([^<]+)<")
# What may hold brackets that are no tags. Text of the kind of <title> ends the search when there is a bracket in it.
_RAW_TEXT = re.compile(
    f"(?>{SCRIPT.decode()})(?=[\\s/>])[^<>]*>|{COMMENT.decode()}"
    r"|<(?i:title|textarea|iframe)\b(?P<kept>[^<>]*>[^<]*</)?+",
    re.ASCII,
)
_ONLY_IN_HEAD = re.compile(b"[%b]" % re.escape(bytes((BODY, HEAD, *RAW["title"]))))
_IN_HEAD = bytes((HEAD,))
# References that Python and the parser read differently: characters that are none.
_CONTROL_REFERENCE = re.compile(CONTROL_REFERENCE, re.I | re.ASCII)
_ODD_REFERENCE = re.compile(r"&#(?:[xX]0*(?:[fF][dD][dDeE]|[0-9a-fA-F]*[fF]{3})|0*(?:649[789]|6500|6553|\d{6}))")


def straight(source: str) -> tuple[dict[str, str], str] | None:
    """The metadata and the marked text of the page; ``None`` when in doubt."""
    if not small(len(source), 0) or any(map(source.__contains__, _SET_BEFORE)):
        return None
    source, known = set_aside(source, _marked_table)
    found = _found(source)
    # A known table in what is dropped unread is no table.
    return found if found is None or not known or found[1].count(KNOWN) == known else None


def _marked_table(source: str) -> str:
    found = _found(source)
    return collapse(found[1]) if found else ""


def _found(source: str) -> tuple[dict[str, str], str] | None:
    try:
        return _marked(source)
    except Unsure:
        pass
    try:
        bare = _RAW_TEXT.sub(_without, source)
        return _marked(bare) if bare != source else None
    except Unsure:
        return None


def _without(raw: re.Match[str]) -> str:
    text = raw[0]
    if text[:2] == "<!":
        return ""
    if raw["kept"]:
        return text
    if text[1:2] in "sS" and not ("<!--" in text and "<script" in text[1:].lower()):  # where that ends, is a riddle
        return ""
    raise Unsure


def _marked(source: str) -> tuple[dict[str, str], str]:
    page = _Page(source)
    about = page.head()
    page.drop()
    _see_to_characters("".join([*page.texts, *about.values()]))
    if not (in_cells(page.letters, page.outside, page.texts[1:]) and sound(page.nested)):
        raise Unsure
    page.end_regions()
    return about, _text(page.marked())


def _see_to_characters(text: str) -> None:
    """Raises ``Unsure`` when a text has marks in it or halves of characters."""
    if any(map(text.__contains__, _NO_TEXT)):
        raise Unsure
    try:
        text.encode("utf-16-le")  # faster than UTF-8
    except UnicodeEncodeError:
        raise Unsure from None


class _Page:
    """A page cut up: ``texts[0]``, ``runs[0]``, ``texts[1]`` …, and the same in marks. ``letters``: of all tags that
    have an effect; ``body``: how many of them are not of the body; ``nested``: those that are, when what is dropped is
    gone. ``outside``: where each text but the first stands."""

    def __init__(self, source: str) -> None:
        first, _, tags = source.partition("<")
        tags, closed, last = tags.rpartition(">")
        if not closed:
            raise Unsure
        pieces = _TEXTS.split(tags)
        self.runs, self.texts = pieces[::2], [first, *pieces[1::2], last]
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
        stated = [attributes_of(tag) for tag in tags if tag[:4].lower() == "meta"]
        for tag, behind in pairwise(tags):
            if tag[:5].lower() == "title" and behind[:6].lower() != "/title":
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
            self.texts[first:last] = [""] * (last - first)
        if found:
            self.nested = DROPPED.sub(b"", self.nested)
        before = DROPPED.sub(b"", self.letters[: max(self.body - 1, 0)])
        if before.strip(_IN_HEAD) or "".join(self.texts[: self._first()]).strip(" \t\r\n\f"):
            raise Unsure

    def end_regions(self) -> None:
        """Sets the marks at the ends of regions that may not belong to the text."""
        ends: dict[int, list[int]] = {}
        for letter in region_ends(self.letters[self.body :]):
            run = self._run(self.body + letter)
            ends.setdefault(run, []).append(self.body + letter - (self._ends[run - 1] if run else 0))
        for run, indices in ends.items():
            self.marks[run] = marks_with_ends(self.runs[run], indices)

    def marked(self) -> str:
        """The marked text."""
        first = self._first()
        pieces = [""] * (2 * (len(self.runs) - first) + 1)
        pieces[::2], pieces[1::2] = self.texts[first:], self.marks[first:]
        return "".join([*self.marks[max(first - 1, 0) : first], *pieces])


def _text(marked: str) -> str:
    if "&" not in marked:
        return marked
    if "&#" in marked:
        marked = _CONTROL_REFERENCE.sub(" ", marked)
        if _ODD_REFERENCE.search(marked):
            raise Unsure
    return html.unescape(marked.replace("&nbsp;", "\xa0"))

"""Page numbers, and headers and footers that come again on every page: not part of what the report says."""

from __future__ import annotations

import re
from collections import Counter

from gongkai.reading.pdf.layout import Layout, TextLine

EDGE = 0.12  # of the page's height, at top and bottom: where page numbers stand
_NUMBER = re.compile(
    r"[-–—―－─·•~〜\s]*(?:第\s*[0-9０-９一二三四五六七八九十百]{1,4}\s*页|page\s*\d{1,4}|[0-9０-９]{1,4}\s*页?|[ivxlc]{1,6})"
    r"(?:[\s,，/／、of]*共?\s*[0-9０-９一二三四五六七八九十百]{1,4}\s*页?)?[-–—―－─·•~〜\s]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def without_furniture(layouts: list[Layout]) -> list[list[TextLine]]:
    """The lines of each page without its page number, running header and footer."""
    marks = [[_mark(layout, line) for line in layout.lines] for layout in layouts]
    seen = Counter(mark for page in marks for mark in {mark for mark in page if mark})
    repeated = {mark for mark, times in seen.items() if times >= max(3, 0.6 * len(layouts))}
    return [
        [
            line
            for line, mark in zip(layout.lines, page, strict=True)
            if not mark or (mark not in repeated and not _NUMBER.fullmatch(line_text(layout, line)))
        ]
        for layout, page in zip(layouts, marks, strict=True)
    ]


def line_text(layout: Layout, line: TextLine) -> str:
    return " ".join(layout.page.text[word.start : word.end] for word in line.words)


def _mark(layout: Layout, line: TextLine) -> str:
    """What a line at the page's edge has in common with the same line of other pages; "" away from the edge."""
    height = layout.page.height
    if EDGE * height < (line.top + line.bottom) / 2 < (1 - EDGE) * height:
        return ""
    # A table's own lines never come here; a line between tables and edge with the body's words differs by page.
    where = round((line.top + line.bottom) / 2 / 6)
    return f"{where} {_DIGITS.sub('0', line_text(layout, line))}"

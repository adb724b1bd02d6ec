"""Plain text and Markdown: every line a ``Line``; bars, tabs and one cell a line are taken apart in ``rows``."""

from __future__ import annotations

import re
from itertools import islice

from gongkai.reading.document import Document, Grid, Line
from gongkai.reading.limits import MAX_LINES, MAX_TEXT

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_MARKS = re.compile(r"#{1,6}[ \t]+(?=\S)")  # of a Markdown heading: no words of the report


def read(text: str) -> Document:
    """Lines of ``text``, offsets into it. A line of nothing but tabs is kept: it is an empty cell."""
    warnings = []
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        warnings.append(f"文件过长，只读了前 {MAX_TEXT} 字")
    lines = (match for match in _LINE.finditer(text) if "\t" in match.group() or match.group().strip())
    blocks: list[Line | Grid] = [_line(match) for match in islice(lines, MAX_LINES)]
    if next(lines, None):
        warnings.append(f"行数过多，只读了前 {MAX_LINES} 行")
    return Document("text", text, blocks, {}, warnings)


def _line(match: re.Match[str]) -> Line:
    text, start, end = match.group(), match.start(), match.end()
    if text[0] == "#" and (marks := _MARKS.match(text)):
        return Line(text[marks.end() :], start + marks.end(), end)
    return Line(text, start, end)

"""A report as the sequence of what stands on its pages: title, headings, paragraphs, tables, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from gongkai.rendering import layout
from gongkai.rendering.grid import Grid, tables
from gongkai.report import Chapter, Form, Report, load_form
from gongkai.report.model import Paragraph

# Roles of a line.
TITLE, CHAPTER, SECTION, TEXT, SIGNATURE = "title", "chapter", "section", "text", "signature"
PAGE = "page"  # no line: a new page begins
# Roles that letters add (GB/T 9704 7.2.5, 7.3): a title with its document number right under it, the number, those to
# whom it is addressed, an attachment (runs: 附件：, its number, its name), an empty line, 附注, 抄送.
NUMBERED_TITLE, NUMBER, ADDRESSEE = "numbered_title", "number", "addressee"
ATTACHMENT, BLANK, NOTE, COPIES = "attachment", "blank", "note", "copies"

# What XML 1.0 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# （一）主动公开情况 — GB/T 9704 7.3.3: second level, set in 楷体.
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_HEADING_LONGEST = 40


class Run(NamedTuple):
    """A piece of a line in one look. ``kai``: set as a second-level heading; ``marked``: a finding is about it;
    ``ends``: numbers of the findings whose words end here."""

    text: str
    kai: bool = False
    marked: bool = False
    ends: tuple[int, ...] = ()


class Line(NamedTuple):
    """A heading, a paragraph or a line of the signature."""

    role: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Block = Line | Grid


def title_runs(line: Line, agency: str | None) -> list[Run]:
    """A title of one look, one run for each of its lines on the page; marks stay."""
    run, *more = line.runs
    assert not more
    texts = layout.title_lines(run.text, agency)
    return [run._replace(text=text, ends=()) for text in texts[:-1]] + [run._replace(text=texts[-1])]


def line(role: str, text: str = "") -> Line:
    """A line without marks."""
    return Line(role, (Run(clean(text)),))


def held_together(content: Sequence[Block]) -> set[int]:
    """Positions of blocks that must stand on the page of the next: the end of a letter's text, its attachments, the
    empty lines that leave room for the seal, signature and note. No page may hold a signature and no text (7.3.5.4).
    """
    roles = [block.role if isinstance(block, Line) else "" for block in content]
    if SIGNATURE not in roles or BLANK not in roles:
        return set()
    first = last = len(roles) - 1 - roles[::-1].index(SIGNATURE)
    while first and roles[first] in {SIGNATURE, BLANK, ATTACHMENT}:
        first -= 1
    return set(range(first, last + (NOTE in roles[last:])))


class Marks(Protocol):
    """Where findings are shown: in the text and in the cells."""

    def spans(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """(start, end, number) of every marked span that meets ``start``–``end``, cut to it."""
        ...

    def cell(self, key: str) -> tuple[int, ...]:
        """Numbers of the findings about a cell."""
        ...


class NoMarks:
    def spans(self, start: int, end: int) -> list[tuple[int, int, int]]:
        return []

    def cell(self, key: str) -> tuple[int, ...]:
        return ()


NO_MARKS = NoMarks()


def clean(text: str) -> str:
    """``text`` without the control characters that no document format takes."""
    return _ILLEGAL.sub("", text)


def blocks(report: Report, marks: Marks = NO_MARKS) -> list[Block]:
    """Everything on the pages of ``report``, in order. Each table stands in its chapter, where it stood."""
    form = load_form(report.form) if report.form else None
    grids = tables(form, report.figures, marks.cell) if form else {}
    out: list[Block] = []
    if report.title:
        start = report.title_place.start if report.title_place else None
        out.append(_line(TITLE, report.title, start, marks))
    out += [_paragraph(p, marks) for p in report.preface]
    for chapter in report.chapters:
        out += _tables_before(chapter, form, grids)
        out.append(_line(CHAPTER, chapter.heading.text, chapter.heading.start, marks))
        out += _chapter_body(chapter, form, grids, report, marks)
    out += grids.values()
    out += [_line(SIGNATURE, p.text, p.start, marks) for p in report.signature]
    return out


def _tables_before(chapter: Chapter, form: Form | None, grids: dict[str, Grid]) -> Iterator[Block]:
    """Tables whose own chapter the document lacks, in the order of the form."""
    if form and chapter.key:
        number = next((c.number for c in form.chapters if c.key == chapter.key), 0)
        for earlier in form.chapters:
            if earlier.number < number and earlier.table in grids:
                yield grids.pop(earlier.table)


def _chapter_body(
    chapter: Chapter, form: Form | None, grids: dict[str, Grid], report: Report, marks: Marks
) -> Iterator[Block]:
    key = next((c.table for c in form.chapters if c.key == chapter.key), None) if form and chapter.key else None
    grid = grids.pop(key, None) if key else None
    begins = _table_start(report, key) if key else None
    for paragraph in chapter.paragraphs:
        if grid and begins is not None and paragraph.start > begins:
            yield grid
            grid = None
        yield _paragraph(paragraph, marks)
    if grid:
        yield grid


def _table_start(report: Report, table: str) -> int | None:
    prefix = f"{table}."
    places = (figure.place for cell, figure in report.figures.items() if cell.startswith(prefix))
    return min((place.start for place in places if place is not None), default=None)


def _paragraph(paragraph: Paragraph, marks: Marks) -> Line:
    text = paragraph.text
    if not _SECOND_LEVEL.match(text):
        return _line(TEXT, text, paragraph.start, marks)
    stop = text.find("。")
    if stop in (-1, len(text) - 1) and len(text) <= _HEADING_LONGEST:
        return _line(SECTION, text, paragraph.start, marks)
    lead = stop + 1 if 0 <= stop < _HEADING_LONGEST else 0
    return _line(TEXT, text, paragraph.start, marks, lead)


def _line(role: str, text: str, start: int | None, marks: Marks, lead: int = 0) -> Line:
    spans = [] if start is None else [(a - start, b - start, n) for a, b, n in marks.spans(start, start + len(text))]
    if not spans and not lead:
        return Line(role, (Run(clean(text)),))
    cuts = sorted({0, lead, len(text), *(a for a, _, _ in spans), *(b for _, b, _ in spans)})
    runs = []
    for a, b in pairwise(cuts):
        over = any(begin <= a and b <= end for begin, end, _ in spans)
        ends = tuple(dict.fromkeys(number for _, end, number in spans if end == b))
        runs.append(Run(clean(text[a:b]), b <= lead, over, ends))
    return Line(role, tuple(runs))

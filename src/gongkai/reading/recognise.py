"""Document → Report: which rows are tables, which lines are chapters, and what the file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.figures import Place
from gongkai.reading.chapters import Outline, cut
from gongkai.reading.document import Document, Grid
from gongkai.reading.metadata import index_number, kind_of, published_on, signed_on
from gongkai.reading.prose import claims
from gongkai.reading.tables.find import find
from gongkai.reading.tables.headers import form_of
from gongkai.reading.tables.labels import fold
from gongkai.reading.tables.notes import head_notes
from gongkai.reading.tables.placing import Placer
from gongkai.reading.tables.rows import is_rule
from gongkai.reading.tables.search import Found
from gongkai.report import Report, form_for_year, forms, load_form
from gongkai.report.model import READING_WARNING, Later, Note, Paragraph

_SITE_SUFFIX = re.compile(r"\s*[-_|–—].*$")
_YEAR = re.compile(r"(20\d\d)年")


def recognise(document: Document) -> Report:
    """The report in ``document``. Never raises: what is not there is ``None`` or unread."""
    found = find(document)
    outline = cut(list(_paragraphs(document, found)))
    metadata = document.metadata
    title, agency, year = _title(outline, metadata)
    report = Report(
        title=title,
        title_place=document.place(*outline.title_span) if outline.title_span else None,
        agency=agency,
        kind=kind_of(agency) or metadata.get("gongkai:kind"),
        year=year,
        chapters=outline.chapters,
        preface=tuple(outline.preface),
        signature=tuple(outline.signature),
        published_on=published_on(outline.metadata_lines, metadata),
        signed_on=signed_on(outline.signature, outline.preface),
        index_number=index_number(outline.metadata_lines, metadata),
        text=document.text,
        source_format=document.format,
        pages=document.pages,
        notes=[Note(READING_WARNING, warning) for warning in document.warnings],
    )
    if found.anything:
        form = load_form(_form(found, year))
        if not all(table.fits(form.name) for table in found.whole.values()):
            found = find(document, familiar=False)
        placer = Placer(document, form, found)
        report.form = form.name
        if values := found.values(form):  # every table is of a known make: there is nothing to be said about them
            report.put_off(Later(values, placer.run))
        else:
            report.figures = placer.run()
            report.notes += placer.notes + head_notes(document, form, found)
    prose = [("preface", p) for p in report.preface]
    prose += [(c.key or "", p) for c in report.chapters for p in c.paragraphs]
    report.claims = claims(prose, year, document.locate or _place)
    return report


def _place(start: int, end: int) -> Place:
    return tuple.__new__(Place, (start, end, None, None))  # its own constructor takes twice the time


def _form(found: Found, year: int | None) -> str:
    """By the column heads; without any, by rows only one form has; else the form of the year, else the newest."""
    known = found.whole.get("proactive")
    if name := known.make.form if known else form_of(found.heads["proactive"]):
        return name
    if {"other_no_supplement", "other_fee_unpaid"}.intersection(found.names("applications")):
        return forms()[-1]
    if {"other_services", "procurement"}.intersection(found.names("proactive")):
        return "2019"
    try:
        return form_for_year(year).name if year else forms()[-1]
    except KeyError:
        return forms()[0]


def _paragraphs(document: Document, found: Found) -> Iterator[Paragraph]:
    """Running text: lines and the words in grids that are none of the three tables."""
    used = found.used
    for index, block in enumerate(document.blocks):
        if index in used:
            continue
        if not isinstance(block, Grid):
            text = block.text
            if not text[0].isalnum() and is_rule(text):
                continue  # bars and dashes between the rows of a table
            if text[0].isspace() or text[-1].isspace():
                bare = text.strip()
                if bare:
                    start = block.start + text.index(bare)
                    yield Paragraph(bare, start, start + len(bare))
            else:
                yield block
        else:
            yield from _cell_paragraphs(block)


def _cell_paragraphs(grid: Grid) -> Iterator[Paragraph]:
    for cell in grid.cells:
        at = cell.start
        for line in cell.text.split("\n"):
            if bare := line.strip():
                start = at + line.index(bare)
                yield Paragraph(bare, start, start + len(bare))
            at += len(line) + 1


def _title(outline: Outline, metadata: dict[str, str]) -> tuple[str | None, str | None, int | None]:
    """Title, agency and year: from the text, else from what the file says of itself."""
    title, agency, year = outline.title, outline.agency, outline.year
    if title is None:
        for key in ("articletitle", "title", "og:title"):
            stated = cut([Paragraph(_SITE_SUFFIX.sub("", metadata.get(key, "")), 0, 0)])
            if stated.title:
                title, agency, year = stated.title, stated.agency, stated.year
                break
    if agency is None:
        names = [p.text for p in outline.signature if kind_of(p.text)]
        agency = fold(names[0]) if names else metadata.get("contentsource") or None
    if year is None:
        for paragraph in outline.preface:
            if match := _YEAR.search(fold(paragraph.text)):
                year = int(match.group(1))
                break
    return title, agency, year

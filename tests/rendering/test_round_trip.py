"""What we write, our own reader reads: the same figures, chapters, title, body and year, from every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from rendering.reports import county, damaged, long_prose, reports, township
from shared_files import file_name, needs_shared, report_files, seed_files

from gongkai import reading
from gongkai.checks import run
from gongkai.rendering import BLANK_FORMATS, RenderingError, blank, render
from gongkai.report import Report, from_json

DOCUMENTS = ("html", "docx", "xlsx", "pdf")
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def values(report: Report) -> dict[str, object]:
    """Value of each figure; ``None`` for unread, whatever the reason: a cell that is not certain is printed blank."""
    return {key: figure.value for key, figure in report.figures.items()}


def chapters(report: Report, lines: bool) -> list[tuple[str | None, str, list[str]]]:
    """Key, heading and paragraphs; without ``lines`` as one text, for pages show no sure end of a paragraph."""
    out = []
    for chapter in report.chapters:
        texts = [paragraph.text for paragraph in chapter.paragraphs]
        out.append((chapter.key, chapter.heading.text, texts if lines else ["".join(texts)]))
    return out


def assert_same(read: Report, written: Report, format: str) -> None:
    lines = format != "pdf"
    assert values(read) == values(written)
    assert chapters(read, lines) == chapters(written, lines)
    for name in ("title", "agency", "kind", "year", "form", "signed_on"):
        assert getattr(read, name) == getattr(written, name), name
    between = "\n" if lines else ""
    assert between.join(p.text for p in read.preface) == between.join(p.text for p in written.preface)
    assert [p.text for p in read.signature] == [p.text for p in written.signature]


@pytest.mark.parametrize("format", ["html", "docx", "xlsx"])
@few
@given(report=reports())
def test_any_report_is_read_back(format: str, report: Report) -> None:
    assert_same(reading.open(render(report, format)), report, format)


@settings(few, max_examples=15)
@given(report=reports())
def test_any_report_is_read_back_from_pages(pdf_fonts: object, report: Report) -> None:
    assert_same(reading.open(render(report, "pdf")), report, "pdf")


@few
@given(report=reports())
def test_data_is_lossless(report: Report) -> None:
    assert from_json(json.loads(render(report, "json"))) == report


@pytest.mark.parametrize("format", DOCUMENTS)
@pytest.mark.parametrize("make", [county, township, damaged, long_prose])
def test_findings_are_the_same(pdf_fonts: object, make, format: str) -> None:  # type: ignore[no-untyped-def]
    written = reading.open(render(make(), "html"))
    read = reading.open(render(make(), format))
    assert [(f.check, f.verdict, f.cells, f.message) for f in run(read)] == [
        (f.check, f.verdict, f.cells, f.message) for f in run(written)
    ]


@pytest.mark.parametrize("format", BLANK_FORMATS)
@pytest.mark.parametrize("year", [2020, 2025])
def test_a_blank_form_is_read_as_a_report_with_every_figure_unread(format: str, year: int) -> None:
    report = reading.open(blank("青禾县农业农村局", "department", year, format))
    assert (report.agency, report.kind, report.year) == ("青禾县农业农村局", "department", year)
    assert report.form == ("2019" if year == 2020 else "2021")
    assert [c.key for c in report.chapters] == [
        "overview",
        "proactive",
        "applications",
        "remedies",
        "problems",
        "other",
    ]
    assert set(values(report).values()) == {None}


def test_a_blank_form_refuses_years_and_bodies_that_have_none() -> None:
    with pytest.raises(RenderingError, match="2018"):
        blank("青禾县农业农村局", "department", 2018, "docx")
    with pytest.raises(RenderingError, match="village"):
        blank("青禾县农业农村局", "village", 2024, "docx")


@needs_shared
@pytest.mark.parametrize("format", DOCUMENTS)
@pytest.mark.parametrize("path", [*seed_files(), *report_files()], ids=file_name)
def test_real_reports_keep_their_figures(pdf_fonts: object, path: Path, format: str) -> None:
    written = reading.open(path)
    read = reading.open(render(written, format))
    assert values(read) == values(written)
    assert [c.key for c in read.chapters] == [c.key for c in written.chapters]
    assert (read.title, read.year, read.form) == (written.title, written.year, written.form)

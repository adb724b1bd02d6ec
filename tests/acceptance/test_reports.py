"""Two real PDFs of one district, two years running: every value as printed, and what is wrong in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shared_files import REPORTS, needs_shared

from gongkai import checks, reading
from gongkai.figures import ROW_MERGED
from gongkai.report import Report

pytestmark = needs_shared
YEARS = (2023, 2024)


def _read(year: int) -> tuple[Report, dict[str, Any]]:
    truth = json.loads((REPORTS / f"hongze-{year}.truth.json").read_text(encoding="utf-8"))
    return reading.open(REPORTS / f"hongze-{year}.pdf"), truth


def _failing(report: Report, **given: Any) -> list[tuple[str, str]]:
    return sorted((f.check, f.severity) for f in checks.run(report, **given) if f.verdict == "fails")


@pytest.mark.parametrize("year", YEARS)
def test_every_value_of_the_pdf_is_as_printed(year: int) -> None:
    report, truth = _read(year)
    assert (report.agency, report.year, report.form) == (truth["agency"], truth["year"], truth["format"])
    for table, rows in truth["tables"].items():
        for row, columns in rows.items():
            for column, true in columns.items():
                figure = report.figures[f"{table}.{row}.{column}"]
                assert (None if figure.value is None else float(figure.value)) == true, f"{table}.{row}.{column}"


@pytest.mark.parametrize("year", YEARS)
def test_rows_printed_as_one_say_so(year: int) -> None:
    report, truth = _read(year)
    assert {n["cell"] for n in truth["nulls"]} == {c for c, f in report.figures.items() if f.reason == ROW_MERGED}


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_has_its_page_and_box(year: int) -> None:
    report, _ = _read(year)
    for cell, figure in report.figures.items():
        if figure.value is not None:
            assert figure.place is not None, cell
            assert figure.place.page in (2, 3, 4, 5), cell
            assert figure.place.box is not None, cell


@pytest.mark.parametrize("year", YEARS)
def test_every_place_in_the_words_has_its_page(year: int) -> None:
    report, _ = _read(year)
    assert len(report.pages) in (4, 5)
    heading = report.chapters[-1].heading
    assert report.place(heading.start, heading.end).page == len(report.pages)
    assert report.place(0, 5).page == 1


def test_the_faults_of_2023_are_found_and_nothing_else() -> None:
    report, _ = _read(2023)
    assert _failing(report) == [
        ("assessment-results-missing", "warning"),
        ("figure-missing", "warning"),
        ("format-notice-outdated", "warning"),
        ("header-damaged", "warning"),
        ("remedies-total-wrong", "error"),
        ("remedies-total-wrong", "error"),
        ("reporter-name-incomplete", "warning"),
    ]


def test_the_faults_of_2024_are_found_and_the_share_of_the_office_is_not_held_against_the_table() -> None:
    report, _ = _read(2024)
    assert _failing(report) == [
        ("assessment-results-missing", "warning"),
        ("direct-suit-needs-explanation", "info"),
        ("figure-missing", "warning"),
        ("format-notice-outdated", "warning"),
        ("header-damaged", "warning"),
    ]


def test_the_two_years_join() -> None:
    report, _ = _read(2024)
    previous, _ = _read(2023)
    joined = ("carry-over-broken", "in-force-not-continuous", "pending-cases-vanished")
    assert not [f for f in checks.run(report, previous=previous, only=joined) if f.verdict == "fails"]
    report.figures["proactive.normative_documents.in_force"] = report.figures["proactive.licensing.decisions"]
    broken = checks.run(report, previous=previous, only=joined)
    assert [f.check for f in broken if f.verdict == "fails"] == ["in-force-not-continuous"]

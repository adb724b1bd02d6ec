"""The five real reports: every table value as seeds.yaml has it, every anomaly a machine can decide, no other."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from shared_files import SEEDS, SPEC, needs_shared

from gongkai import checks, reading
from gongkai.report import Report

pytestmark = needs_shared

EXPECTED = yaml.safe_load((Path(__file__).parent / "seeds_findings.yaml").read_text(encoding="utf-8"))
NUMBERS = ("000", "001", "002", "003", "004")


def _report(number: str) -> Report:
    return reading.open(next(SEEDS.glob(f"{number}_*.txt")))


@pytest.mark.parametrize("number", NUMBERS)
def test_every_table_value_is_the_true_one(number: str) -> None:
    truth = yaml.safe_load((SPEC / "seeds.yaml").read_text(encoding="utf-8"))[number]
    report = _report(number)
    assert (report.form, report.year) == (truth["format_of_table"], truth["year"])
    for table in ("proactive", "applications", "remedies"):
        for row, columns in truth[table].items():
            for column, true in columns.items():
                value = report.value(f"{table}.{row}.{column}")
                assert value == (Decimal(true) if isinstance(true, str) else true), f"{table}.{row}.{column}"


@pytest.mark.parametrize("number", NUMBERS)
def test_dates_names_and_kinds_are_the_true_ones(number: str) -> None:
    truth = yaml.safe_load((SPEC / "seeds.yaml").read_text(encoding="utf-8"))[number]
    report = _report(number)
    reporter = truth["reporter"]
    assert report.agency == reporter.get("name_in_title", reporter["name_full"])
    assert report.kind == reporter["type"]
    assert str(report.published_on) == str(truth["published_on"])
    assert str(report.signed_on) == str(truth.get("stated_date"))
    assert report.index_number == truth.get("index_no")


@pytest.mark.parametrize("number", NUMBERS)
def test_exactly_the_known_anomalies_are_found(number: str) -> None:
    findings = [f for f in checks.run(_report(number)) if f.verdict == "fails"]
    expected = EXPECTED[number]
    found = sorted((f.check, f.severity) for f in findings)
    assert found == sorted((e["check"], e["severity"]) for e in expected for _ in range(e.get("times", 1)))
    for entry in expected:
        for words in entry.get("says", []):
            assert any(f.check == entry["check"] and words in f.message + (f.hint or "") for f in findings), words


@pytest.mark.parametrize("number", NUMBERS)
def test_every_anomaly_of_words_is_shown_at_its_place(number: str) -> None:
    report = _report(number)
    marked = [(f.check, report.text[p.start : p.end]) for f in checks.run(report) for p in f.where]
    for entry in EXPECTED[number]:
        if "at" in entry:
            assert any(check == entry["check"] and entry["at"] in words for check, words in marked), (entry, marked)

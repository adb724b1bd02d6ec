"""The real reports: what must be found is found, and nothing else (prose checks apart)."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from shared_files import REPORTS, file_name, needs_shared, report_files, seed_files

from gongkai import checks, reading
from gongkai.checks import FAILS, Finding
from gongkai.report import Report

EXPECTED = yaml.safe_load(Path(__file__).with_name("seeds.yaml").read_text(encoding="utf-8"))
FILES = [*seed_files(), *report_files()]


@cache
def read(path: Path) -> Report:
    return reading.open(path)


def failing(path: Path) -> list[Finding]:
    prose = [name for name, check in checks.catalogue().items() if check.id.startswith("X")]
    return [f for f in checks.run(read(path), skip=prose) if f.verdict == FAILS]


def of(key: str) -> Path:
    return next(path for path in FILES if path.name.startswith(key))


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=file_name)
def test_exactly_the_known_faults_are_found(path: Path) -> None:
    key = path.stem.split("_")[0]
    assert Counter(f.check for f in failing(path)) == EXPECTED[key], [f.message for f in failing(path)]


@needs_shared
@pytest.mark.parametrize(
    ("key", "check", "severity", "hint"),
    [
        ("000", "format-notice-outdated", "error", None),
        ("001", "format-notice-outdated", "warning", None),
        ("002", "period-wrong", "warning", None),
        ("003", "format-notice-outdated", "error", "应为 国办公开办函〔2021〕30号"),
        ("003", "period-wrong", "error", "应为 2023年1月1日至2023年12月31日"),
        ("003", "text-damaged", "error", "应为 2024年1月26日"),
    ],
)
def test_severity_and_proposal(key: str, check: str, severity: str, hint: str | None) -> None:
    (finding,) = [f for f in failing(of(key)) if f.check == check]
    assert (finding.severity, finding.hint) == (severity, hint)


@needs_shared
def test_a_pair_of_years_agrees_where_the_published_figures_agree() -> None:
    found = checks.run(read(REPORTS / "hongze-2024.pdf"), previous=read(REPORTS / "hongze-2023.pdf"))
    needing = {name for name, check in checks.catalogue().items() if check.needs == "previous"}
    assert [f for f in found if f.check in needing] == []


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=file_name)
def test_every_finding_on_words_points_into_the_text(path: Path) -> None:
    report = read(path)
    for finding in failing(path):
        for place in finding.where:
            assert 0 <= place.start < place.end <= len(report.text)

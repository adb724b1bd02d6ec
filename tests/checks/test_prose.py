"""The prose checks (X) against their YAML cases: sentences, and the cells they stand beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from checks.specimen import case_of
from shared_files import file_name, needs_shared, report_files, seed_files

from gongkai import checks, reading
from gongkai.checks import FAILS, HOLDS, UNREAD, Finding
from gongkai.checks.registry import verdict
from gongkai.reading.prose import claims

CASES = Path(__file__).with_name("cases")
VERDICTS = {"holds": HOLDS, "fails": FAILS, "unread": UNREAD, "near_misses": HOLDS}
PROSE = [name for name, check in checks.catalogue().items() if check.id.startswith("X")]
FILES = [*seed_files(), *report_files()]

# What the prose checks say about the real reports: (check, severity) of all that fails.
EXPECTED: dict[str, list[tuple[str, str]]] = {
    "001": [("parts-do-not-add-up", "error"), ("daily-average-wrong", "warning")],
    "002": [("prose-contradicts-table", "error")],
    "003": [("prose-denies-cases", "warning")],
}


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def _cases() -> list[Any]:
    return [
        pytest.param(name, kind, case, id=f"{name}-{kind}-{case['what']}")
        for name in PROSE
        for kind in VERDICTS
        for case in _load(name).get(kind, [])
    ]


def _findings(name: str, raw: dict[str, Any]) -> list[Finding]:
    case = case_of(raw)
    report = case.report
    prose = [(chapter.key or "", p) for chapter in report.chapters for p in chapter.paragraphs]
    report.claims = claims(prose, report.year, report.place)
    return checks.catalogue()[name].run(case)


@pytest.mark.parametrize(("name", "kind", "case"), _cases())
def test_a_prose_check_says_what_its_case_says(name: str, kind: str, case: dict[str, Any]) -> None:
    found = _findings(name, case)
    assert verdict(found) == VERDICTS[kind], [f.message for f in found]
    decisive = [f for f in found if f.verdict == VERDICTS[kind]]
    if kind == "fails":
        assert len(decisive) == case.get("findings", 1), [f.message for f in decisive]
    for words in case.get("says", []):
        assert any(words in f.message for f in decisive), (words, [f.message for f in decisive])
    for field in ("expected", "found", "severity"):
        if field in case:
            assert case[field] in [getattr(f, field) for f in decisive]


def test_cases_that_hold_for_one_prose_check_are_clean_for_all() -> None:
    for name in PROSE:
        for kind in ("holds", "near_misses"):
            for case in _load(name).get(kind, []):
                said = {other: [f.message for f in _findings(other, case) if f.verdict == FAILS] for other in PROSE}
                assert not said.pop(name), case["what"]
                # What another check finds in these sentences must be what the case says it finds.
                assert [k for k, v in said.items() if v] == case.get("also", []), (case["what"], said)


def test_every_prose_check_has_cases_of_every_kind_that_can_occur() -> None:
    for name in PROSE:
        kinds = _load(name)
        absent = [kind for kind in VERDICTS if not kinds.get(kind)]
        assert absent == (["unread"] if "never_unread" in kinds else []), name


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=file_name)
def test_the_real_reports_give_exactly_their_contradictions(path: Path) -> None:
    found = checks.run(reading.open(path), only=PROSE)
    key = path.stem.split("_")[0]
    assert [(f.check, f.severity) for f in found if f.verdict == FAILS] == EXPECTED.get(key, []), found
    assert [f.message for f in found if f.verdict == UNREAD] == []


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=file_name)
def test_every_finding_points_at_the_number_it_speaks_of(path: Path) -> None:
    report = reading.open(path)
    for finding in checks.run(report, only=PROSE):
        assert finding.where
        assert all(any(c.isdigit() for c in report.text[p.start : p.end]) for p in finding.where)

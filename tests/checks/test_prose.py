"""The prose checks (X) beside one another, and on the real reports; their own cases run in ``test_cases``."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.test_cases import files, findings
from shared_files import file_name, needs_shared, report_files, seed_files

from gongkai import checks, reading
from gongkai.checks import FAILS, UNREAD

PROSE = [name for name, check in checks.catalogue().items() if check.id.startswith("X")]
FILES = [*seed_files(), *report_files()]

# What the prose checks say about the real reports: (check, severity) of all that fails.
EXPECTED: dict[str, list[tuple[str, str]]] = {
    "001": [("parts-do-not-add-up", "error"), ("daily-average-wrong", "warning")],
    "002": [("prose-contradicts-table", "error")],
    "003": [("prose-denies-cases", "warning")],
}


def test_cases_that_hold_for_one_prose_check_are_clean_for_all() -> None:
    for name in PROSE:
        for kind in ("holds", "near_misses"):
            for case in files()[name].get(kind, []):
                said = {other: [f.message for f in findings(other, case) if f.verdict == FAILS] for other in PROSE}
                assert not said.pop(name), case["what"]
                # What another check finds in these sentences must be what the case says it finds.
                assert [k for k, v in said.items() if v] == case.get("also", []), (case["what"], said)


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

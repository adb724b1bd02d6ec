"""Every check against its YAML cases: those that hold, fail, are unread, and those that only look wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from checks.specimen import case_of

from gongkai.checks import FAILS, HOLDS, UNREAD, Finding, catalogue
from gongkai.checks.registry import verdict

CASES = Path(__file__).with_name("cases")
VERDICTS = {"holds": HOLDS, "fails": FAILS, "unread": UNREAD, "near_misses": HOLDS}


def files() -> dict[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.yaml"))}


def _cases() -> list[Any]:
    return [
        pytest.param(name, kind, case, id=f"{name}-{kind}-{case['what']}")
        for name, kinds in files().items()
        for kind in VERDICTS
        for case in kinds.get(kind, [])
    ]


def findings(name: str, case: dict[str, Any]) -> list[Finding]:
    checked = case_of(case)
    check = catalogue()[name]
    return check.run(checked) if check.applies(checked) else []


@pytest.mark.parametrize(("name", "kind", "case"), _cases())
def test_a_check_says_what_its_case_says(name: str, kind: str, case: dict[str, Any]) -> None:
    found = findings(name, case)
    assert verdict(found) == VERDICTS[kind], [f.message for f in found]
    decisive = [f for f in found if f.verdict == VERDICTS[kind]]
    if kind == "fails":
        assert len(decisive) == case.get("findings", 1), [f.message for f in decisive]
    for words in case.get("says", []):
        assert any(words in f.message for f in decisive), (words, [f.message for f in decisive])
    for field in ("expected", "found", "hint", "severity", "source"):
        if field in case:
            assert case[field] in [getattr(f, field) for f in decisive]


def test_every_check_has_cases_of_every_kind_that_can_occur() -> None:
    written = files()
    for name in catalogue():
        kinds = written[name]
        absent = [kind for kind in VERDICTS if not kinds.get(kind)]
        assert absent == (["unread"] if "never_unread" in kinds else []), name


def test_no_case_file_is_without_its_check() -> None:
    assert set(files()) <= set(catalogue())

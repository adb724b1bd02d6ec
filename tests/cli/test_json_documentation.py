"""docs/report-json.md and docs/findings.md name every key that is printed, and no other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli.documents import balanced, gongkai, page
from shared_files import ROOT

from gongkai.checks import Finding
from gongkai.figures import REASONS
from gongkai.report.model import KINDS, Claim, Note

DOCS = ROOT / "docs"


def documented(name: str, title: str) -> set[str]:
    """Keys in the first column of the tables below the heading ``title``."""
    text = (DOCS / name).read_text(encoding="utf-8")
    section = re.split(r"^#+ ", text, flags=re.M)
    (body,) = (part for part in section if part.split("\n")[0].strip("`") == title)
    return set(re.findall(r"^\| `([\w-]+)` \|", body, flags=re.M))


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    path = tmp_path_factory.mktemp("json") / "a.html"
    path.write_text(page(values={**balanced(3), "applications.received.natural_person": 4}))
    raw = json.loads(gongkai("check", "--json", path).out)
    assert isinstance(raw, dict)
    return raw


def test_keys_of_a_document(checked: dict[str, object]) -> None:
    added = documented("findings.md", "Findings as JSON")
    assert added == {"previous", "remarks", "findings"}
    assert documented("report-json.md", "Keys of a document") | added == set(checked)


def test_keys_of_a_finding(checked: dict[str, object]) -> None:
    findings = checked["findings"]
    assert isinstance(findings, list)
    assert findings
    assert documented("findings.md", "Keys of a finding") == set(findings[0]) == set(Finding._fields)


def test_keys_of_chapters_claims_and_notes(checked: dict[str, object]) -> None:
    chapters = checked["chapters"]
    assert isinstance(chapters, list)
    assert documented("report-json.md", "chapters") == set(chapters[0])
    assert documented("report-json.md", "claims") == set(Claim._fields)
    assert documented("report-json.md", "notes") == set(Note.__dataclass_fields__)


def test_kinds_of_bodies_and_reasons(checked: dict[str, object]) -> None:
    assert documented("report-json.md", "kind") == set(KINDS)
    keys = documented("report-json.md", "printed")
    assert set(REASONS) <= keys
    printed = checked["printed"]
    assert isinstance(printed, dict)
    assert {key for figure in printed.values() for key in figure} <= keys - set(REASONS)


def test_the_folder_of_forms_named_there_exists() -> None:
    assert list(Path(ROOT / "src/gongkai/report/forms").glob("*.toml"))

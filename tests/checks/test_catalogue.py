"""The catalogue, the law it cites and its documentation are held together here."""

from __future__ import annotations

from pathlib import Path

import yaml
from shared_files import ROOT, SPEC, needs_shared

from gongkai.checks import catalogue, docs
from gongkai.report.model import KINDS
from gongkai.statute.citations import cited

NAMES = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))


def test_names_titles_and_severities_are_the_published_ones_in_their_order() -> None:
    assert [[c.id, c.name, c.title, c.severity] for c in catalogue().values()] == NAMES


@needs_shared
def test_the_published_names_are_those_of_the_specification() -> None:
    listed = {}
    for line in (SPEC / "checks.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[1].startswith("`"):
            listed[cells[0]] = [cells[0], cells[1].strip("`"), cells[2], cells[3].split()[0]]
    ours = {row[0]: row for row in NAMES}
    # A7 needs the office's registers and C11 a corpus: neither is decided by reports alone. S1 is ours.
    assert set(listed) - set(ours) == {"A7", "C11"}
    assert set(ours) - set(listed) == {"S1"}
    assert all(ours[id] == row for id, row in listed.items() if id in ours)


def test_every_citation_names_a_known_instrument() -> None:
    assert [c.name for c in catalogue().values() if cited(c.source) is None] == []


def test_every_check_explains_itself_in_chinese() -> None:
    for check in catalogue().values():
        assert "。" in check.explanation, check.name
        assert "\n" not in check.explanation, check.name


def test_kinds_of_body_are_known() -> None:
    assert {kind for check in catalogue().values() for kind in check.kinds} <= set(KINDS)


def test_the_page_of_checks_is_in_step() -> None:
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == docs.page(), "run: make docs"


def test_the_page_gives_each_check_its_section() -> None:
    page = docs.page()
    for check in catalogue().values():
        assert f"## {check.id} `{check.name}`\n\n**{check.title}**" in page
        assert check.explanation in page

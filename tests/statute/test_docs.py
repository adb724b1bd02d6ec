"""docs/deadlines.md is what the data says today."""

from __future__ import annotations

import json
import re

from shared_files import ROOT

from gongkai.statute import cases, docs, outcomes, states
from gongkai.statute.deadlines import deadline

PAGE = ROOT / "docs" / "deadlines.md"


def test_the_page_is_in_step_with_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == docs.page(), "run `make docs`"


def test_the_example_of_the_page_is_a_case_with_that_deadline() -> None:
    (example,) = re.findall(r"```json\n(.+?)\n```", docs.page(), flags=re.S)
    assert f"**{deadline(cases.from_json(json.loads(example))).due}**" in docs.page()


def test_every_act_key_outcome_and_event_is_on_the_page() -> None:
    page = docs.page()
    assert all(f"| `{name}` |" in page for name in (*cases.ACTS, *cases.EVENT_KEYS))
    assert all(f"`{outcome.code}`" in page for outcome in outcomes.outcomes())
    assert all(event.label in page for event in states.course().events.values())


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", docs.page(), flags=re.M):
        assert len({line.count("|") for line in block.splitlines()}) == 1, block.splitlines()[0]

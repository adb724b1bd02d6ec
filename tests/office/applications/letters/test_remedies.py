"""The remedy paragraph of every letter: right for the body, the decision and the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.office.applications.letters import LetterError, Sender, compose, reply_kind, sample_facts
from gongkai.statute.remedies import AUTHORITIES, BODIES, COURTS

CASES = yaml.safe_load((Path(__file__).parent / "remedies.yaml").read_text(encoding="utf-8"))
# A name of its own for each, so that it shows which one stands in the letter.
AUTHORITY_NAMES = {key: f"复议机关甲{number}" for number, key in enumerate(AUTHORITIES)}
COURT_NAMES = {key: f"法院乙{number}" for number, key in enumerate(COURTS)}


def sender(kind: str) -> Sender:
    return Sender("某县某机关", kind, AUTHORITY_NAMES, COURT_NAMES)


def remedy(kind: str, body: str, on: date) -> str:
    """The paragraph of the composed letter that speaks of reconsideration."""
    paragraphs = compose(kind, sample_facts(kind, on, sender(body))).paragraphs
    found = [paragraph for paragraph in paragraphs if "行政复议" in paragraph]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['sent']}-{case['body']}-{case['outcome']}")
def test_the_letter_says_who_hears_the_appeal_and_when(case: dict[str, Any]) -> None:
    text = remedy(reply_kind(case["outcome"]), case["body"], case["sent"])
    assert ("应当先" in text) is case["first"]
    assert f"{case['days']}日内向" in text
    assert ("6个月内" in text) is (case.get("months") == 6)
    assert ("收到行政复议决定书之日起15日内" in text) is (case.get("after") == 15)
    assert {key for key, name in AUTHORITY_NAMES.items() if name in text} == set(case["hears"])
    assert {key for key, name in COURT_NAMES.items() if name in text} == {case["court"]}


def test_the_cases_cover_every_kind_of_body() -> None:
    assert {case["body"] for case in CASES} == set(BODIES)


def test_a_closing_speaks_of_itself_not_of_a_reply() -> None:
    text = remedy("reply_closed_no_supplement", "department", date(2024, 3, 11))
    assert text.startswith("如不服本告知书，")
    assert "本答复" not in text


def test_a_third_party_told_of_a_release_may_choose() -> None:
    text = remedy("third_party_disclosure", "department", date(2024, 3, 11))
    assert "应当先" not in text
    assert "收到本告知书之日起6个月内" in text


def test_the_acknowledgement_says_what_can_be_done_against_silence() -> None:
    assert "应当先向" in remedy("acceptance", "township", date(2024, 3, 11))
    assert "应当先向" not in remedy("acceptance", "township", date(2023, 3, 10))


def test_a_withdrawn_application_has_no_reply_to_appeal_against() -> None:
    letter = compose("reply_other_withdrawn", sample_facts("reply_other_withdrawn", date(2024, 3, 11)))
    assert "复议" not in letter.text


def test_without_the_name_of_the_authority_there_is_no_letter() -> None:
    facts = sample_facts("reply_granted", date(2024, 3, 11))
    nobody = replace(facts, sender=replace(facts.sender, authorities={}))
    with pytest.raises(LetterError, match="缺少行政复议机关的名称：本级（县级）人民政府"):
        compose("reply_granted", nobody)
    no_court = replace(facts, sender=replace(facts.sender, courts={"basic": "  "}))
    with pytest.raises(LetterError, match="缺少受理行政诉讼的法院名称：基层人民法院"):
        compose("reply_granted", no_court)

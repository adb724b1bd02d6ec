"""Outcomes and remedies: rows of the form, citations, which remedy on which day, who hears the appeal."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from shared_files import SPEC, needs_shared

from gongkai.report import form_for_year
from gongkai.report.model import KINDS as BODY_KINDS
from gongkai.statute import outcomes, remedies, states
from gongkai.statute.citations import cited
from gongkai.statute.errors import OutOfRangeError

CASES = yaml.safe_load(Path(__file__).with_name("remedies.yaml").read_text(encoding="utf-8"))
TODAY = date(2024, 6, 1)


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_outcome_has_a_row_on_the_form_of_its_year(year: int) -> None:
    rows = form_for_year(year).tables["applications"].rows
    for day in (date(year, 12, 31), max(date(year, 1, 1), date(2019, 5, 15))):
        found = outcomes.outcomes_on(day)
        assert all(rows[outcome.row].section == "outcome" for outcome in found.values())
        # and every row of the form can be reached
        assert {o.row for o in found.values()} == {key for key, row in rows.items() if row.section == "outcome"}


@pytest.mark.parametrize("outcome", outcomes.outcomes_on(TODAY).values(), ids=lambda o: o.code)
def test_an_outcome_cites_the_articles_of_its_row(outcome: outcomes.Outcome) -> None:
    row = form_for_year(2024).tables["applications"].rows[outcome.row]
    if outcome.article is None:
        assert not row.articles
        return
    assert cited(outcome.article)
    if outcome.article.startswith("条例 ") and row.articles:
        short = [_short(part) for part in outcome.article.removeprefix("条例 ").split("、")]
        assert set(short) <= set(row.articles)


def _short(article: str) -> str:
    """第十六条第一款 → 16.1, 第三十六条第（二）项 → 36(2)."""
    digits = "零一二三四五六七八九十"
    found = re.fullmatch(r"第([一二三四五六七八九十]+)条(?:第([一二三四])款)?(?:第（([一二三四五六七])）项)?", article)
    assert found, article
    tens, ten, units = found[1].rpartition("十")
    number = (digits.index(tens) if tens else 1) * 10 + (digits.index(units) if units else 0) if ten else 0
    paragraph = f".{digits.index(found[2])}" if found[2] else ""
    return f"{number}{paragraph}" + (f"({digits.index(found[3])})" if found[3] else "")


@needs_shared
def test_the_outcomes_are_those_of_the_specification() -> None:
    wanted = yaml.safe_load((SPEC / "applications.yaml").read_text(encoding="utf-8"))["outcomes"]
    found = outcomes.outcomes_on(TODAY)
    assert {code: entry["row"] for code, entry in wanted.items()} == {code: o.row for code, o in found.items()}
    for code, entry in wanted.items():
        if entry.get("remedy", "").startswith("reconsideration_first"):
            assert remedies.remedy(found[code].kind, TODAY).name == entry["remedy"]


def test_every_letter_has_something_to_say_and_every_need_a_name() -> None:
    for outcome in outcomes.outcomes():
        assert outcome.kind in outcomes.KINDS
        assert bool(outcome.says) == (outcome.kind != outcomes.NONE)
        assert set(outcome.needs) <= set(outcomes.NEEDS)


def test_entries_of_one_outcome_follow_each_other_without_a_gap() -> None:
    for _, group in groupby(outcomes.outcomes(), key=lambda o: o.code):
        entries = sorted(group, key=lambda o: o.valid_from)
        for old, new in pairwise(entries):
            assert old.valid_to is not None
            assert new.valid_from == old.valid_to + timedelta(1)
        assert entries[-1].valid_to is None


def test_an_outcome_before_its_time_is_refused() -> None:
    with pytest.raises(OutOfRangeError, match="2021-01-01"):
        outcomes.outcome("closed_fee_unpaid", date(2020, 12, 31))
    with pytest.raises(KeyError):
        outcomes.outcome("denied_bad_mood", TODAY)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['outcome']} {c['sent']}")
def test_the_remedy_is_that_of_the_day_the_letter_is_sent(case: dict[str, Any]) -> None:
    silence = case["outcome"] == remedies.SILENCE
    kind = remedies.SILENCE if silence else outcomes.outcome(case["outcome"], case["sent"]).kind
    found = remedies.remedy(kind, case["sent"])
    assert found.name == case["remedy"]
    if "rests_on" in case:
        assert case["rests_on"] in found.articles


@pytest.mark.parametrize("remedy", remedies.remedies(), ids=lambda r: f"{r.name} {r.valid_from}")
def test_the_words_of_a_remedy_say_its_periods(remedy: remedies.Remedy) -> None:
    assert all(cited(article) for article in remedy.articles)
    assert set(re.findall(r"\{(\w+)\}", remedy.text)) == (set() if remedy.name == "none" else {"authority", "court"})
    if remedies.SILENCE not in remedy.applies_to and remedy.name != "none":
        assert f"{remedy.reconsideration_days}日内" in remedy.text
    if remedy.litigation_after_days:
        assert f"{remedy.litigation_after_days}日内" in remedy.text
        assert "应当先" in remedy.text
    assert (remedy.name == "none") == (not remedy.text)


@pytest.mark.parametrize(
    "day",
    [
        date(2019, 5, 15),
        date(2023, 12, 31),
        date(2024, 1, 1),
        date(2025, 5, 31),
        date(2025, 6, 1),
        date(2026, 1, 1),
    ],
)
def test_every_kind_of_outcome_and_body_has_one_remedy_and_one_hearing(day: date) -> None:
    for kind in (*outcomes.KINDS, remedies.SILENCE):
        assert remedies.remedy(kind, day).name in remedies.NAMES
    for body in remedies.BODIES:
        found = remedies.hearing(body, day)
        assert set(found.hears) <= set(remedies.AUTHORITIES)
        assert found.court in remedies.COURTS
        assert all(cited(article) for article in found.articles)
    assert set(BODY_KINDS) <= set(remedies.BODIES)


@pytest.mark.parametrize(
    ("body", "sent", "hears", "court"),
    [
        ("department", date(2023, 12, 31), ("county_government", "upper_department"), "basic"),
        ("department", date(2024, 1, 1), ("county_government",), "basic"),
        ("township", date(2024, 1, 1), ("county_government",), "basic"),
        ("subdistrict", date(2024, 1, 1), ("county_government",), "basic"),
        ("county_government", date(2024, 1, 1), ("upper_government",), "intermediate"),
        ("vertical_body", date(2024, 1, 1), ("upper_department",), "basic"),
        ("justice_department", date(2024, 1, 1), ("county_government", "upper_department"), "basic"),
    ],
)
def test_who_hears_the_appeal(body: str, sent: date, hears: tuple[str, ...], court: str) -> None:
    found = remedies.hearing(body, sent)
    assert (found.hears, found.court) == (hears, court)


def test_before_the_regulation_of_2019_nothing_is_entered() -> None:
    with pytest.raises(OutOfRangeError, match="2019-05-15"):
        remedies.remedy(outcomes.REFUSAL, date(2019, 5, 14))
    with pytest.raises(KeyError):
        remedies.hearing("village", TODAY)


def test_the_ends_of_the_course_name_outcomes() -> None:
    codes = set(outcomes.outcomes_on(TODAY))
    assert {s.outcome for s in states.course().states.values() if s.outcome} <= codes

"""Deadlines: cases that a lawyer can check, and what holds of every case."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute import calendar, cases
from gongkai.statute.cases import Case, Event
from gongkai.statute.citations import cited
from gongkai.statute.deadlines import Deadline, deadline
from gongkai.statute.errors import LawError, UnlawfulError

CASES = yaml.safe_load(Path(__file__).with_name("deadlines.yaml").read_text(encoding="utf-8"))
RECEIVED = st.dates(date(2019, 5, 15), date(2028, 12, 31))


def case_of(written: dict[str, Any]) -> Case:
    """Through JSON, as the command reads it: dates become strings again."""
    events = [
        {"on" if key == "day" else key: str(value) if isinstance(value, date) else value for key, value in e.items()}
        for e in written.get("events", [])
    ]
    return cases.from_json({"received": str(written["received"]), "events": events})


@pytest.mark.parametrize("written", [c for c in CASES if "due" in c], ids=lambda c: c["what"])
def test_a_case_is_due_as_written(written: dict[str, Any]) -> None:
    result = deadline(case_of(written))
    assert result.due == written["due"]
    assert result.provisional == written.get("provisional", False)
    assert (result.waiting_for, result.until) == (written.get("waiting_for"), written.get("until"))
    told = "\n".join(f"{step.words} {step.article}" for step in result.steps)
    for words in written.get("says", []):
        assert words in told


@pytest.mark.parametrize("written", [c for c in CASES if "refused" in c], ids=lambda c: c["what"])
def test_an_unlawful_case_is_refused_with_the_article(written: dict[str, Any]) -> None:
    with pytest.raises(LawError) as caught:
        deadline(case_of(written))
    for words in written["refused"]:
        assert words in str(caught.value)
    if isinstance(caught.value, UnlawfulError):
        assert_cited(caught.value)


def test_every_case_says_either_when_it_is_due_or_why_it_is_refused() -> None:
    assert all(("due" in c) != ("refused" in c) for c in CASES)
    assert len({c["what"] for c in CASES}) == len(CASES)


def assert_cited(error: UnlawfulError) -> None:
    assert cited(error.article)
    assert error.article in str(error)


def steps_are_sound(case: Case, result: Deadline) -> None:
    assert result.steps[0].date == case.received
    articles = [article for step in result.steps for article in step.article.split("，")]
    assert all(cited(article) or "发明电" in article for article in articles)
    if result.due is not None:
        assert result.steps[-1].date == result.due
        assert calendar.is_working_day(result.due)


@st.composite
def consulted(draw: st.DrawFn) -> tuple[Case, date, date]:
    """A case with one consultation within its period and an opinion: the case, the day it was sent, the opinion's."""
    received = draw(RECEIVED)
    due = calendar.add_working_days(received, 20)
    sent = received + timedelta(draw(st.integers(0, (due - received).days)))
    opinion = sent + timedelta(draw(st.integers(0, 40)))
    events = (Event(sent, cases.CONSULT_THIRD_PARTY), Event(opinion, cases.OPINION_RECEIVED))
    return Case(received, events), sent, opinion


@given(RECEIVED)
def test_a_plain_case_ends_on_the_twentieth_working_day(received: date) -> None:
    result = deadline(Case(received))
    assert result.due == calendar.add_working_days(received, 20)
    steps_are_sound(Case(received), result)


@given(consulted())
def test_a_consultation_gives_what_was_left_after_the_opinion(drawn: tuple[Case, date, date]) -> None:
    case, sent, opinion = drawn
    result = deadline(case)
    end = min(opinion, calendar.add_working_days(sent, 15))
    left = 20 - calendar.working_days(case.received, sent)
    assert result.due == (calendar.add_working_days(end, left) if left else calendar.on_or_after(end))
    steps_are_sound(case, result)


@given(consulted(), st.integers(0, 40))
def test_a_longer_suspension_never_shortens_the_period(drawn: tuple[Case, date, date], more: int) -> None:
    case, _, opinion = drawn
    asked, answered = case.events
    later = Case(case.received, (asked, answered._replace(on=opinion + timedelta(more))))
    shorter, longer, plain = deadline(case).due, deadline(later).due, deadline(Case(case.received)).due
    assert shorter is not None
    assert longer is not None
    assert plain is not None
    assert plain <= shorter <= longer


@given(consulted(), st.integers(1, 20), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_written_does_not_matter(
    drawn: tuple[Case, date, date], days: int, random: Any
) -> None:
    case, sent, _ = drawn
    events = [*case.events, Event(sent, cases.EXTEND, days), Event(sent, cases.CONSULT_AGENCY, party="乙")]
    # Those of one day that depend on each other keep their order: an opinion follows what it answers.
    if case.events[0].on == case.events[1].on:
        events = [events[0], *events[2:]]
    results = set()
    for _ in range(4):
        random.shuffle(events)
        try:
            results.add(deadline(Case(case.received, tuple(events))).due)
        except UnlawfulError as error:
            results.add(error.article)
    assert len(results) == 1


@given(RECEIVED, st.integers(1, 20), st.integers(0, 30))
def test_an_extension_adds_its_days_wherever_it_is_granted(received: date, days: int, later: int) -> None:
    due = calendar.add_working_days(received, 20)
    granted = min(received + timedelta(later), due)
    case = Case(received, (Event(granted, cases.EXTEND, days),))
    assert deadline(case).due == calendar.add_working_days(due, days)
    late = Case(received, (Event(due + timedelta(1), cases.EXTEND, days),))
    with pytest.raises(UnlawfulError, match="届满"):
        deadline(late)


@given(consulted(), st.integers(1, 120), st.integers(0, 40))
def test_a_delay_ends_on_the_day_that_was_set_or_the_next_that_is_worked(
    drawn: tuple[Case, date, date], more: int, later: int
) -> None:
    case, _, opinion = drawn
    before = deadline(case).due
    assert before is not None
    set_on, until = min(opinion + timedelta(later), before), before + timedelta(more)
    delay = Event(set_on, cases.DELAY, until=until)
    try:
        result = deadline(Case(case.received, (*case.events, delay)))
    except UnlawfulError as error:
        assert "尚未结束" in error.words  # noqa: PT017 - the one thing that may forbid it here
        return
    assert result.due == calendar.on_or_after(until)
    steps_are_sound(case, result)


@given(RECEIVED, st.integers(1, 120), st.integers(0, 20), st.integers(0, 40), st.integers(0, 40))
def test_a_consultation_in_the_time_of_a_delay_never_shortens_it(
    received: date, more: int, sent: int, length: int, longer: int
) -> None:
    plain = deadline(Case(received)).due
    assert plain is not None
    delay = Event(received, cases.DELAY, until=plain + timedelta(more))
    asked = Event(received + timedelta(sent), cases.CONSULT_THIRD_PARTY)
    dues = [deadline(Case(received, (delay,))).due]
    for days in (length, length + longer):
        opinion = Event(asked.on + timedelta(days), cases.OPINION_RECEIVED)
        dues.append(deadline(Case(received, (delay, asked, opinion))).due)
    assert all(dues)
    assert dues == sorted(dues)  # type: ignore[type-var]


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    """Acts of all kinds at random; most are unlawful somewhere."""
    received = draw(RECEIVED)
    event = st.builds(
        lambda days, act, extra: Event(
            received + timedelta(days),
            act,
            extra if act == cases.EXTEND else None,
            until=received + timedelta(extra * 5) if act == cases.DELAY else None,
        ),
        st.integers(-1, 60),
        st.sampled_from(sorted(cases.ACTS)),
        st.integers(0, 21),
    )
    return Case(received, tuple(draw(st.lists(event, max_size=6))))


@given(any_case())
def test_every_case_has_a_working_day_with_steps_or_waits_or_is_refused(case: Case) -> None:
    try:
        result = deadline(case)
    except UnlawfulError as error:
        assert_cited(error)
        return
    steps_are_sound(case, result)
    assert (result.due is None) == (result.waiting_for is not None)


def test_a_deadline_takes_less_than_50_microseconds() -> None:
    case = case_of(CASES[0])
    deadline(case)
    best = 1.0
    for _ in range(200):
        start = time.perf_counter()
        for _ in range(20):
            deadline(case)
        best = min(best, (time.perf_counter() - start) / 20)
    assert best < 50e-6

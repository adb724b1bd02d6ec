"""Walks through the whole course of cases, drawn by number: the figures of every year and column balance."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from typing import Any

import pytest
from office.applications.casework import FIELDS
from office.world import World, build_world

from gongkai.office.acts.policy import SYSTEM, Actor, Refused
from gongkai.office.applications.choices import ApplicantKind, Channel
from gongkai.office.applications.models import Application, Decision
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.applications.selectors.tally import condition, outcomes_of_row, rows, tally
from gongkai.office.applications.services.deciding import decide
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.applications.services.registering import register
from gongkai.statute.outcomes import NEEDS, outcomes
from gongkai.statute.states import course

SEED, CASES, STEPS = 714, 220, 16
YEARS = range(2022, 2026)


def walk(draw: random.Random, world: World, taken: Counter[str]) -> None:
    on = datetime.date(2022, 1, 4) + datetime.timedelta(days=draw.randrange(3 * 365))
    fields = {**FIELDS, "applicant_kind": draw.choice(ApplicantKind.values)}
    case = register(SYSTEM, world.own, channel=draw.choice(Channel.values), arrived_on=on, fields=fields)
    for _ in range(draw.randrange(STEPS)):
        on += datetime.timedelta(days=draw.choice((0, 1, 3, 8, 31)))
        leading = [t for t in course().transitions if case.state in t.from_]
        if not leading:
            break
        # Every state may be withdrawn from, which would end most walks at once.
        event = draw.choice([t for t in leading if t.event != "withdrawn" or draw.random() < 0.1] or leading).event
        try:
            case = one_step(draw, world, case, event, on)
        except Refused:
            continue
        taken[event] += 1


RECORDS = {
    **dict.fromkeys(NEEDS, "有"),
    "search_record": {"systems": "公文系统", "words": "名单", "people": "王某", "on": "2023-01-04"},
    "responsible_body": {"body": "某局", "contact": "某处"},
}


def one_step(draw: random.Random, world: World, case: Application, event: str, on: datetime.date) -> Application:
    if event == "submit_review":
        chosen = draw.choice([o.code for o in outcomes() if not o.code.startswith("closed")])
        case = decide(handler(world), case, outcome_code=chosen, reason="理由", content="内容", records=RECORDS)
    if event == "signed_and_sent":
        Decision.objects.filter(application=case).update(reviewer=world.people["reviewer"])
        Application.objects.filter(pk=case.pk).update(handler=world.people["handler"])
    known: dict[str, Any] = {"head_agreed": True, "applicant_told": True, "fee": 100}
    if event == "extend":
        known["days"] = draw.randint(1, 20)
    if event == "request_correction":
        known["data"] = {"correction_due": str(on + datetime.timedelta(days=5))}
    if event.startswith("consult"):
        known["party"] = draw.choice(("甲公司", "乙公司", "丙局"))
    moved: Application = proceed(SYSTEM, case, event, Particulars(on=on, **known))
    return moved


def handler(world: World) -> Actor:
    return Actor(world.people["handler"])


@pytest.fixture
def walked(db: None) -> World:
    world, taken = build_world(), Counter[str]()
    draw = random.Random(SEED)
    for _ in range(CASES):
        walk(draw, world, taken)
    missing = set(course().events) - set(taken) - {"submitted"}
    assert not missing, f"these walks never took {missing}: draw more"
    return world


def test_the_figures_of_walks_through_the_whole_course_balance(walked: World, django_assert_num_queries: Any) -> None:
    for year in YEARS:
        with django_assert_num_queries(1):
            cells = tally(walked.own.pk, year)
        for column in (*ApplicantKind.values, "total"):
            come = cells[f"received.{column}"] + cells[f"carried_in.{column}"]
            assert come == cells[f"total.{column}"] + cells[f"carried_out.{column}"], (year, column)
            assert cells[f"total.{column}"] == sum(cells[f"{row}.{column}"] for row in outcomes_of_row(year))
            assert cells[f"carried_out.{column}"] == tally(walked.own.pk, year + 1)[f"carried_in.{column}"]
        for row in rows(year):
            assert cells[f"{row}.total"] == sum(cells[f"{row}.{kind}"] for kind in ApplicantKind.values)
    assert sum(tally(walked.own.pk, year)["received.total"] for year in YEARS) > CASES / 2
    assert set(tally(walked.other.pk, 2023).values()) == {0}, "another body's cases are not counted"
    each_case_has_one_row_and_a_clock_with_steps()


def each_case_has_one_row_and_a_clock_with_steps() -> None:
    for case in Application.objects.exclude(received_on=None).prefetch_related("events"):
        if case.finished_on is not None:
            year, mine = case.finished_on.year, Application.objects.filter(pk=case.pk)
            counted = [row for row in outcomes_of_row(year) if mine.filter(condition(row, year)).exists()]
            assert len(counted) == 1, (case.outcome, counted)
        answer = deadline_of(case)
        assert answer is not None
        assert answer.steps
        assert all(step.words and step.article for step in answer.steps)

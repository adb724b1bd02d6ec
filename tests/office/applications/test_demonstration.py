"""The demonstration county's applications: the plan by itself, and carried out by the county's own people."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.office.acts.models import Act, Mail
from gongkai.office.acts.personal import identity
from gongkai.office.acts.selectors import chain
from gongkai.office.applications.choices import ApplicantKind, Channel
from gongkai.office.applications.demonstration import fill, plan
from gongkai.office.applications.demonstration.asking import DIVISION, Applicants
from gongkai.office.applications.demonstration.doing import GROUND, PlanChangedError
from gongkai.office.applications.letters import letters_of
from gongkai.office.applications.letters.catalogue import kinds as all_kinds
from gongkai.office.applications.models import Application, CaseEvent, Decision, Letter
from gongkai.office.applications.selectors.clock import Urgency, deadline_of, urgency
from gongkai.office.applications.selectors.consultations import objected
from gongkai.office.applications.selectors.for_applicant import for_applicant
from gongkai.office.applications.selectors.listed import stuck
from gongkai.office.applications.selectors.tally import outcomes_of_row, rows, tally
from gongkai.office.bodies.formats import validate_uscc
from gongkai.office.config.demonstration import cases, county
from gongkai.statute import calendar, divisions
from gongkai.statute.outcomes import outcomes_on
from gongkai.statute.states import course

SEED = county.SEED
KINDS = {"mzj": "department", "zrzyj": "department", "zfb": "government_office", "cgz": "township", "kjj": "department"}
# A working day, a Sunday, the days after the Spring Festival, a day whose notice is not out.
DAYS = [datetime.date(2025, 6, 18), datetime.date(2026, 11, 22), datetime.date(2026, 2, 24), datetime.date(2028, 3, 1)]


@pytest.mark.parametrize("today", DAYS)
def test_a_plan_has_every_event_channel_and_kind_on_any_day(today: datetime.date) -> None:
    steps, bodies = plan(KINDS, seed=SEED, scale=1, today=today)
    assert plan(KINDS, seed=SEED, scale=1, today=today) == (steps, bodies)
    registered = [step for step in steps if step.verb == "register"]
    assert {step.known["channel"] for step in registered} == set(Channel.values)
    assert {step.known["fields"]["applicant_kind"] for step in registered} == set(ApplicantKind.values)
    missing = set(course().events) - {step.verb for step in steps} - {"submitted"}
    assert not missing
    replied = {step.known["outcome"] for step in steps if step.verb == "decide"}
    by_event = {"closed_no_supplement", "closed_fee_unpaid", "other_withdrawn"}
    assert replied | by_event == set(outcomes_on(today))
    assert {bodies[step.case] for step in registered} == set(KINDS) - {"kjj"}, "a body of which nobody asks anything"
    assert [step.on for step in steps] == sorted(step.on for step in steps)
    assert steps[-1].on <= today


def test_another_seed_or_scale_is_another_plan() -> None:
    today = DAYS[0]
    one, ten = (plan(KINDS, seed=SEED, scale=scale, today=today) for scale in (1, 10))
    assert 9.5 < len(ten[1]) / len(one[1]) < 10.5
    assert plan(KINDS, seed=SEED + 1, scale=1, today=today)[0] != one[0]


def test_applicants_are_invented_and_their_numbers_valid() -> None:
    assert divisions.name_of(DIVISION) is None, "no place has this code"
    make = Applicants(SEED)
    for kind in ApplicantKind.values * 200:
        fields = make(kind).fields
        number = fields["identity_number"]
        if kind == "natural_person":
            assert identity.fault(number) is None
            assert number.startswith(DIVISION)
        else:
            validate_uscc(number)
        case = Application(**fields)  # the fields themselves refuse what is malformed
        assert case.phone is not None


class CutError(Exception):
    """The program is ended while it fills."""


def cut(now: int, total: int) -> None:
    if now >= total // 3:
        raise CutError


@pytest.fixture
def filled(db: None) -> datetime.date:
    """The whole county at scale 1, as the command makes it; cut off after a third of the acts, and gone on with."""
    today = timezone.localdate()
    bodies = county.build()
    began = time.monotonic()
    with pytest.raises(CutError):
        fill(bodies, seed=SEED, scale=1, today=today, progress=cut)
    before = Application.objects.count()
    made = fill(cases.bodies(), seed=SEED, scale=1, today=today)
    seconds = time.monotonic() - began
    steps, _ = plan({prefix: body.kind for prefix, body in bodies.items()}, seed=SEED, scale=1, today=today)
    print(f"{len(steps)} acts in {seconds:.1f} s")
    assert Act.objects.filter(ground=GROUND).count() == len(steps), "none left out, none done twice"
    registered = sum(step.verb == "register" for step in steps)
    assert 280 < registered == before + made == Application.objects.count()
    return today


def test_the_county_has_two_years_of_lawful_cases(filled: datetime.date) -> None:
    everything_appears(filled)
    every_event_has_its_letters()
    open_ones_have_every_colour(filled)
    figures_balance(filled)
    people_acted_in_their_roles()
    assert fill(cases.bodies(), seed=SEED, scale=1, today=filled) == 0, "what is done is not done again"
    with pytest.raises(PlanChangedError):
        fill(cases.bodies(), seed=SEED + 1, scale=1, today=filled)
    outcome = chain_after_commit()
    assert outcome.intact, outcome.faults


def everything_appears(today: datetime.date) -> None:
    assert set(Application.objects.exclude(outcome="").values_list("outcome", flat=True)) == set(outcomes_on(today))
    assert set(CaseEvent.objects.values_list("event", flat=True)) == set(course().events)
    assert set(CaseEvent.objects.exclude(override="").values_list("event", flat=True)) >= {"request_correction", "paid"}
    ends = Counter(bool(event.data.get("timeout")) for event in CaseEvent.objects.filter(event="opinion_or_timeout"))
    assert ends[True]
    assert ends[False]
    assert CaseEvent.objects.filter(until__isnull=False).exists()
    replies_are_sent_served_and_readable(today)
    late = [case for case in Application.objects.filter(replied_on__isnull=False) if case.replied_on > case.due]
    assert late
    assert Application.objects.filter(duplicate_of__isnull=False).exists()
    assert not Application.objects.filter(handler=None, finished_on__isnull=False).exists()
    counts = Counter(Application.objects.values_list("body__short_name", flat=True))
    assert max(counts.values()) > 8 * sorted(counts.values())[len(counts) // 4]


def replies_are_sent_served_and_readable(today: datetime.date) -> None:
    """As real ones: the letter signed, sent under the decision's number, proved; read by the citizen."""
    replied = Application.objects.filter(replied_on__isnull=False).select_related("decision")
    states: Counter[str] = Counter()
    for case in replied.prefetch_related("letters"):
        (letter,) = (one for one in case.letters.all() if one.is_reply)
        assert letter.number == case.decision.number
        assert letter.sent_on == case.replied_on
        assert letter.served_on == case.served_on
        if letter.served_on is None:
            assert calendar.working_days(case.replied_on, today) < 5, "on its way"
        states[letter.state.value] += 1
    assert states["served"] > 200
    assert set(states) <= {"sent", "served"}
    read = for_applicant(replied.filter(letters__pdf__isnull=False).order_by("pk").first())
    assert len(read[0].files) == 2
    assert not Mail.objects.exists(), "nothing goes to invented addresses"


def every_event_has_its_letters() -> None:
    """Of the course and by the services: sent on the day of the event, and what a period begins with served."""
    kinds: set[str] = set()
    known = {one for one in all_kinds() if not one.startswith(("reply_", "rectification_"))}
    for event in CaseEvent.objects.prefetch_related("letters"):
        letters = {one.kind: one for one in event.letters.all()}
        wanted = {one.kind for one in letters_of(event.event, event.on) if all(getattr(event, w) for w in one.wants)}
        if event.event in ("submitted", "confirmed"):  # of most of those that are over there are none
            assert not letters or set(letters) == wanted - {"register_form"}, event
        elif event.event != "signed_and_sent":
            assert set(letters) == wanted, event
        assert all(one.sent_on == event.on for one in letters.values())
        for kind in ("consultation_third_party", "consultation_agency", "fee"):
            if kind in letters and letters[kind].served_on:
                assert event.served == letters[kind].served_on > event.on
        kinds |= set(letters)
    assert kinds >= known - {"register_form", "assistance"}
    assert not Letter.objects.filter(sent_on=None).exclude(kind__startswith="reply_").exists()
    told = Application.objects.get(letters__kind="third_party_disclosure")
    assert told.outcome == "granted"
    assert objected(told.events.all())


def open_ones_have_every_colour(today: datetime.date) -> None:
    waiting = Application.objects.open()
    assert {urgency(case.due, today) for case in waiting} == {*Urgency, None}
    assert stuck(waiting, today).filter(handler=None).exists()
    assert stuck(waiting, today).filter(handler__isnull=False).exists()
    every = {state.key for state in course().states.values() if state.clock != "ended" and state.key != "START"}
    assert set(waiting.values_list("state", flat=True)) == every


def figures_balance(today: datetime.date) -> None:
    carried = 0
    for body_id in Application.objects.values_list("body_id", flat=True).distinct().order_by():
        for year in range(today.year - 2, today.year + 1):
            cells = tally(body_id, year)
            for column in (*ApplicantKind.values, "total"):
                come = cells[f"received.{column}"] + cells[f"carried_in.{column}"]
                assert come == cells[f"total.{column}"] + cells[f"carried_out.{column}"]
                assert cells[f"total.{column}"] == sum(cells[f"{row}.{column}"] for row in outcomes_of_row(year))
            for row in rows(year):
                assert cells[f"{row}.total"] == sum(cells[f"{row}.{kind}"] for kind in ApplicantKind.values)
            carried += cells["carried_in.total"]
    assert carried
    for case in Application.objects.exclude(received_on=None).prefetch_related("events"):
        answer = deadline_of(case)
        assert answer is not None
        assert answer.steps
        if case.finished_on is None:
            assert case.due == answer.due


def people_acted_in_their_roles() -> None:
    acts = Act.objects.filter(ground=GROUND)
    assert set(acts.values_list("role", flat=True)) == {"登记人", "承办人", "审核人", "签发人"}
    for decision in Decision.objects.exclude(number=""):
        assert len({decision.drafter_id, decision.reviewer_id, decision.signatory_id}) == 3
    by_body: dict[Any, list[Any]] = {}
    signed = Decision.objects.exclude(number="").order_by("application__replied_on", "pk")
    for decision in signed.select_related("application"):
        head, _, number = decision.number.partition("〕")
        by_body.setdefault(head, []).append((decision.application.replied_on, int(number.removesuffix("号"))))
    for numbers in by_body.values():
        ordered = [on for on, _ in sorted(numbers, key=lambda pair: pair[1])]
        assert ordered == sorted(ordered), "numbers of replies rise with their days"
        assert sorted(number for _, number in numbers) == list(range(1, len(numbers) + 1))


def chain_after_commit() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the links, which else are tied at the commit
    return chain.verify({})

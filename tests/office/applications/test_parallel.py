"""Twenty clerks on the register of one body: no number twice, no gap, nothing lost or done twice, no deadlock.

What a clerk may be told is that the law or a colleague was in the way; anything else (a deadlock is an
``OperationalError``) fails the test.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from office.applications.casework import FIELDS, as_person, done, registered
from office.at_once import at_once
from office.world import SINCE, World, build_world

from gongkai.office.acts.models import Act, Link
from gongkai.office.acts.policy import SYSTEM, Actor, Refused
from gongkai.office.acts.selectors.chain import verify
from gongkai.office.applications.choices import ApplicantKind
from gongkai.office.applications.models import Application, CaseEvent, Decision, Letter
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.tally import tally
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.deciding import approve, decide
from gongkai.office.applications.services.duplicates import link_duplicate
from gongkai.office.applications.services.lettering import rewrite_letter, write_letter
from gongkai.office.applications.services.posting import send_letter
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.applications.services.registering import register
from gongkai.office.bodies.models import Person, RoleHolding
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.services.changes import StaleError
from gongkai.statute import calendar

pytestmark = pytest.mark.django_db(transaction=True)

CLERKS = 20
TODAY = timezone.localdate()
REPLY = "reply_denied_internal_affairs"
DECISION: dict[str, Any] = {
    "outcome_code": "denied_internal_affairs",
    "reason": "属于人事管理",
    "records": {"category": "人事管理"},
}
EXTENSION: dict[str, Any] = {"days": 10, "head_agreed": True, "applicant_told": True}


class _ThinksBetterOfItError(Exception):
    pass


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def clerks(world: World) -> list[Actor]:
    """Each may do everything in the body, so that the only ones in the way are the colleagues."""
    made = []
    for number in range(CLERKS):
        person = Person.objects.create(account=f"clerk{number}", name=f"职员{number}", body=world.own)
        for role in (Role.REGISTRAR, Role.HANDLER, Role.REVIEWER, Role.SIGNATORY):
            RoleHolding.objects.create(person=person, role=role, body=world.own, valid_from=SINCE)
        made.append(Actor(person))
    return made


def ago(days: int) -> str:
    """Working days before today."""
    return calendar.at(calendar.index(TODAY) - 1 - days).isoformat()


def case_in_hand(world: World) -> Application:
    return registered(world, ago(4), applicant_kind=ApplicantKind.values[0])


def decided(world: World) -> Application:
    """Drafted, and not yet under review."""
    case = assign(as_person(world, "registrar"), case_in_hand(world), to=world.people["handler"])
    case = done(case, "draft", ago(2), as_person(world, "handler"))
    return decide(as_person(world, "handler"), case, **DECISION)  # type: ignore[no-any-return]


def approved(world: World, case: Application | None = None) -> Application:
    """Nothing is missing but the signature."""
    case = case or decided(world)
    case = done(case, "submit_review", ago(1), as_person(world, "handler"))
    return approve(as_person(world, "reviewer"), case)  # type: ignore[no-any-return]


def reply_written(world: World, case: Application) -> Letter:
    content = Content(copies=("清源县档案馆",))
    return write_letter(as_person(world, "handler"), case, kind=REPLY, content=content)  # type: ignore[no-any-return]


def kinds(found: list[Exception | None]) -> Counter[type]:
    return Counter(type(one) for one in found)


def numbers_of_replies() -> list[int]:
    return sorted(int(number.rpartition("〕")[2][:-1]) for number in Decision.objects.values_list("number", flat=True))


def everything_is_in_order(world: World) -> None:
    """The chain, one act for each event, the version of each case, and the figures of the year."""
    assert verify().intact
    assert Act.objects.count() == Link.objects.count()
    events = Counter(f"applications.{event}" for event in CaseEvent.objects.values_list("event", flat=True))
    acts = Counter(Act.objects.filter(verb__in=events).values_list("verb", flat=True))
    assert acts == events
    for case in Application.objects.all():
        told = Act.objects.filter(thing_type="applications.application", thing_id=str(case.pk))
        versions = [detail["version"] for detail in told.values_list("detail", flat=True) if "version" in detail]
        assert sorted(versions) == list(range(2, case.version + 1)), "each change saw the one before it"
        last = case.events.order_by("pk").last()
        assert last is not None
        assert last.state == case.state
    cells = tally(world.own.pk, TODAY.year)
    came = cells["received.total"] + cells["carried_in.total"]
    assert came == cells["total.total"] + cells["carried_out.total"] == Application.objects.count()
    assert cells["total.total"] == Application.objects.exclude(finished_on=None).count()


def test_registering_leaves_no_gap_and_no_double_though_some_take_it_back(world: World, clerks: list[Actor]) -> None:
    def work(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(5):
            try:
                with transaction.atomic():
                    register(clerks[seed], world.own, channel="counter", arrived_on=TODAY, fields=FIELDS)
                    if chance.random() < 0.3:
                        raise _ThinksBetterOfItError
            except _ThinksBetterOfItError:
                pass

    assert at_once(*[partial(work, seed) for seed in range(CLERKS)]) == [None] * CLERKS
    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert CLERKS < len(numbers) < CLERKS * 5, "some were taken back, some were not"
    assert numbers == list(range(1, len(numbers) + 1))
    assert Application.objects.values("code").distinct().count() == CaseEvent.objects.count() == len(numbers)
    everything_is_in_order(world)


def test_who_registers_holds_others_up_from_the_number_on_and_no_earlier(world: World) -> None:
    """The body itself is only kept from being changed."""
    done: list[str] = []

    def registering(name: str, stop_before: str = "") -> None:
        def stop(execute: Any, sql: str, *rest: Any) -> Any:
            if stop_before and stop_before in sql:
                wait_until(lambda: bool(done) or waits_for_a_lock())
            return execute(sql, *rest)

        with connection.execute_wrapper(stop):
            register(SYSTEM, world.own, channel="counter", arrived_on=TODAY, fields=FIELDS)
        done.append(name)

    def other() -> None:
        time.sleep(0.2)
        registering("other")

    assert at_once(partial(registering, "slow", "acts_sequence"), other) == [None, None]
    assert done == ["other", "slow"], "who has no number yet is in nobody's way"
    done.clear()
    assert at_once(partial(registering, "slow", "applications_caseevent"), other) == [None, None]
    assert done == ["slow", "other"]
    everything_is_in_order(world)


@pytest.mark.parametrize(("version", "told"), [(1, StaleError), (None, Refused)])
def test_what_the_course_allows_once_is_done_once(
    world: World, clerks: list[Actor], version: int | None, told: type
) -> None:
    """By the version seen, or, where nobody looked, by the law."""
    case = case_in_hand(world)
    known = Particulars(**EXTENSION, version=version)
    found = at_once(*[partial(proceed, clerk, case, "extend", known) for clerk in clerks])
    assert kinds(found) == {type(None): 1, told: CLERKS - 1}
    assert case.events.filter(event="extend").count() == 1
    everything_is_in_order(world)


def test_of_many_who_assign_a_case_one_does_and_the_others_are_told(world: World, clerks: list[Actor]) -> None:
    case = case_in_hand(world)
    found = at_once(*[partial(assign, clerk, case, to=clerk.person, version=1) for clerk in clerks])
    assert kinds(found) == {type(None): 1, StaleError: CLERKS - 1}
    case.refresh_from_db()
    assert case.handler == clerks[found.index(None)].person


def test_all_write_to_the_same_cases_and_nothing_of_it_is_lost(world: World, clerks: list[Actor]) -> None:
    """Whoever is told that another was faster looks again and goes on until it is done."""
    cases = [case_in_hand(world) for _ in range(2)]
    told = Counter[int]()

    def work(number: int) -> None:
        for case in random.Random(number).sample(cases, len(cases)):
            version = 1
            while True:
                known = Particulars(party=f"第{number}公司", version=version)
                try:
                    proceed(clerks[number], case, "consult_third_party", known)
                except StaleError as stale:
                    told[number] += 1
                    version = Application.objects.get(pk=stale.thing.pk).version
                else:
                    break

    assert at_once(*[partial(work, number) for number in range(CLERKS)]) == [None] * CLERKS
    assert len(told) >= CLERKS - len(cases)
    for case in cases:
        asked = case.events.filter(event="consult_third_party").values_list("party", flat=True)
        assert sorted(asked) == sorted(f"第{number}公司" for number in range(CLERKS))
    everything_is_in_order(world)


def test_replies_signed_at_once_are_numbered_without_gap_or_double(world: World, clerks: list[Actor]) -> None:
    """Each by two; while others register."""
    cases = [approved(world) for _ in range(CLERKS // 2)]
    signing = [
        partial(proceed, clerk, cases[place // 2], "signed_and_sent", Particulars(version=cases[place // 2].version))
        for place, clerk in enumerate(clerks)
    ]
    registering = [
        partial(register, clerk, world.own, channel="counter", arrived_on=TODAY, fields=FIELDS) for clerk in clerks[:5]
    ]
    found = at_once(*signing, *registering)
    assert kinds(found) == {type(None): len(cases) + 5, StaleError: len(cases)}
    assert numbers_of_replies() == list(range(1, len(cases) + 1))
    everything_is_in_order(world)


def test_any_work_in_any_order_ends_in_order(world: World, clerks: list[Actor]) -> None:
    cases = [decided(world) for _ in range(2)]
    letters = [reply_written(world, case) for case in cases]
    cases = [*(approved(world, case) for case in cases), *(case_in_hand(world) for _ in range(4))]

    def deeds(clerk: Actor, case: Application, letter: Letter) -> list[Callable[[], Any]]:
        def event(name: str, **known: Any) -> Callable[[], Any]:
            return lambda: proceed(clerk, case, name, Particulars(version=case.version, **known))

        return [
            event("consult_third_party", party="某公司"),
            event("opinion_or_timeout", party="某公司"),
            event("draft"),
            event("submit_review"),
            event("returned"),
            event("signed_and_sent"),
            event("withdrawn"),
            event("extend", **EXTENSION),
            lambda: assign(clerk, case, to=clerk.person, version=case.version),
            lambda: decide(clerk, case, **DECISION, version=case.version),
            lambda: approve(clerk, case, version=case.version),
            lambda: rewrite_letter(clerk, letter, content=Content(copies=("清源县财政局",))),
            lambda: send_letter(clerk, letter, way="post"),
            lambda: register(clerk, world.own, channel="counter", arrived_on=TODAY, fields=FIELDS),
        ]

    did = Counter[str]()

    def work(number: int) -> None:
        chance = random.Random(number)
        for _ in range(12):
            case = Application.objects.get(pk=chance.choice(cases).pk)
            letter = Letter.objects.get(pk=chance.choice(letters).pk)
            try:
                chance.choice(deeds(clerks[number], case, letter))()
                did["done"] += 1
            except (Refused, StaleError) as told:
                did[type(told).__name__] += 1

    assert at_once(*[partial(work, number) for number in range(CLERKS)]) == [None] * CLERKS
    assert did["done"] > CLERKS, did
    assert did["Refused"] > 0, did
    everything_is_in_order(world)
    signed = [number for number in Decision.objects.values_list("number", flat=True) if number]
    assert sorted(int(one.rpartition("〕")[2][:-1]) for one in signed) == list(range(1, len(signed) + 1))


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def wait_until(true: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether it came true."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_who_sends_a_reply_and_who_signs_it_do_not_wait_for_each_other(world: World) -> None:
    """The one comes from the letter, the other from the case."""
    case = decided(world)
    letter = reply_written(world, case)
    case = approved(world, case)
    over: list[bool] = []

    def sign() -> None:
        with transaction.atomic():
            Application.objects.select_for_update(no_key=True).get(pk=case.pk)
            wait_until(lambda: bool(over) or waits_for_a_lock())
            proceed(as_person(world, "signatory"), case, "signed_and_sent", Particulars())

    def send() -> None:
        time.sleep(0.1)
        try:
            send_letter(as_person(world, "handler"), letter, way="post")
        finally:
            over.append(True)

    signed, sent = at_once(sign, send)
    assert signed is None
    assert isinstance(sent, Refused)
    assert "尚未签发" in str(sent)
    everything_is_in_order(world)


def test_what_the_reviewer_agreed_to_is_signed_though_somebody_rewrites_it_at_once(
    world: World,
) -> None:
    case = decided(world)
    letter = reply_written(world, case)
    case = approved(world, case)

    def rewrite() -> None:
        content = Content(copies=("清源县财政局",))
        rewrite_letter(as_person(world, "handler"), letter, content=content, version=letter.version)

    def sign() -> None:
        proceed(as_person(world, "signatory"), case, "signed_and_sent", Particulars())

    rewritten, signed = at_once(rewrite, sign)
    assert signed is None
    assert isinstance(rewritten, Refused | StaleError)
    letter.refresh_from_db()
    fixed = Content.of(letter).letter
    assert fixed is not None
    assert fixed.copies == ("清源县档案馆",)
    assert letter.version == 2


def test_of_many_who_link_different_first_applications_one_does_and_the_others_are_told(
    world: World, clerks: list[Actor]
) -> None:
    first = [case_in_hand(world) for _ in range(4)]
    case = case_in_hand(world)
    linking = [partial(link_duplicate, clerk, case, earlier=first[n % 4], version=1) for n, clerk in enumerate(clerks)]
    found = at_once(*linking)
    assert kinds(found) == {type(None): 1, StaleError: CLERKS - 1}
    case.refresh_from_db()
    assert case.duplicate_of == first[found.index(None) % 4]
    everything_is_in_order(world)

"""The course of an application: what may be done when, by whom, and why not; in step with the clock of the deadline."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from shared_files import SPEC, needs_shared

from gongkai.statute import calendar, cases
from gongkai.statute.cases import Event
from gongkai.statute.citations import cited
from gongkai.statute.clock import Clock
from gongkai.statute.errors import UnlawfulError
from gongkai.statute.outcomes import outcomes_on
from gongkai.statute.states import CLOCKS, GUARDS, Facts, course, rule, rulings

RECEIVED = date(2024, 1, 25)
DUE = date(2024, 2, 27)
FACTS = Facts(RECEIVED, due=DUE, correction_limit=date(2024, 2, 4))


def facts(**change: object) -> Facts:
    return dataclasses.replace(FACTS, **change)  # type: ignore[arg-type]


def test_the_data_fits_together() -> None:
    machine = course()
    assert set(machine.guards) == set(GUARDS)
    assert {g for t in machine.transitions for g in t.guards} == set(GUARDS)
    assert {t.event for t in machine.transitions} == set(machine.events)
    for transition in machine.transitions:
        assert set(transition.from_) <= set(machine.states)
        assert transition.to == "=" or transition.to in machine.states
        assert transition.roles
        assert set(transition.roles) <= set(machine.roles)
    assert {s.clock for s in machine.states.values()} <= set(CLOCKS)
    assert all(cited(x.article) for x in (*machine.events.values(), *machine.guards.values()))
    assert {e.act for e in machine.events.values() if e.act} == set(cases.ACTS)


@needs_shared
def test_states_and_transitions_of_the_specification_are_all_there() -> None:
    wanted = yaml.safe_load((SPEC / "applications.yaml").read_text(encoding="utf-8"))
    machine = course()
    assert {key: s["clock"] for key, s in wanted["states"].items()} == {
        key: s.clock for key, s in machine.states.items() if key != "START"
    }
    for entry in wanted["transitions"]:
        for state in entry["from"] if isinstance(entry["from"], list) else [entry["from"]]:
            ways = [t for t in machine.transitions if t.event == entry["event"] and state in t.from_]
            assert any((state if t.to == "=" else t.to) == entry["to"] for t in ways), entry


def test_every_state_can_be_reached_and_all_but_the_last_be_left() -> None:
    reached, fresh = {"START"}, {"START"}
    while fresh:
        fresh = {t.to for t in course().transitions if t.to != "=" and fresh & set(t.from_)} - reached
        reached |= fresh
    assert reached == set(course().states)
    assert {s for t in course().transitions for s in t.from_} == reached - {"ARCHIVED"}


@pytest.mark.parametrize(
    ("state", "event", "role", "given_facts", "to"),
    [
        ("START", "submitted", "registrar", facts(), "RECEIVED"),
        ("START", "submitted", "registrar", facts(channel="internet"), "AWAITING_CONFIRMATION"),
        ("AWAITING_CONFIRMATION", "confirmed", "registrar", facts(), "RECEIVED"),
        ("RECEIVED", "request_correction", "handler", facts(today=date(2024, 2, 4)), "CORRECTION_REQUESTED"),
        ("CONSULTING_THIRD_PARTY", "opinion_or_timeout", "handler", facts(consultations=1), "RECEIVED"),
        ("CONSULTING_AGENCY", "opinion_or_timeout", "handler", facts(consultations=2), "CONSULTING_AGENCY"),
        (
            "DRAFT_REPLY",
            "extend",
            "head",
            facts(extension=20, head_agreed=True, applicant_told=True, today=DUE),
            "DRAFT_REPLY",
        ),
        (
            "REVIEW",
            "signed_and_sent",
            "signatory",
            facts(outcome="granted", handler="甲", reviewer="乙", signatory="丙"),
            "REPLIED",
        ),
        ("REASON_REQUESTED", "reason_accepted", "handler", facts(), "RECEIVED"),
        (
            "REASON_REQUESTED",
            "reason_accepted",
            "handler",
            facts(later=DUE + timedelta(30), applicant_told=True),
            "RECEIVED",
        ),
        ("FEE_NOTICED", "fee_overdue", "handler", facts(fee_due=DUE, today=DUE + timedelta(1)), "CLOSED_FEE_UNPAID"),
    ],
)
def test_a_lawful_act_leads_on(state: str, event: str, role: str, given_facts: Facts, to: str) -> None:
    ruling = rule(state, event, role, given_facts)
    assert ruling.to == ruling.must() == to
    assert ruling.effect
    assert ruling.overridden == ()


@pytest.mark.parametrize(
    ("act", "given_facts", "why", "article"),
    [
        (
            ("FEE_NOTICED", "extend", "handler"),
            facts(),
            "现在是“已发收费通知”，不能“延长答复期限”",
            "条例 第三十三条第二款",
        ),
        (("RECEIVED", "signed_and_sent", "signatory"), facts(), "只有在“审核”时可以", "条例 第三十六条"),
        (
            ("REVIEW", "signed_and_sent", "signatory"),
            facts(outcome="granted", handler="甲", signatory="丙"),
            "审核人审核通过",
            "条例 第四十五条",
        ),
        (("RECEIVED", "extend", "registrar"), facts(), "登记人不能办理", "条例 第四十五条"),
        (
            ("REVIEW", "signed_and_sent", "signatory"),
            facts(
                outcome="not_processed_duplicate",
                article="条例 第三十六条第（六）项",
                unsaid=("首次答复的日期和文号", "救济途径和期限"),
                handler="甲",
                reviewer="乙",
                signatory="丙",
            ),
            "答复书还没有写明应当写明的：首次答复的日期和文号、救济途径和期限",
            "条例 第三十六条第（六）项",
        ),
        (
            ("DRAFT_REPLY", "submit_review", "handler"),
            facts(outcome="granted", unsaid=("救济途径和期限",)),
            "救济途径和期限",
            "条例 第三十六条",
        ),
        (
            ("REASON_REQUESTED", "reason_accepted", "handler"),
            facts(later=DUE, applicant_told=True),
            "应晚于原届满日",
            "条例 第三十五条",
        ),
        (
            ("REASON_REQUESTED", "reason_accepted", "handler"),
            facts(later=DUE + timedelta(30)),
            "告知申请人",
            "条例 第三十五条",
        ),
        (
            ("REASON_REQUESTED", "reason_accepted", "handler"),
            facts(later=DUE + timedelta(60), applicant_told=True, today=DUE + timedelta(1)),
            "答复期限已经届满",
            "条例 第三十三条第二款",
        ),
        (
            ("REASON_REQUESTED", "reason_accepted", "handler"),
            facts(later=DUE + timedelta(60), applicant_told=True, delays=1),
            "只能确定一次",
            "条例 第三十五条",
        ),
        (
            ("RECEIVED", "extend", "handler"),
            facts(extension=5, head_agreed=True, applicant_told=True, delays=1),
            "不再按第三十三条延长",
            "条例 第三十五条",
        ),
        (("RECEIVED", "extend", "handler"), facts(extensions=1), "只能延长一次", "条例 第三十三条第二款"),
        (("RECEIVED", "extend", "handler"), facts(today=DUE + timedelta(1)), "届满", "条例 第三十三条第二款"),
        (("RECEIVED", "extend", "handler"), facts(extension=21), "1至20", "条例 第三十三条第二款"),
        (("RECEIVED", "extend", "handler"), facts(extension=20), "负责人同意", "条例 第三十三条第二款"),
        (
            ("RECEIVED", "extend", "handler"),
            facts(extension=20, head_agreed=True),
            "告知申请人",
            "条例 第三十三条第二款",
        ),
        (("RECEIVED", "request_correction", "handler"), facts(corrections=1), "一次性告知", "条例 第三十条"),
        (("RECEIVED", "request_correction", "handler"), facts(today=date(2024, 2, 5)), "7个工作日", "条例 第三十条"),
        (("RECEIVED", "corrected_but_unclear", "handler"), facts(), "未曾告知补正", "条例 第三十条"),
        (("RECEIVED", "fee_notice", "handler"), facts(), "按标准不收费", "条例 第四十二条第一款"),
        (
            ("CORRECTION_REQUESTED", "correction_overdue", "handler"),
            facts(correction_due=DUE, today=DUE),
            "尚未届满",
            "条例 第三十条",
        ),
        (("DRAFT_REPLY", "submit_review", "handler"), facts(), "类型和依据", "条例 第三十六条"),
        (
            ("DRAFT_REPLY", "submit_review", "handler"),
            facts(outcome="unavailable_does_not_exist", needs=frozenset({"search_record"})),
            "记录还不齐：检索记录",
            "条例 第三十六条",
        ),
        (
            ("REVIEW", "signed_and_sent", "signatory"),
            facts(outcome="granted", handler="甲", reviewer="乙", signatory="甲"),
            "同一人",
            "条例 第四十五条",
        ),
    ],
)
def test_an_unlawful_act_is_refused_with_its_article(
    act: tuple[str, str, str], given_facts: Facts, why: str, article: str
) -> None:
    ruling = rule(*act, given_facts)
    assert not ruling.lawful
    assert why in (ruling.why or "")
    assert ruling.article == article
    with pytest.raises(UnlawfulError, match=article):
        ruling.must()


def test_a_reason_passes_only_the_guards_that_allow_it_and_stays() -> None:
    late = facts(today=date(2024, 2, 5))
    assert rule("RECEIVED", "request_correction", "handler", late).overridable
    ruling = rule("RECEIVED", "request_correction", "handler", late, override="经同意补办")
    assert ruling.to == "CORRECTION_REQUESTED"
    assert ruling.overridden == ((course().guards["correction_in_time"].refusal, "经同意补办"),)
    second = rule("RECEIVED", "request_correction", "handler", facts(corrections=1), override="经同意补办")
    assert not second.lawful
    assert not second.overridable
    on_time = rule("RECEIVED", "request_correction", "handler", FACTS, override="多余的理由")
    assert on_time.overridden == ()
    assert not rule("RECEIVED", "request_correction", "handler", late, override="").lawful


def test_a_case_page_can_ask_for_everything_at_once() -> None:
    found = {ruling.event: ruling for ruling in rulings("RECEIVED", "handler", FACTS)}
    assert set(found) == set(course().events)
    assert {event for event, ruling in found.items() if ruling.lawful} == {
        *("request_correction", "excessive", "consult_third_party", "consult_agency"),
        *("secrecy_doubt", "draft", "withdrawn"),
    }
    assert all(ruling.why and ruling.article for ruling in found.values() if not ruling.lawful)


@pytest.mark.parametrize(
    "names", [("NOWHERE", "draft", "handler"), ("RECEIVED", "x", "handler"), ("RECEIVED", "draft", "x")]
)
def test_unknown_names_are_an_error_of_the_program(names: tuple[str, str, str]) -> None:
    with pytest.raises(KeyError):
        rule(*names, FACTS)


EVENTS = {event.act: event.key for event in course().events.values() if event.act}
ACTS = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(sorted(cases.ACTS)), st.integers(0, 21)), max_size=8)


@given(ACTS, st.booleans())
def test_the_course_and_the_clock_refuse_the_same_acts(drawn: list[tuple[int, str, int]], reason: bool) -> None:
    """The one knows states, the other dates; what one calls lawful the other must."""
    clock, state, day, override = Clock(RECEIVED), "RECEIVED", RECEIVED, "补记" if reason else None
    done: list[str] = []
    for pause, act, days in drawn:
        day += timedelta(pause)
        still = [c for c in clock.consultations if c.answered is None]
        if state.startswith("CONSULTING") and not any(c.open_on(day) for c in still):
            state = "RECEIVED"  # what the office records when the time for opinions has run out
        if act == cases.OPINION_RECEIVED and still and not still[0].open_on(day):
            continue  # an opinion after its time moves nothing in the clock, and the course has gone on
        later = day + timedelta(3 * days) if act == cases.DELAY else None
        if later and state == "RECEIVED":
            state = rule(state, "excessive", "handler", Facts(day)).must()  # reasons were asked for, and are good
        given_facts = Facts(
            day,
            due=None if clock.waiting_for else clock.due(),
            correction_limit=calendar.add_working_days(RECEIVED, 7),
            fee_due=clock.until,
            corrections=done.count(cases.REQUEST_CORRECTION),
            extensions=done.count(cases.EXTEND),
            extension=days,
            later=later,
            delays=done.count(cases.DELAY),
            consultations=sum(c.open_on(day) for c in still),
            fee_notices=done.count(cases.FEE_NOTICE),
            fee=100,
            head_agreed=True,
            applicant_told=True,
        )
        ruling = rule(state, EVENTS[act], "handler", given_facts, override)
        try:
            clock.apply(Event(day, act, days if act == cases.EXTEND else None, override=override, until=later))
        except UnlawfulError:
            assert not ruling.lawful, (state, act)
            return
        assert ruling.lawful, (state, act, ruling.why)
        state = ruling.must()
        done.append(act)
        assert (course().states[state].clock == "stopped") == (clock.waiting_for is not None)


def test_outcomes_needed_by_the_course_exist() -> None:
    assert {"closed_no_supplement", "closed_fee_unpaid", "other_withdrawn"} <= set(outcomes_on(date(2024, 1, 1)))

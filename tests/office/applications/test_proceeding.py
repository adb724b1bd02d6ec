"""A case through its course: what the law allows is done and moves the clock, what it forbids is refused in words."""

from __future__ import annotations

import pytest
from office.applications.casework import as_person, day, done, registered
from office.world import World, build_world

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import Refused
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.applications.selectors.facts import possibilities
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.deciding import approve, decide
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.statute.states import course

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def test_the_worked_example_of_the_spring_festival_comes_out_of_the_record(world: World) -> None:
    case = registered(world, "2024-01-22")
    assert case.due == day("2024-02-22")
    case = done(case, "consult_third_party", "2024-01-26", party="某公司")
    case = done(case, "opinion_or_timeout", "2024-02-20", party="某公司")
    assert case.due == day("2024-03-13")
    assert case.state == "RECEIVED"
    answer = deadline_of(case)
    assert answer is not None
    assert answer.due == case.due
    assert any("某公司" in step.words for step in answer.steps)
    assert all(step.article for step in answer.steps)


def test_an_application_that_must_be_confirmed_has_no_clock_before(world: World) -> None:
    case = registered(world, "2024-02-17", channel="email")
    assert (case.state, case.received_on, case.due) == ("AWAITING_CONFIRMATION", None, None)
    case = done(case, "confirmed", "2024-02-18")
    assert (case.received_on, case.due) == (day("2024-02-18"), day("2024-03-15"))


def test_numbers_run_by_body_and_year_and_codes_are_not_guessed(world: World) -> None:
    cases = [registered(world, on) for on in ("2023-05-08", "2023-05-09", "2024-01-08")]
    assert [(case.year, case.number) for case in cases] == [(2023, 1), (2023, 2), (2024, 1)]
    assert len({case.code for case in cases}) == 3
    assert all(len(case.code) == 12 for case in cases)


def test_what_the_law_forbids_is_refused_with_its_article_and_nothing_changes(world: World) -> None:
    case = registered(world, "2024-01-22")
    case = done(case, "request_correction", "2024-01-26", data={"correction_due": "2024-02-20"})
    case = done(case, "correction_received", "2024-02-20")
    acts = Act.objects.count()
    with pytest.raises(Refused, match=r"不能第二次要求补正.*第三十条"):
        done(case, "request_correction", "2024-02-21")
    case.refresh_from_db()
    assert (case.state, case.events.count(), Act.objects.count()) == ("RECEIVED", 3, acts)


def test_a_late_correction_notice_needs_a_reason_that_stays(world: World) -> None:
    case = registered(world, "2024-01-08")
    with pytest.raises(Refused, match=r"7个工作日.*例外办理的理由"):
        done(case, "request_correction", "2024-01-25")
    case = done(
        case, "request_correction", "2024-01-25", override="信件在收发室积压", data={"correction_due": "2024-02-20"}
    )
    event = case.events.last()
    assert event is not None
    assert event.override == "信件在收发室积压"
    assert "7个工作日" in event.overridden
    assert Act.objects.latest("pk").detail["理由"] == "信件在收发室积压"


SEARCH = {"systems": "公文系统、档案室", "words": "低保名单", "people": "王某", "on": "2024-01-29"}


def drafted(world: World) -> Application:
    case = registered(world, "2024-01-22")
    case = assign(as_person(world, "registrar"), case, to=world.people["handler"])
    case = proceed(as_person(world, "handler"), case, "draft", Particulars(on=day("2024-01-29")))
    return decide(  # type: ignore[no-any-return]
        as_person(world, "handler"),
        case,
        outcome_code="unavailable_does_not_exist",
        reason="经检索，没有制作也没有获取过该信息。",
        records={"search_record": SEARCH},
    )


def test_three_people_draft_review_and_sign_and_the_log_names_each_in_the_role(world: World) -> None:
    case = drafted(world)
    case = proceed(as_person(world, "handler"), case, "submit_review", Particulars(on=day("2024-01-30")))
    with pytest.raises(Refused, match="审核人"):
        proceed(as_person(world, "signatory"), case, "signed_and_sent", Particulars(on=day("2024-01-31")))
    case = approve(as_person(world, "reviewer"), case, opinion="同意")
    case = proceed(as_person(world, "signatory"), case, "signed_and_sent", Particulars(on=day("2024-01-31")))
    assert (case.state, case.outcome) == ("REPLIED", "unavailable_does_not_exist")
    assert case.replied_on == case.finished_on == day("2024-01-31")
    acts = [(act.label, act.role) for act in Act.objects.filter(thing_type="applications.application").order_by("pk")]
    assert acts[-4:] == [
        ("拟定处理决定", "承办人"),
        ("提交审核", "承办人"),
        ("审核通过", "审核人"),
        ("签发并送出", "签发人"),
    ]


def test_an_outcome_without_its_proof_does_not_go_to_review(world: World) -> None:
    case = drafted(world)
    case = decide(
        as_person(world, "handler"), case, outcome_code="unavailable_does_not_exist", reason="没有", records={}
    )
    with pytest.raises(Refused, match="记录还不齐"):
        proceed(as_person(world, "handler"), case, "submit_review", Particulars(on=day("2024-01-30")))


def test_a_changed_draft_has_to_be_approved_again(world: World) -> None:
    case = drafted(world)
    case = proceed(as_person(world, "handler"), case, "submit_review", Particulars(on=day("2024-01-30")))
    case = approve(as_person(world, "reviewer"), case)
    case = proceed(as_person(world, "signatory"), case, "returned", Particulars(on=day("2024-01-30")))
    case = decide(
        as_person(world, "handler"), case, outcome_code="granted", reason="可以公开", content="见附件", records={}
    )
    assert case.decision.reviewer is None


def test_who_finds_a_third_party_while_drafting_goes_back_and_asks_it(world: World) -> None:
    handler = as_person(world, "handler")
    case = proceed(handler, registered(world, "2024-01-22"), "draft", Particulars(on=day("2024-01-25")))
    asked = Particulars(on=day("2024-01-26"), party="某公司")
    with pytest.raises(Refused, match="现在是“拟稿”"):
        proceed(handler, case, "consult_third_party", asked)
    case = proceed(handler, case, "draft_withdrawn", Particulars(on=day("2024-01-26"), data={"text": "涉及第三方"}))
    assert case.due == day("2024-02-22"), "the clock goes on all the while"
    assert proceed(handler, case, "consult_third_party", asked).state == "CONSULTING_THIRD_PARTY"


def test_the_page_says_for_every_event_whether_it_may_be_done_now_and_if_not_why(world: World) -> None:
    case = registered(world, "2024-01-22")
    for role in ("handler", "registrar", "auditor"):
        found = possibilities(as_person(world, role), case)
        assert {p.event.key for p in found} == set(course().events) - {"submitted"}
        assert all(p.lawful or p.why for p in found)
    lawful = {p.event.key for p in possibilities(as_person(world, "handler"), case) if p.lawful}
    # Nearly three years late: the clock has run out for all that must happen in time.
    assert lawful == {"draft", "excessive", "secrecy_doubt", "withdrawn"}
    assert not [p for p in possibilities(as_person(world, "auditor"), case) if p.lawful]


def test_another_bodys_people_may_do_nothing_to_a_case(world: World) -> None:
    from gongkai.office.bodies.models import RoleHolding

    RoleHolding.objects.filter(person=world.people["handler"]).update(body=world.other)
    case = registered(world, "2024-01-22")
    with pytest.raises(Refused, match="所属机关"):
        proceed(as_person(world, "handler"), case, "draft")
    assert not Application.objects.visible_to(world.people["handler"]).exists()


def test_an_event_is_not_entered_before_the_last_one_or_for_a_day_to_come(world: World) -> None:
    case = done(registered(world, "2024-01-22"), "draft", "2024-01-29")
    with pytest.raises(Refused, match="不能早于上一步（2024年1月29日）"):
        done(case, "secrecy_doubt", "2024-01-26")
    with pytest.raises(Refused, match="不能晚于今天"):
        done(case, "secrecy_doubt", "2999-01-01")

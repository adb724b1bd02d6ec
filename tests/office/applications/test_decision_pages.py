"""Draft, review, signature, delivery: by different people, with the records that the outcome needs."""

from __future__ import annotations

import pytest
from django.utils import timezone
from office.applications.casework import as_person, registered
from office.applications.deciding import SEARCH, decide, drafting, sign_off
from office.applications.pages import at, happen, page, text
from office.world import World, build_world

from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.numbers import set_prefix
from gongkai.office.bodies.models import RoleHolding
from gongkai.office.bodies.roles import Role
from gongkai.statute import calendar

TODAY = timezone.localdate()
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def test_the_draft_page_explains_every_outcome(world: World) -> None:
    shown = text(at(world, "handler").get(page("decide", drafting(world).pk)))
    for words in ("信息不存在", "条例 第三十六条第（四）项", "经检索没有所申请的信息", "检索记录", "复议前置"):
        assert words in shown
    assert "closed_no_supplement" not in shown, "closings are no decisions"


def test_a_reply_goes_through_three_people_and_gets_its_number_with_the_signature(world: World) -> None:
    set_prefix(as_person(world, "signatory"), world.own, "清民依复")
    case = drafting(world)
    assert decide(world, case, "unavailable_does_not_exist", **SEARCH).status_code == 302
    assert happen(at(world, "handler"), case, "submit_review").status_code == 302
    for role in ("handler", "registrar"):
        assert at(world, role).get(page("review", case.pk)).status_code == 403
        assert at(world, role).get(page("sign", case.pk)).status_code == 403
    case.refresh_from_db()
    reviewer, signatory = at(world, "reviewer"), at(world, "signatory")
    shown = text(reviewer.get(page("review", case.pk)))
    assert "检索的系统、场所：公文系统、档案室；检索词：低保名单；检索人员：王某" in shown
    early = signatory.post(page("sign", case.pk), {"version": case.version})
    assert early.status_code == 422
    assert "尚未经审核人审核通过" in text(early)
    assert reviewer.post(page("review", case.pk), {"version": case.version, "opinion": "同意"}).status_code == 302
    case.refresh_from_db()
    answer = signatory.post(page("sign", case.pk), {"version": case.version, "on": TODAY.isoformat()})
    assert answer.status_code == 302, text(answer)
    case.refresh_from_db()
    assert case.decision.number == f"清民依复〔{TODAY.year}〕1号"
    assert case.decision.signatory == world.people["signatory"]
    assert (case.outcome, case.replied_on) == ("unavailable_does_not_exist", TODAY)
    delivered = {"version": case.version, "way": "post", "on": TODAY.isoformat(), "proof": "EMS 1234567890123"}
    assert at(world, "registrar").post(page("deliver", case.pk), delivered).status_code == 302
    shown = text(at(world, "handler").get(page("case", case.pk)))
    assert "EMS 1234567890123" in shown
    assert "逾期答复" not in shown


def test_numbers_are_not_used_up_by_drafts_that_come_back(world: World) -> None:
    case = drafting(world)
    decide(world, case, "granted", content="见附件")
    happen(at(world, "handler"), case, "submit_review")
    case.refresh_from_db()
    returned = {"version": case.version, "opinion": "请补充理由", "step": "return"}
    assert at(world, "reviewer").post(page("review", case.pk), returned).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.decision.number) == ("DRAFT_REPLY", "")
    assert "请补充理由" in text(at(world, "handler").get(page("case", case.pk)))
    sign_off(world, case)
    case.refresh_from_db()
    assert case.decision.number == f"清源县民政局依复〔{TODAY.year}〕1号"


def test_what_an_outcome_needs_is_asked_before_the_review(world: World) -> None:
    case = drafting(world)
    half = decide(world, case, "unavailable_does_not_exist", search_systems="公文系统")
    assert half.status_code == 422
    assert "四项请一并填写" in text(half)
    assert decide(world, case, "unavailable_does_not_exist").status_code == 302
    case.refresh_from_db()
    refused = at(world, "handler").post(page("event", case.pk, "submit_review"), {"version": case.version})
    assert refused.status_code == 422
    assert "记录还不齐" in text(refused)
    assert "检索记录（系统、检索词、人员、日期）" in text(at(world, "handler").get(page("case", case.pk)))


def test_a_third_partys_interest_is_weighed_and_its_consultation_comes_from_the_record(world: World) -> None:
    case = registered(world, calendar.at(calendar.index(TODAY) - 4).isoformat())
    case = assign(as_person(world, "registrar"), case, to=world.people["handler"])
    client = at(world, "handler")
    happen(client, case, "draft")
    assert decide(world, case, "denied_third_party", harm_result="损害更大").status_code == 302
    case.refresh_from_db()
    assert "consultation" not in case.decision.records, "nobody was consulted, whatever is typed"
    other = registered(world, calendar.at(calendar.index(TODAY) - 4).isoformat())
    happen(client, other, "consult_third_party", party="清源化工厂", text="是否同意")
    happen(client, other, "opinion_or_timeout", party="清源化工厂", opinion="refuse")
    happen(client, other, "draft")
    assert decide(world, other, "denied_third_party").status_code == 422
    assert decide(world, other, "denied_third_party", harm_harm="泄露配方", harm_result="损害更大").status_code == 302
    other.refresh_from_db()
    record = other.decision.records["consultation"]
    assert "清源化工厂" in record["record"]
    assert "不同意公开" in record["record"]
    assert record["result"] == "损害更大"


def test_a_late_reply_is_said_to_be_late(world: World) -> None:
    case = drafting(world, used=25)
    decide(world, case, "granted", content="见附件")
    happen(at(world, "handler"), case, "submit_review")
    assert "已经逾期" in text(at(world, "reviewer").get(page("review", case.pk)))
    case.refresh_from_db()
    at(world, "reviewer").post(page("review", case.pk), {"version": case.version})
    case.refresh_from_db()
    at(world, "signatory").post(page("sign", case.pk), {"version": case.version})
    assert "逾期答复" in text(at(world, "handler").get(page("cases")))


def test_nobody_signs_what_they_handled_unless_a_reason_stays(world: World) -> None:
    RoleHolding.objects.create(
        person=world.people["handler"], role=Role.SIGNATORY, body=world.own, valid_from="2020-01-01"
    )
    case = drafting(world)
    decide(world, case, "granted", content="见附件")
    happen(at(world, "handler"), case, "submit_review")
    case.refresh_from_db()
    at(world, "reviewer").post(page("review", case.pk), {"version": case.version})
    case.refresh_from_db()
    client = at(world, "handler")
    refused = client.post(page("sign", case.pk), {"version": case.version})
    assert refused.status_code == 422
    assert "不能与承办人是同一人" in text(refused)
    assert client.post(page("sign", case.pk), {"version": case.version, "override": "局长出国"}).status_code == 302
    assert "局长出国" in text(client.get(page("case", case.pk)))


def test_two_who_edit_the_draft_do_not_overwrite_each_other(world: World) -> None:
    case = drafting(world)
    seen = case.version
    assert decide(world, case, "granted", content="甲稿").status_code == 302
    typed = {"version": seen, "outcome": "granted", "reason": "乙的理由", "content": "乙稿"}
    answer = at(world, "handler").post(page("decide", case.pk), typed)
    assert answer.status_code == 409
    assert "乙稿" in text(answer)
    case.refresh_from_db()
    assert case.decision.content == "甲稿"


def test_the_prefix_is_set_by_the_body_for_its_next_replies(world: World) -> None:
    client = at(world, "signatory")
    assert client.post(page("prefix", world.own.pk), {"text": "清民公开"}).status_code == 302
    assert "清民公开" in text(client.get(page("prefix", world.own.pk)))
    assert client.get(page("prefix", world.other.pk)).status_code == 404
    assert at(world, "handler").get(page("prefix", world.own.pk)).status_code == 403


def test_the_desk_says_what_waits_for_whom(world: World) -> None:
    from gongkai.office.applications.cards import cards

    case = drafting(world, used=17)
    registered(world, calendar.at(calendar.index(TODAY) - 1 - 30).isoformat())
    registered(world, TODAY.isoformat(), channel="email")
    decide(world, case, "granted", content="见附件")

    def counts(role: str) -> dict[str, int | None]:
        return {card.title: card.count for card in cards(as_person(world, role)) if card.count}

    assert counts("handler") == {"我承办的，快到期": 1, "申请逾期未答复": 1, "申请长期未动": 2}
    assert counts("registrar")["当日须与申请人确认"] == 1
    happen(at(world, "handler"), case, "submit_review")
    assert counts("reviewer")["待我审核的答复"] == 1
    assert "待我签发的答复" not in counts("signatory")
    case.refresh_from_db()
    at(world, "reviewer").post(page("review", case.pk), {"version": case.version})
    assert counts("signatory")["待我签发的答复"] == 1
    assert counts("auditor") == {}
    assert counts("supervisor")["申请逾期未答复"] == 1


def test_what_is_on_the_desk_is_counted_up_to_a_bound(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.office.applications import cards

    for _ in range(6):
        registered(world, calendar.at(calendar.index(TODAY) - 1 - 30).isoformat())

    def late() -> tuple[int | None, bool]:
        found = {card.title: card for card in cards.cards(as_person(world, "handler"))}["申请逾期未答复"]
        return found.count, found.or_more

    assert late() == (6, False)
    monkeypatch.setattr(cards, "_COUNTED", 5)
    assert late() == (5, True)

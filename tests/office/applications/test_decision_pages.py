"""Draft, review, signature, delivery: by different people, with the records that the outcome needs."""

from __future__ import annotations

import pytest
from django.utils import timezone
from office.applications.casework import as_person, registered
from office.applications.deciding import SEARCH, decide, drafting, sign_off
from office.applications.pages import at, happen, page, text
from office.world import World, build_world

from gongkai.office.applications.selectors.letter_content import Content
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
    registrar, letter = at(world, "registrar"), case.letters.get()
    assert page("send_letter", case.pk, letter.pk) in text(registrar.get(page("case", case.pk)))
    delivered = {"version": case.version, "way": "post", "on": TODAY.isoformat(), "proof": "EMS 1234567890123"}
    elsewhere = registrar.post(page("deliver", case.pk), delivered)
    assert "答复书在“文书”中送出" in text(elsewhere)
    going = {"version": letter.version, "way": "post", "on": TODAY.isoformat()}
    assert registrar.post(page("send_letter", case.pk, letter.pk), going).status_code == 302
    letter.refresh_from_db()
    service = page("letter_service", case.pk, letter.pk)
    assert service in text(registrar.get(page("case", case.pk)))
    arrived = {"version": letter.version, "on": TODAY.isoformat(), "proof": "EMS 1234567890123"}
    assert registrar.post(service, arrived).status_code == 302
    case.refresh_from_db()
    assert (case.served_on, case.letters.get().state.label) == (TODAY, "已送达")
    shown = text(at(world, "handler").get(page("case", case.pk)))
    assert "已送达" in shown
    assert "EMS 1234567890123" not in shown, "the proof is kept sealed with the letter"
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
    shown = text(at(world, "handler").get(page("case", case.pk)))
    assert "提交审核</strong>：所选答复类型要求的记录还不齐：检索记录（系统、检索词、人员、日期）" in shown
    assert "（条例 第三十六条第（四）项）" in shown


UNSAID = [
    ("granted", {}, "所申请的信息，或者获取的方式、途径和时间", "条例 第三十六条第（二）项"),
    ("granted_already_public", {}, "获取该信息的方式、途径（网址、地点）", "条例 第三十六条第（一）项"),
    ("partially_granted", {"content": "见附件"}, "每一处不予公开内容的理由", "条例 第三十七条"),
    ("partially_granted", {"grounds": "第2页为个人隐私"}, "可以公开的内容", "条例 第三十七条"),
    ("denied_prohibited_by_law", {}, "所依据的法律、行政法规和条款", "条例 第十四条"),
    ("denied_state_secret", {}, "密级、定密依据和保密期限", "条例 第十四条"),
    ("denied_security_stability", {}, "本机关负责人的决定", "条例 第十四条"),
    ("denied_internal_affairs", {}, "属于规定所列的哪一类", "条例 第十六条第一款"),
    ("denied_process", {}, "属于规定所列的哪一类", "条例 第十六条第二款"),
    ("denied_third_party", {"harm_result": "损害更大"}, "征求第三方意见的记录", "条例 第十五条、第三十二条"),
    ("denied_administrative_query", {}, "所依据的法律、行政法规和条款", "条例 第三十六条第（七）项"),
    ("unavailable_other_body", {}, "负责公开的机关的名称和联系方式，或者不能确定的情况", "条例 第三十六条第（五）项"),
    ("unavailable_unclear", {}, "补正告知书", "条例 第三十条"),
    ("not_processed_duplicate", {}, "首次申请及其答复", "条例 第三十六条第（六）项"),
    ("not_processed_publication", {}, "获取的途径", "条例 第三十九条第二款"),
    ("not_processed_repetitive", {}, "要求说明理由的记录", "条例 第三十五条"),
    ("not_processed_confirmation", {}, "申请人已经获取该信息的情况", "条例 第三十六条"),
    ("other_archive", {}, "保管的档案馆", "档案法"),
]


@pytest.mark.parametrize(("outcome", "typed", "lacking", "article"), UNSAID)
def test_what_the_reply_must_say_is_asked_before_the_review_with_its_article(
    world: World, outcome: str, typed: dict[str, str], lacking: str, article: str
) -> None:
    case = drafting(world)
    assert decide(world, case, outcome, **typed).status_code == 302
    case.refresh_from_db()
    refused = at(world, "handler").post(page("event", case.pk, "submit_review"), {"version": case.version})
    assert refused.status_code == 422
    assert lacking in text(refused)
    assert f"（{article}）" in text(refused)
    case.refresh_from_db()
    assert case.state == "DRAFT_REPLY"


def test_a_reply_without_the_court_of_its_remedy_is_not_signed_and_the_page_says_why(world: World) -> None:
    """The decision is whole; the letter is not, since the body's settings lost a court meanwhile."""
    case = drafting(world)
    decide(world, case, "granted", content="见附件")
    happen(at(world, "handler"), case, "submit_review")
    case.refresh_from_db()
    at(world, "reviewer").post(page("review", case.pk), {"version": case.version})
    set_prefix(as_person(world, "signatory"), world.own, "清民依复", kind="justice_department")
    case.refresh_from_db()
    why = "答复书还没有写明应当写明的：救济途径和期限（缺少行政复议机关的名称：上一级主管部门）"
    signatory = at(world, "signatory")
    assert f"签发并送出</strong>：{why}" in text(signatory.get(page("case", case.pk)))
    refused = signatory.post(page("sign", case.pk), {"version": case.version, "override": "急"})
    assert refused.status_code == 422
    assert f"{why}（条例 第三十六条第（二）项）" in text(refused)
    case.refresh_from_db()
    assert (case.state, case.decision.number, case.letters.count()) == ("REVIEW", "", 0)
    set_prefix(as_person(world, "signatory"), world.own, "清民依复", upper_authority="西陵市司法局")
    assert signatory.post(page("sign", case.pk), {"version": case.version}).status_code == 302
    assert "西陵市司法局" in Content.of(case.letters.get()).letter.text


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
    records = other.decision.records
    assert "清源化工厂" in records["consultation"]
    assert "不同意公开" in records["consultation"]
    assert records["harm_test"] == {"harm": "泄露配方", "result": "损害更大"}
    # Who discloses against the objection weighs as well (条例 第三十二条).
    assert decide(world, other, "granted", content="见附件").status_code == 302
    other.refresh_from_db()
    refused = at(world, "handler").post(page("event", other.pk, "submit_review"), {"version": other.version})
    assert "对第三方合法权益和公共利益的衡量（条例 第三十六条第（二）项）" in text(refused)


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

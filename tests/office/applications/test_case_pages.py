"""The page of a case and the forms of its events: what the law allows, why not, and what would follow."""

from __future__ import annotations

import pytest
from django.utils import timezone
from office.applications.casework import SYSTEM, as_person, day, done, registered
from office.applications.pages import at, happen, page, step, text
from office.world import World, build_world

from gongkai.office.acts.models import Act
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.statute import calendar

TODAY = timezone.localdate()
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def recent(world: World, working_days_ago: int = 3, **fields: str):  # type: ignore[no-untyped-def]
    """A case whose clock still runs."""
    on = calendar.at(calendar.index(TODAY) - 1 - working_days_ago)
    return registered(world, on.isoformat(), **fields)


def test_the_page_explains_the_last_day_step_by_step_with_articles(world: World) -> None:
    case = registered(world, "2024-01-22")
    case = done(case, "consult_third_party", "2024-01-26", party="某公司")
    case = done(case, "opinion_or_timeout", "2024-02-20", party="某公司")
    shown = text(at(world, "handler").get(page("case", case.pk)))
    assert "2024年3月13日" in shown
    assert "条例 第三十三条第三款" in shown
    assert "某公司" in shown


def test_what_may_be_done_stands_apart_from_what_may_not_and_why(world: World) -> None:
    case = done(recent(world), "request_correction", TODAY.isoformat(), data={"correction_due": "2099-01-05"})
    answer = at(world, "handler").get(page("case", case.pk))
    lawful = {p.event.key for p, _ in answer.context["lawful"]}
    assert lawful == {"correction_received", "withdrawn"}
    shown = text(answer)
    assert page("event", case.pk, "correction_received") in shown
    assert "补正期限尚未届满" in shown
    assert "条例 第三十条" in shown


def test_the_department_in_charge_sees_the_case_and_not_who_applied(world: World) -> None:
    case = recent(world, applicant_name="张小明", joint_applicants="李小红", agent="王律师")
    done(case, "draft", TODAY.isoformat(), data={"text": "张小明来电"})
    shown = text(at(world, "supervisor").get(page("case", case.pk)))
    assert "张某某" in shown
    for hidden in ("张小明", "李小红", "王律师", "138****8000", case.code):
        assert hidden not in shown
    found = text(at(world, "supervisor").get(page("cases"), {"q": case.code}))
    assert page("case", case.pk) not in found, "nor is it a way to guess codes"
    assert case.code in text(at(world, "handler").get(page("case", case.pk)))
    assert at(world, "supervisor").get(page("receipt", case.pk)).status_code == 403
    assert at(world, "auditor").get(page("case", case.pk)).status_code in (403, 404)
    assert at(world, "final_disclosure_reviewer").get(page("case", case.pk)).status_code in (403, 404)


def test_an_applicants_number_is_read_with_a_reason_and_logged(world: World) -> None:
    case = recent(world)
    client = at(world, "handler")
    address = page("reveal", case.pk, "phone")
    assert "13800138000" not in text(client.get(address))
    assert client.post(address, {"reason": " "}).status_code == 422
    assert not Act.objects.filter(verb="acts.reveal").exists()
    assert client.get(page("reveal", case.pk, "code")).status_code == 404
    assert at(world, "supervisor").get(address).status_code == 403


def test_a_correction_is_previewed_and_then_asked(world: World) -> None:
    case = recent(world)
    client = at(world, "handler")
    address = page("event", case.pk, "request_correction")
    limit = calendar.add_working_days(TODAY, 15)
    assert f'value="{limit.isoformat()}"' in text(client.get(address))
    typed = {"version": case.version, "text": "请写明要哪一年的名单", "correction_due": limit.isoformat()}
    shown = client.post(address, typed)
    assert "停止计算" in text(shown)
    case.refresh_from_db()
    assert case.state == "RECEIVED", "a preview changes nothing"
    changed = client.post(address, {**typed, "text": "别的", "step": step(shown)})
    case.refresh_from_db()
    assert (changed.status_code, case.state) == (200, "RECEIVED"), "what was changed after the preview is shown first"
    assert client.post(address, {**typed, "step": step(shown)}).status_code == 302
    case.refresh_from_db()
    event = case.events.last()
    assert event is not None
    assert (case.state, event.data["correction_due"]) == ("CORRECTION_REQUESTED", limit.isoformat())


def test_a_refusal_stands_in_the_form_in_words_and_keeps_what_was_typed(world: World) -> None:
    case = registered(world, "2024-01-08")
    answer = at(world, "handler").post(
        page("event", case.pk, "consult_third_party"), {"version": 1, "party": "清源化工厂", "text": "排污许可"}
    )
    assert answer.status_code == 422
    assert "答复期限已经届满" in text(answer)
    assert 'value="清源化工厂"' in text(answer)
    assert "例外办理的理由" not in text(answer), "no reason would help here"


def test_a_late_correction_is_entered_with_a_reason_that_stays_on_the_page(world: World) -> None:
    case = recent(world, working_days_ago=9)
    client = at(world, "handler")
    assert "例外办理的理由" in text(client.get(page("event", case.pk, "request_correction")))
    typed = {"text": "请写明年份", "correction_due": calendar.add_working_days(TODAY, 15).isoformat()}
    refused = client.post(page("event", case.pk, "request_correction"), {**typed, "version": case.version})
    assert refused.status_code == 422
    assert "7个工作日" in text(refused)
    assert happen(client, case, "request_correction", **typed, override="信件积压").status_code == 302
    shown = text(client.get(page("case", case.pk)))
    assert "例外办理" in shown
    assert "信件积压" in shown


def test_the_second_of_two_is_told_who_did_what_first_and_loses_nothing(world: World) -> None:
    case = recent(world)
    client = at(world, "handler")
    typed = {"version": case.version, "text": "多次申请，请说明理由"}
    address = page("event", case.pk, "excessive")
    shown = client.post(address, typed)
    at(world, "registrar")
    happen(at(world, "registrar"), case, "withdrawn", text="来信撤回")
    answer = client.post(address, {**typed, "step": step(shown)})
    assert answer.status_code == 409
    assert "登记人甲" in text(answer)
    assert "申请人撤回" in text(answer)
    assert "多次申请，请说明理由" in text(answer)


def test_a_third_party_answers_and_the_days_are_not_counted(world: World) -> None:
    case = recent(world, working_days_ago=5)
    due = case.due
    client = at(world, "handler")
    sent = calendar.at(calendar.index(TODAY) - 1 - 3)
    typed = {"on": sent.isoformat(), "party": "清源化工厂", "text": "是否同意公开排污数据"}
    assert happen(client, case, "consult_third_party", **typed).status_code == 302
    answer = happen(client, case, "opinion_or_timeout", party="清源化工厂", opinion="refuse", text="涉及商业秘密")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert due is not None
    assert case.due == calendar.add_working_days(due, 3)
    shown = text(client.get(page("case", case.pk)))
    assert "不同意公开" in shown


def test_the_course_is_told_from_the_newest_to_the_oldest_whoever_wrote_it_down(world: World) -> None:
    case = recent(world, working_days_ago=0)
    happen(at(world, "handler"), case, "excessive", text="本月提出申请36件")
    case.refresh_from_db()
    assign(as_person(world, "registrar"), case, to=world.people["handler"])
    happen(at(world, "handler"), case, "reason_accepted", text="涉及多处房屋")
    told = [entry.what for entry in at(world, "handler").get(page("case", case.pk)).context["timeline"]]
    assert told == ["理由合理", "指定承办人", "要求说明理由", "提交申请"]


def test_an_extension_needs_the_heads_agreement_first(world: World) -> None:
    case = recent(world)
    due = case.due
    handler, head = at(world, "handler"), at(world, "signatory")
    typed = {"days": 15, "reason": "检索量大", "applicant_told": "on"}
    address = page("event", case.pk, "extend")
    refused = handler.post(address, {"version": case.version, **typed})
    assert refused.status_code == 422
    assert "负责人同意" in text(refused)
    assert handler.post(address, {"version": case.version, **typed, "head_agreed": "on"}).status_code == 422
    assert handler.get(page("agree_extension", case.pk)).status_code == 403
    assert head.post(page("agree_extension", case.pk), {"days": 15, "reason": "检索量大"}).status_code == 302
    more = handler.post(address, {"version": case.version, **typed, "days": 16})
    assert more.status_code == 422, "no more than was agreed to"
    assert happen(handler, case, "extend", **typed).status_code == 302
    case.refresh_from_db()
    assert due is not None
    assert case.due == calendar.add_working_days(due, 15)


def test_a_fee_is_what_the_tariff_says_counting_the_applicants_month(world: World) -> None:
    for number in range(10):
        recent(world, description=f"第{number}项")
    case = recent(world, description="又一项")
    client = at(world, "handler")
    address = page("event", case.pk, "fee_notice")
    shown = text(client.get(address))
    assert "本月此前已有10件" in shown
    preview = client.post(address, {"version": case.version, "basis": "item", "count": 2})
    assert "200元" in text(preview)
    assert "每件100元" in text(preview)
    free = client.post(address, {"version": case.version, "basis": "page", "count": 30})
    assert free.status_code == 422
    assert "按标准不收费" in text(free)
    assert happen(client, case, "fee_notice", basis="item", count=2).status_code == 302
    assert 'value="200"' in text(client.get(page("event", case.pk, "paid")))
    assert happen(client, case, "paid", amount=200).status_code == 302
    case.refresh_from_db()
    assert case.due == calendar.add_working_days(TODAY, 20)


def test_several_matters_become_a_case_each_with_the_same_day(world: World) -> None:
    case = recent(world, description="甲事\n乙事\n丙事")
    client = at(world, "registrar")
    answer = client.post(page("split", case.pk), {"version": case.version, "matters": "甲事\n乙事\n丙事"})
    assert answer.status_code == 302, text(answer)
    case.refresh_from_db()
    parts = list(case.parts.order_by("number"))
    assert [case.description, *(part.description for part in parts)] == ["甲事", "乙事", "丙事"]
    assert {part.due for part in parts} == {case.due}
    assert parts[0].phone.reveal() == "13800138000"
    happen(at(world, "handler"), case, "draft")
    again = client.post(page("split", case.pk), {"version": case.version, "matters": "甲\n乙"})
    assert again.status_code == 409


def test_a_suggestion_to_publish_is_kept_and_watched(world: World) -> None:
    case = recent(world)
    client = at(world, "handler")
    assert client.post(page("suggest_publication", case.pk), {"reason": "三人都问"}).status_code == 302
    assert "三人都问" in text(client.get(page("case", case.pk)))
    assert client.post(page("suggest_publication", case.pk), {"reason": "再次"}).status_code == 422


def test_the_page_costs_the_same_however_long_the_case_has_gone_on(
    world: World, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = at(world, "handler")
    case = registered(world, "2024-01-22")
    client.get(page("case", case.pk))
    with CaptureQueriesContext(connection) as short:
        client.get(page("case", case.pk))
    for number in range(6):
        on = f"2024-01-{23 + number}"
        case = done(case, "consult_third_party", on, party=f"第{number}方")
    with CaptureQueriesContext(connection) as long:
        client.get(page("case", case.pk))
    assert len(long) <= len(short)


def test_another_bodys_case_is_not_found(world: World) -> None:
    from office.applications.casework import FIELDS

    from gongkai.office.applications.services.registering import register

    case = register(SYSTEM, world.other, channel="counter", arrived_on=day("2024-01-22"), fields=FIELDS)
    client = at(world, "handler")
    for name, args in (("case", ()), ("event", ("draft",)), ("decide", ()), ("attach", ()), ("reveal", ("phone",))):
        assert client.get(page(name, case.pk, *args)).status_code == 404, name
    proceed(SYSTEM, case, "draft", Particulars(on=day("2024-01-23")))

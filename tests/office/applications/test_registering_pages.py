"""Registering at the counter: what is stated is kept, what is missing is said and holds nothing up."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from office.applications.casework import done, registered
from office.applications.pages import at, page, text
from office.world import World, build_world

from gongkai.office.acts.models import Act, Attachment
from gongkai.office.applications.models import Application
from gongkai.statute import calendar

STATED = {
    "channel": "counter",
    "arrived_on": "2024-01-25",
    "applicant_kind": "natural_person",
    "applicant_name": "张小明",
    "identity_kind": "identity_card",
    "identity_number": "11010519491231002X",
    "phone": "13800138000",
    "description": "2023年农村低保发放名单",
    "form": "paper",
    "way": "post",
}


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def register(world: World, **changed: Any) -> Application:
    """By the form."""
    answer = at(world, "registrar").post(page("new_case"), {**STATED, "body": world.own.pk, **changed})
    assert answer.status_code == 302, text(answer)
    return Application.objects.order_by("-pk")[0]


def test_a_form_becomes_a_case_with_its_last_day_and_a_receipt(world: World) -> None:
    paper = SimpleUploadedFile("申请书.txt", "申请公开低保名单".encode())
    case = register(world, papers=[paper])
    assert (case.body, case.state, f"{case.due}") == (world.own, "RECEIVED", "2024-02-27")
    assert Attachment.objects.get().label == "申请材料"
    assert [act.label for act in Act.objects.order_by("pk")] == ["登记申请", "上传附件"]
    client = at(world, "registrar")
    shown = text(client.get(page("case", case.pk)))
    assert "2024年2月27日" in shown
    assert "春节" in shown or "放假" in shown
    assert "11010519491231002X" not in shown
    assert "110105********002X" in shown
    receipt = text(client.get(page("receipt", case.pk)))
    assert case.code in receipt
    assert "提交之日为收到申请之日" in receipt


def test_identity_and_contact_may_be_missing_and_a_correction_is_suggested(world: World) -> None:
    today = timezone.localdate().isoformat()
    case = register(world, arrived_on=today, identity_number="", phone="", form="", way="")
    shown = text(at(world, "handler").get(page("case", case.pk)))
    assert "申请缺少" in shown
    assert "身份证明（条例 第二十九条第二款第（一）项）、联系方式" in shown
    assert "一次性告知补正" in shown
    assert "申请人没有写明" in shown


def test_no_correction_is_suggested_that_the_law_forbids(world: World) -> None:
    days = [calendar.at(calendar.index(timezone.localdate()) - 1 - ago).isoformat() for ago in (9, 3)]
    late = registered(world, days[0], identity_number="")
    again = registered(world, days[1], identity_number="")
    done(again, "request_correction", days[1], data={"correction_due": "2099-01-05"})
    done(again, "correction_received", days[1])
    for case in (late, again):
        shown = text(at(world, "handler").get(page("case", case.pk)))
        assert "申请缺少" in shown
        assert "一次性告知补正。" not in shown


def test_an_agent_without_a_power_of_attorney_is_noticed(world: World) -> None:
    alone = register(world, agent="王律师")
    shown = text(at(world, "handler").get(page("case", alone.pk)))
    assert "代理人的授权委托书（条例 第二十九条第二款第（一）项）" in shown
    assert "身份证明（条例" not in shown
    shown = text(at(world, "handler").get(page("case", register(world).pk)))
    assert "授权委托书" not in shown.partition("所需信息")[0]


def test_a_wrong_number_is_said_beside_it_and_nothing_typed_is_lost(world: World) -> None:
    client = at(world, "registrar")
    typed = {**STATED, "body": world.own.pk, "identity_number": "110105194912310021"}
    answer = client.post(page("new_case"), typed)
    assert answer.status_code == 422
    assert "校验位不对" in text(answer)
    assert 'value="张小明"' in text(answer)
    company = {**typed, "applicant_kind": "business", "identity_kind": "uscc", "identity_number": "11341702486344515A"}
    assert "校验码" in text(client.post(page("new_case"), company))
    assert not Application.objects.exists()


def test_an_email_waits_for_confirmation_on_the_same_day(world: World) -> None:
    case = register(world, channel="email")
    shown = text(at(world, "registrar").get(page("case", case.pk)))
    assert "请于当日与申请人确认收到" in shown
    assert case.due is None


def test_a_refused_file_does_not_lose_the_case(world: World) -> None:
    program = SimpleUploadedFile("申请.exe", b"MZ" + b"\0" * 200)
    case = register(world, papers=[program])
    assert case.state == "RECEIVED"
    assert not Attachment.objects.exists()


def test_one_registers_for_ones_own_body_only(world: World) -> None:
    answer = at(world, "registrar").post(page("new_case"), {**STATED, "body": world.other.pk})
    assert answer.status_code == 422
    assert at(world, "handler").get(page("new_case")).status_code == 403


def test_the_same_applicant_asking_again_is_noticed_and_linked(world: World) -> None:
    first = register(world)
    second = register(world, arrived_on="2024-03-05", description="农村低保发放名单（2023年）")
    register(world, arrived_on="2024-03-06", identity_number="", phone="13900139000")
    client = at(world, "registrar")
    shown = text(client.get(page("case", second.pk)))
    assert "该申请人此前的相似申请" in shown
    assert str(first) in shown
    outdated = {"earlier": first.pk, "version": second.version - 1}
    told = text(client.post(page("link_duplicate", second.pk), outdated, follow=True))
    assert "别人已经修改过这项内容，没有标记" in told
    second.refresh_from_db()
    assert second.duplicate_of is None
    seen = {"earlier": first.pk, "version": second.version}
    assert client.post(page("link_duplicate", second.pk), seen).status_code == 302
    second.refresh_from_db()
    assert second.duplicate_of == first
    client.post(page("link_duplicate", first.pk), {"earlier": second.pk, "version": first.version})
    first.refresh_from_db()
    assert first.duplicate_of is None, "the first cannot repeat the later"


def test_more_than_ten_in_a_month_is_said_with_both_articles(world: World) -> None:
    for day in range(1, 12):
        case = register(world, arrived_on=f"2024-03-{day:02d}", description=f"第{day}项信息")
    shown = text(at(world, "handler").get(page("case", case.pk)))
    assert "已有11件" in shown
    assert "第三十五条" in shown
    assert "第四十二条" in shown


def test_a_slip_of_the_pen_is_put_right_and_the_log_names_the_field_only(world: World) -> None:
    case = register(world)
    client = at(world, "registrar")
    address = page("correct_entry", case.pk)
    shown = text(client.get(address))
    assert 'value="张小明"' in shown
    assert "11010519491231002X" not in shown
    names = [name for name in STATED if name not in ("channel", "arrived_on", "identity_number", "phone")]
    typed = {**{name: STATED[name] for name in names}, "applicant_name": "张晓明", "version": case.version}
    assert client.post(address, typed).status_code == 422, "a reason is asked"
    assert client.post(address, {**typed, "ground": "录入时写错"}).status_code == 302
    case.refresh_from_db()
    assert case.applicant_name == "张晓明"
    assert case.identity_number.reveal() == "11010519491231002X", "what is left blank stays"
    act = Act.objects.latest("pk")
    assert (act.detail["更正的项目"], act.ground) == ("申请人姓名或名称", "录入时写错")
    assert client.post(address, {**typed, "applicant_name": "张小名", "ground": "又错"}).status_code == 409
    assert at(world, "handler").get(address).status_code == 403

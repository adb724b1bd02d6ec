"""The desk, the manual and the act log before a real screen."""

from __future__ import annotations

import datetime
import json

import pytest
from django.utils import timezone
from office.browser.pages import Visitor

from gongkai.office.acts.models import Act, Mail
from gongkai.office.audit.models import Verification
from gongkai.office.audit.services import verifying
from gongkai.office.bodies.models import RoleHolding, StandIn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy(visitor: Visitor, settings: object, tmp_path: object) -> Visitor:
    """A county in which something has happened."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    world = visitor.world
    now = timezone.now()
    for n, (who, label, thing, ground) in enumerate(
        [
            ("system_administrator", "机关更名", world.own, "县委编办〔2024〕5号《关于机构更名的批复》"),
            ("security_administrator", "授予角色", world.people["handler"], "局务会议纪要第3期"),
            ("handler", "编辑公开指南联系信息", world.own, ""),
            ("supervisor", "编辑公开指南联系信息", world.other, "电话核实"),
        ]
        * 8
    ):
        person = world.people[who]
        Act.objects.create(
            verb="bodies.edit_body",
            label=label,
            actor_id=person.pk,
            actor_name=person.name,
            role="系统管理员",
            body_id=world.office.pk,
            body_name=world.office.name,
            thing_type=thing._meta.label_lower,
            thing_id=str(thing.pk),
            thing_name=str(thing),
            ground=ground,
            at=now - datetime.timedelta(hours=7 * (40 - n)),
            request_number=f"20240126-{n:06d}",
            detail={
                "version": 2,
                "changes": [{"field": "name", "label": "全称", "from": "清源县民政和社会事务局", "to": thing.name}],
            },
        )
    today = timezone.localdate()
    StandIn.objects.create(
        absent=world.people["signatory"],
        deputy=world.people["handler"],
        body=world.own,
        valid_from=today,
        valid_to=today,
    )
    RoleHolding.objects.filter(person=world.people["handler"]).update(valid_to=today + datetime.timedelta(days=9))
    for number, state in enumerate(Mail.State.values):
        Mail.objects.create(
            to="zhangmin@qingyuan.example",
            subject="您有一件政府信息公开申请即将到期",
            text="",
            message_id=str(number),
            state=state,
            trouble="正文已交给邮件服务器，但没有收到答复" if state == Mail.State.UNCERTAIN else "",
        )
    return visitor


@pytest.mark.parametrize("role", ["no_role", "handler", "supervisor", "system_administrator", "auditor"])
def test_the_desk_of(busy: Visitor, role: str) -> None:
    busy.sign_in(role).go("/")
    busy.picture(f"desk-{role}")


def test_the_manual_is_read_without_signing_in(visitor: Visitor) -> None:
    page = visitor.go("/help/")
    visitor.picture("manual")
    page.get_by_role("link", name="角色与代行").first.click()
    visitor.meets("a chapter")
    visitor.picture("manual-rights")
    page.get_by_role("link", name="请人代行").click()
    assert page.url.endswith("#s3")
    assert page.get_by_role("heading", name="请人代行").is_visible()


def test_the_auditor_searches_the_log_and_opens_an_act(busy: Visitor) -> None:
    page = busy.sign_in("auditor").go("/audit/")
    busy.picture("audit-log")
    page.get_by_label("搜索").fill("编办")
    page.get_by_label("搜索").press("Enter")
    page.wait_for_url("**q=**")
    busy.meets("what was found")
    page.get_by_role("link", name="2").first.click()
    page.wait_for_url("**/audit/acts/**")
    busy.meets("an act")
    busy.picture("audit-act")
    assert page.get_by_text("由“清源县民政和社会事务局”改为“清源县民政局”").is_visible()
    page.get_by_role("link", name="同一事项的全部记录").click()
    busy.meets("all on the same thing")


def test_the_auditor_has_the_log_verified_and_sees_the_verdict_come(busy: Visitor) -> None:
    page = busy.sign_in("auditor").go("/audit/verification/")
    page.get_by_role("button", name="立即校验").click()
    busy.meets("a verification under way")
    busy.picture("audit-verification-waiting")
    verifying.run(Verification.objects.get().pk)
    page.get_by_text("完整", exact=True).first.wait_for()  # the page shows it by itself
    busy.meets("the verdict")
    busy.picture("audit-verification")


def test_a_broken_log_is_told_plainly(busy: Visitor) -> None:
    Verification.objects.create(
        asked_by="系统",
        state="broken",
        finished_at=timezone.now(),
        last=32,
        head="ab" * 32,
        faults=[
            {"kind": "altered", "sentence": "第7号（操作记录7）的内容与校验值不符", "sequence": 7, "act_id": 7},
            {"kind": "missing", "sentence": "第9至11号缺失，其后是第12号", "sequence": 9, "act_id": None},
        ],
    )
    busy.sign_in("auditor").go("/audit/verification/")
    busy.picture("audit-verification-broken")
    busy.go("/")
    busy.picture("desk-auditor-broken")


def test_the_auditor_takes_the_log_out(busy: Visitor) -> None:
    page = busy.sign_in("auditor").go("/audit/export/")
    busy.picture("audit-export")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    first = download.value.path().read_text("utf-8").splitlines()[0]
    assert json.loads(first)["format"] == "gongkai-acts-1"


def test_a_mail_is_sent_again(busy: Visitor) -> None:
    page = busy.sign_in("system_administrator").go("/mail/")
    busy.picture("mail")
    page.get_by_role("row", name="不能确定是否送达").get_by_role("link", name="重发").click()
    busy.meets("the question")
    busy.picture("mail-again")
    page.get_by_label("理由").fill("已与收件人核实，没有收到")
    page.get_by_role("button", name="重发").click()
    busy.meets("sent again")
    assert page.get_by_text("已重新排队发送").is_visible()

"""Letters before a real screen: written, looked at, sent, worded; axe and the phone's width at every page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from office.applications.casework import as_person, done, registered
from office.browser.pages import Visitor
from office.world import World

from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.deciding import decide
from gongkai.statute import calendar

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


def to(name: str, *args: object) -> str:
    return reverse(f"applications:{name}", args=args)


@pytest.fixture
def case(world: World) -> Application:
    """Asked for a correction yesterday."""
    on = calendar.at(calendar.index(TODAY) - 4).isoformat()
    made = assign(as_person(world, "registrar"), registered(world, on), to=world.people["handler"])
    due = calendar.add_working_days(TODAY, 15).isoformat()
    asked = calendar.at(calendar.index(TODAY) - 2).isoformat()
    return done(made, "request_correction", asked, data={"text": "请写明所需名单的年份和乡镇。", "correction_due": due})


def test_a_letter_is_written_looked_at_sent_and_proved(visitor: Visitor, case: Application) -> None:
    page = visitor.sign_in("handler").go(to("case", case.pk))
    visitor.picture("letters-case")
    page.get_by_role("link", name="政府信息公开申请补正告知书").click()
    visitor.meets("form of the letter")
    visitor.picture("letters-form")
    page.get_by_role("button", name="保存草稿并预览").click()
    visitor.meets("draft")
    assert page.get_by_text("请写明所需名单的年份和乡镇。").is_visible()
    visitor.picture("letters-draft")
    page.get_by_role("link", name="送出", exact=True).click()
    visitor.meets("sending")
    page.get_by_label("邮寄").check()
    visitor.picture("letters-send")
    page.get_by_role("button", name="编号并送出").click()
    visitor.meets("sent")
    visitor.picture("letters-sent")
    letter = Letter.objects.get()
    assert letter.number
    with page.expect_download() as got:
        page.get_by_role("link", name="下载PDF").click()
    assert got.value.suggested_filename.endswith(".pdf")
    page.get_by_role("link", name="登记送达", exact=True).click()
    page.get_by_label("送达凭证").fill("EMS1234567890")
    visitor.meets("proof")
    visitor.picture("letters-service")
    page.get_by_role("button", name="登记", exact=True).click()
    visitor.meets("served")
    assert page.get_by_text("EMS1234567890").is_visible()
    visitor.go(to("letters", case.pk))
    visitor.picture("letters-list")


def test_who_signs_reads_the_reply_first(visitor: Visitor, world: World) -> None:
    on = calendar.at(calendar.index(TODAY) - 4).isoformat()
    case = assign(as_person(world, "registrar"), registered(world, on), to=world.people["handler"])
    handler = as_person(world, "handler")
    case = done(case, "draft", calendar.at(calendar.index(TODAY) - 2).isoformat(), handler)
    case = decide(
        handler,
        case,
        outcome_code="granted",
        reason="属于可以公开的信息",
        content="2023年农村低保发放名单共120户。",
        records={},
    )
    done(case, "submit_review", TODAY.isoformat(), handler)
    page = visitor.sign_in("reviewer").go(to("review", case.pk))
    assert page.get_by_text("本机关决定予以公开").is_visible()
    visitor.picture("letters-review")


def test_the_county_words_a_letter(visitor: Visitor) -> None:
    page = visitor.sign_in("supervisor").go(to("wordings"))
    visitor.picture("letters-wordings")
    page.get_by_role("link", name="政府信息公开申请补正告知书").click()
    visitor.meets("editor")
    visitor.picture("letters-wording")
    text = page.get_by_label("正文").input_value()
    page.get_by_label("正文").fill(text.replace("视为放弃申请，本机关不再处理", "后果自负"))
    page.get_by_text("缺少“逾期不补正的后果”").wait_for()  # told while it is typed, nothing was sent off
    page.get_by_label("依据或理由").fill("清政公开〔2024〕2号")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_load_state()
    assert page.get_by_text("缺少“逾期不补正的后果”").first.is_visible()
    visitor.picture("letters-wording-refused")
    assert not [line for line in visitor.complaints if "422" not in line]
    visitor.complaints.clear()
    page.get_by_label("正文").fill(f"{text}\n如有疑问，请与本机关联系。")
    page.get_by_role("button", name="检查并预览").click()
    visitor.meets("checked")
    assert page.get_by_text("法定内容齐全，可以保存。").is_visible()
    page.get_by_role("button", name="保存", exact=True).click()
    visitor.meets("saved")

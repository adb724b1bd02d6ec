"""The pages of cases in a real browser: axe at every page, the phone's width, boxes drawn with the mouse, no script."""

from __future__ import annotations

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from office.applications.casework import as_person, registered
from office.browser.pages import Visitor
from office.world import World

from gongkai.office.acts.services.attachments import attach
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.statute import calendar

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


def to(name: str, *args: object) -> str:
    return reverse(f"applications:{name}", args=args)


@pytest.fixture
def case(world: World) -> Application:
    """Assigned, with a paper."""
    on = calendar.at(calendar.index(TODAY) - 4).isoformat()
    made = assign(as_person(world, "registrar"), registered(world, on), to=world.people["handler"])
    pdf = typst.compile(b"#set page(width: 210mm, height: 297mm)\n#text(size: 20pt)[SECRET NAME]\n#pagebreak()\ntwo")
    attach(as_person(world, "handler"), made, SimpleUploadedFile("名单.pdf", pdf), label="申请材料")
    return made


def test_a_clerk_registers_looks_and_asks_for_a_correction(visitor: Visitor, case: Application) -> None:
    visitor.sign_in("registrar")
    visitor.go(to("new_case"))
    visitor.picture("applications-new")
    visitor.go(to("case", case.pk))
    visitor.picture("applications-case")
    visitor.go(to("receipt", case.pk))
    visitor.picture("applications-receipt")
    visitor.sign_in("handler")
    page = visitor.go(to("cases"))
    visitor.picture("applications-list")
    page.get_by_role("link", name=f"{case.year}-{case.number:04d}").click()
    page.get_by_role("link", name="告知补正", exact=True).click()
    visitor.meets("correction")
    page.get_by_label("需要补正的事项").fill("请写明年份")
    page.get_by_role("button", name="下一步：预览").click()
    visitor.meets("preview")
    visitor.picture("applications-preview")
    page.get_by_role("button", name="确认办理").click()
    visitor.meets("asked")
    case.refresh_from_db()
    assert case.state == "CORRECTION_REQUESTED"


def test_the_other_pages_of_the_staff_are_in_order(visitor: Visitor, world: World, case: Application) -> None:
    visitor.sign_in("handler")
    for name in ("workload", "calendar"):
        visitor.go(to(name))
        visitor.picture(f"applications-{name}")
    for name in ("suggest_publication", "attach", "redactions"):
        visitor.go(to(name, case.pk))
        visitor.picture(f"applications-{name}")
    proceed(as_person(world, "handler"), case, "draft", Particulars())
    visitor.go(to("decide", case.pk))
    visitor.picture("applications-decide")
    visitor.sign_in("registrar")
    for name in ("assign", "split"):
        visitor.go(to(name, case.pk))
    visitor.go(to("imports"))
    visitor.picture("applications-imports")


def test_a_decision_asks_for_what_the_chosen_outcome_needs_and_loses_nothing_typed(
    visitor: Visitor, world: World, case: Application
) -> None:
    proceed(as_person(world, "handler"), case, "draft", Particulars())
    page = visitor.sign_in("handler").go(to("decide", case.pk))
    shown = page.locator("form .look-fieldset:visible > legend")
    assert shown.all_inner_texts() == ["决定"]
    page.get_by_label("处理结果").select_option("unavailable_does_not_exist")
    assert shown.all_inner_texts() == ["决定", "检索记录"]
    visitor.meets("a decision")
    visitor.picture("applications-decide-chosen")
    page.get_by_label("检索词").fill("低保名单")
    page.get_by_label("处理结果").select_option("denied_prohibited_by_law")
    assert shown.all_inner_texts() == ["决定", "检索记录", "其他记录"], "what is filled in stays in sight"
    assert page.get_by_label("所依据的法律").is_visible()
    assert not page.get_by_label("密级").is_visible()
    assert not page.get_by_label("检索人员").is_visible()
    page.get_by_label("理由和依据").fill("法律禁止公开")
    page.get_by_role("button", name="保存").click()
    assert page.get_by_label("检索人员").is_visible(), "what is wrong is in sight"
    assert page.get_by_label("检索词").input_value() == "低保名单"


def test_a_box_is_drawn_with_the_mouse_and_kept(visitor: Visitor, case: Application) -> None:
    from gongkai.office.acts.models import Attachment

    original = Attachment.objects.get()
    page = visitor.sign_in("handler").go(to("redaction", case.pk, original.pk))
    canvas = page.locator("canvas")
    canvas.wait_for()
    page.locator("[data-ground]").select_option("15")
    edges = canvas.bounding_box()
    assert edges is not None
    page.mouse.move(edges["x"] + edges["width"] * 0.1, edges["y"] + 40)
    page.mouse.down()
    page.mouse.move(edges["x"] + edges["width"] * 0.6, edges["y"] + 120, steps=4)
    page.mouse.up()
    visitor.picture("applications-redaction")
    page.get_by_role("button", name="保存遮盖区域").click()
    visitor.meets("kept")
    (box,) = Redaction.objects.get().boxes
    assert box["ground"] == "15"
    assert (box["left"], box["right"]) == pytest.approx((0.1, 0.6), abs=0.01)


def test_a_page_with_boxes_that_were_not_kept_is_not_left_without_a_word(visitor: Visitor, case: Application) -> None:
    from gongkai.office.acts.models import Attachment

    page = visitor.sign_in("handler").go(to("redaction", case.pk, Attachment.objects.get().pk))
    canvas = page.locator("canvas")
    canvas.wait_for()
    edges = canvas.bounding_box()
    assert edges is not None
    page.mouse.move(edges["x"] + 50, edges["y"] + 40)
    page.mouse.down()
    page.mouse.move(edges["x"] + 250, edges["y"] + 120, steps=4)
    page.mouse.up()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("main, header, nav").get_by_role("link", name="遮盖", exact=True).first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.get_by_role("button", name="保存遮盖区域").is_visible()
    assert not Redaction.objects.exists()

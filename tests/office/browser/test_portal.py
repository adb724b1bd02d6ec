"""The public's pages before a real screen: the whole way with and without JavaScript, in large print, on a phone."""

from __future__ import annotations

import pytest
from office.browser.pages import PHONE, Visitor
from office.portal.citizen import EMAIL, NUMBER, STREET, WANTED
from playwright.sync_api import Browser, Page

from gongkai.office.acts.policy import SYSTEM
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.proceeding import Particulars, proceed

TEL = "13800138000"
LONG_NAME = f"{'scan' * 25}.txt"  # as scanners and telephones give them, with no place to break
# Text smaller than 18 pt (24 px), and targets lower or narrower than 44 px (a link inside a sentence is let off).
SMALL_TEXT = """() => [...document.querySelectorAll('body *')].filter(e =>
  [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length
  && !e.closest('.visually-hidden, .look-skip, .portal-trap') && parseFloat(getComputedStyle(e).fontSize) < 23.9)
  .map(e => e.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, select')]
  .filter(e => e.getClientRects().length && !e.closest('.look-skip, .portal-trap'))
  .map(e => e.closest('label.form-check') || e)
  .filter(e => { const r = e.getBoundingClientRect(); return r.height < 43.9 || r.width < 43.9; })
  .map(e => e.outerHTML.slice(0, 120))"""


def onwards(page: Page, label: str = "保存，下一步") -> None:
    page.click(f"main button:has-text('{label}')")


def applied(page: Page, meets, picture) -> None:
    """From the home to the receipt; ``page`` stands at the home."""

    def seen(name: str) -> None:
        meets(name)
        picture(name)

    seen("portal-home")
    page.click("main a:has-text('网上申请')")
    seen("portal-begin")
    onwards(page, "开始")
    seen("portal-body")
    page.fill("main [name=q]", "民政")
    onwards(page, "查找")
    page.check("main label:has-text('清源县民政局') input")
    onwards(page)
    seen("portal-kind")
    page.check("main input[value=natural_person]")
    onwards(page)
    page.fill("main [name=description]", "名单")
    onwards(page)
    seen("portal-wanted-wrong")
    page.fill("main [name=description]", WANTED)
    onwards(page)
    page.check("main input[value=electronic]")
    page.check("main input[value=online]")
    seen("portal-provide")
    onwards(page)
    page.fill("main [name=applicant_name]", "孙家")
    seen("portal-name")
    onwards(page)
    page.check("main input[value=identity_card]")
    page.fill("main [name=identity_number]", NUMBER)
    seen("portal-identity")
    onwards(page)
    page.fill("main [name=phone]", TEL)
    page.fill("main [name=address]", STREET)
    page.fill("main [name=email]", EMAIL)
    seen("portal-contact")
    onwards(page)
    page.check("main input[value=eyes]")
    seen("portal-help")
    onwards(page)
    page.set_input_files("main [name=files]", {"name": LONG_NAME, "mimeType": "text/plain", "buffer": b"proof"})
    onwards(page, "上传")
    seen("portal-papers")
    page.click("main a:has-text('下一步，核对')")
    seen("portal-check")
    onwards(page, "提交申请")
    seen("portal-receipt")
    assert "查询码" in page.inner_text("main")


def followed(page: Page, meets, picture) -> None:
    """The case: looked at, corrected, written about, withdrawn."""

    def seen(name: str) -> None:
        meets(name)
        picture(name)

    case = Application.objects.latest("pk")
    proceed(SYSTEM, case, "confirmed")
    asked = {"text": "请写明是哪个村民小组", "correction_due": "2099-01-05"}
    proceed(SYSTEM, case, "request_correction", Particulars(data=asked))
    page.click("nav a:has-text('查询进度')")
    seen("portal-follow")
    page.fill("main [name=code]", case.code.lower())
    page.fill("main [name=phone_tail]", "0000")
    onwards(page, "查询")
    seen("portal-follow-wrong")
    page.fill("main [name=phone_tail]", TEL[-4:])
    onwards(page, "查询")
    seen("portal-case")
    page.click("main a:has-text('现在补正')")
    seen("portal-correct")
    page.fill("main [name=description]", WANTED + "（第三村民小组）")
    onwards(page, "提交补正")
    seen("portal-case-corrected")
    page.click("main a:has-text('给机关留言')")
    page.fill("main [name=words]", "下午在家")
    seen("portal-write")
    onwards(page, "提交留言")
    page.click("main a:has-text('撤回申请')")
    seen("portal-withdraw")
    onwards(page, "撤回申请")
    seen("portal-withdrawn")
    case.refresh_from_db()
    assert case.state == "WITHDRAWN"


def sound(visitor: Visitor, name: str) -> None:
    """As ``meets``; that a form was answered with 422 is meant, and every browser notes it in its console."""
    visitor.page.wait_for_load_state("load")
    visitor.complaints[:] = [line for line in visitor.complaints if "status of 422" not in line]
    visitor.meets(name)


def test_the_whole_way_on_two_screens(visitor: Visitor) -> None:
    page = visitor.go("/open/")
    applied(page, lambda name: sound(visitor, name), visitor.picture)
    followed(page, lambda name: sound(visitor, name), visitor.picture)
    visitor.go("/open/how/")
    visitor.picture("portal-how")
    visitor.go(f"/open/bodies/{visitor.world.own.pk}/")
    visitor.picture("portal-body-page")


def test_in_large_print_every_text_has_18_pt_and_every_target_44_px(visitor: Visitor) -> None:
    page = visitor.go("/open/")
    page.click("text=大字版")

    def measured(name: str) -> None:
        sound(visitor, name)
        assert page.evaluate(SMALL_TEXT) == [], name
        assert page.evaluate(SMALL_TARGETS) == [], name

    def picture(name: str) -> None:
        visitor.picture(f"{name}-large")

    applied(page, measured, picture)
    followed(page, measured, picture)
    page.goto(page.url.split("/open/")[0] + "/open/nothing/")
    visitor.complaints.clear()  # every browser notes the 404 in its console
    measured("portal-error")
    picture("portal-error")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE])
def test_the_whole_way_without_javascript(
    chromium: Browser, live_server, world, visitor: Visitor, size: dict[str, int]
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=size, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server}/open/")
    applied(page, lambda name: None, lambda name: None)
    followed(page, lambda name: None, lambda name: None)
    context.close()


def test_pressed_twice_and_sent_again_by_the_back_button_it_is_one_case(visitor: Visitor) -> None:
    page = visitor.go("/open/")
    applied(page, lambda name: None, lambda name: None)
    page.go_back()
    page.reload()
    sound(visitor, "back at the check")
    assert page.inner_text("h1") == "申请已经提交"
    assert Application.objects.count() == 1

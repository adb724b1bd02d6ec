"""The pattern book in a real browser: keyboard, no script, in-place answers, print; accessibility at both widths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path
from office.browser.pages import PHONE, Visitor
from playwright.sync_api import Browser, Page, expect

from gongkai.office.bodies.gate import open_to_all
from gongkai.office.look.components import Masked, Progress
from gongkai.office.look.patterns.views import PARTS, book
from gongkai.office.look.progress import render_progress

NUMBER = "430102199001011234"


@open_to_all
def patterns(request: HttpRequest, part: str = "start") -> Any:
    return book(request, part)


DESK = """{% extends "look/base.html" %}{% load look %}
{% block content %}{% masked number %}{% progress job %}{% endblock %}"""


@open_to_all
def desk(request: HttpRequest) -> HttpResponse:
    """A masked number and a job, as an app would show them."""
    request.session["asked"] = 0
    context = {"title": "试验", "number": Masked("4301**********1234", "/read/", "证件号码"), "job": _job(0)}
    return HttpResponse(engines["django"].from_string(DESK).render(context, request))


@open_to_all
def read(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(f'<span class="look-masked">{NUMBER}</span>')
    return render(request, "look/base.html", {"title": NUMBER})


@open_to_all
def job(request: HttpRequest) -> HttpResponse:
    asked = request.session["asked"] = request.session.get("asked", 0) + 1
    return render_progress(request, _job(asked))


def _job(asked: int) -> Progress:
    if asked > 1:
        return Progress("读取", "done", 2, 2, "全部读完。", poll="/job/", refresh="/desk/")
    return Progress("读取", "running", asked, 2, poll="/job/", refresh="/desk/")


urlpatterns = [
    path("dev/patterns/", patterns),
    path("dev/patterns/<slug:part>/", patterns),
    path("desk/", desk),
    path("read/", read),
    path("job/", job),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _developer(settings: Any) -> None:
    settings.GONGKAI_DEVELOPER = True


@pytest.fixture
def unscripted(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = chromium.new_context(
        base_url=str(live_server), java_script_enabled=False, viewport=PHONE, locale="zh-CN", accept_downloads=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_pattern_book_is_accessible_at_both_widths(part: str, visitor: Visitor) -> None:
    address = "/dev/patterns/" if part == "start" else f"/dev/patterns/{part}/"
    visitor.go(address)
    visitor.picture(f"patterns-{part}")
    visitor.page.set_viewport_size(PHONE)
    visitor.meets(f"{part} on a phone")


def test_a_wrong_form_leads_the_eye_and_the_focus_to_what_is_wrong(visitor: Visitor) -> None:
    page = visitor.go("/dev/patterns/form/")
    page.get_by_label("姓名").fill("王晓燕")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".look-summary")).to_be_focused()
    visitor.meets("a wrong form")
    visitor.picture("patterns-form-wrong")
    expect(page.get_by_label("姓名")).to_have_value("王晓燕")
    page.locator(".look-summary").get_by_role("link", name="所需政府信息").click()
    expect(page.get_by_label("所需政府信息")).to_be_focused()


def test_rows_are_walked_by_keyboard_and_opened_by_enter(visitor: Visitor) -> None:
    page = visitor.go("/dev/patterns/list/")
    for key in ("j", "j", "ArrowDown", "k"):
        page.keyboard.press(key)
    expect(page.locator("tbody tr").nth(1).get_by_role("link")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("tbody tr").last.get_by_role("link")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert page.url.endswith("1%E5%8F%B7")


def test_a_letter_typed_into_a_filter_moves_no_row(visitor: Visitor) -> None:
    page = visitor.go("/dev/patterns/list/")
    page.get_by_label("搜索").press_sequentially("jk")
    expect(page.get_by_label("搜索")).to_have_value("jk")
    expect(page.get_by_label("搜索")).to_be_focused()


def test_the_head_of_a_long_list_stays_in_sight(visitor: Visitor) -> None:
    page = visitor.go("/dev/patterns/list/")
    frame = page.locator(".look-scroll")
    frame.evaluate("node => node.scrollTo(0, 600)")
    top = frame.bounding_box()
    head = page.locator("thead th").first.bounding_box()
    assert top is not None
    assert head is not None
    assert abs(head["y"] - top["y"]) < 3


def test_a_list_can_be_filtered_and_its_columns_chosen_without_script(unscripted: Page) -> None:
    unscripted.goto("/dev/patterns/list/")
    unscripted.get_by_label("搜索").fill("赵")
    unscripted.locator(".look-filters").get_by_label("纸质").select_option("是")
    unscripted.get_by_role("button", name="查询").click()
    expect(unscripted.locator(".look-conditions")).to_contain_text("搜索：“赵”")
    unscripted.get_by_text("选择列").click()
    unscripted.get_by_label("机关").uncheck()
    unscripted.get_by_role("button", name="应用").click()
    expect(unscripted.get_by_role("columnheader", name="机关")).to_have_count(0)
    expect(unscripted.locator(".look-conditions")).to_contain_text("搜索：“赵”")
    with unscripted.expect_download() as download:
        unscripted.get_by_role("link", name="导出 CSV").click()
    rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert rows[0] == "编号,申请人,申请内容,收到日期,期限"
    assert len(rows) > 2
    assert all(",赵" in row for row in rows[1:])


def test_a_wrong_form_says_so_without_script(unscripted: Page) -> None:
    unscripted.goto("/dev/patterns/form/")
    unscripted.get_by_role("button", name="保存").click()
    expect(unscripted.locator("#id_text_error")).to_have_text("请填写此项")


def test_a_masked_value_is_shown_in_its_place(visitor: Visitor) -> None:
    page = visitor.go("/desk/")
    page.get_by_role("button", name="查看证件号码").click()
    expect(page.locator(".look-masked")).to_have_text(NUMBER)
    assert page.url.endswith("/desk/")
    visitor.meets("a value that was masked")


def test_a_masked_value_is_shown_without_script_too(unscripted: Page) -> None:
    unscripted.goto("/desk/")
    unscripted.get_by_role("button", name="查看证件号码").click()
    expect(unscripted.locator("h1")).to_have_text(NUMBER)


def test_a_job_is_followed_until_it_is_done(visitor: Visitor) -> None:
    page = visitor.go("/desk/")
    expect(page.locator(".look-progress")).to_contain_text("全部读完。", timeout=15_000)
    expect(page.locator("[hx-get]")).to_have_count(0)
    visitor.meets("a job that is done")


def test_print_shows_the_list_whole_and_nothing_around_it(visitor: Visitor) -> None:
    page = visitor.go("/dev/patterns/list/")
    page.emulate_media(media="print")
    for around in (".look-side", ".look-person", ".look-filters", ".look-list-tools"):
        expect(page.locator(around).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator(".look-scroll").evaluate("node => node.scrollHeight <= node.clientHeight + 1")

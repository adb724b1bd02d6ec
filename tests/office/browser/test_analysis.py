"""Handing a report in and following a finding to its place, in a real browser; every page met is checked by axe."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from cli.documents import balanced, page
from office.browser.pages import PHONE, Visitor
from playwright.sync_api import Browser, expect
from shared_files import ROOT

CHOSEN = re.compile("an-chosen")
PDF = ROOT / "samples/2023/water-bureau.pdf"
WRONG = {**balanced(3), "applications.received.total": 5}

pytestmark = pytest.mark.usefixtures("_files_of_this_test")


@pytest.fixture
def _files_of_this_test(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "年报.html"
    path.write_text(page(values=WRONG), "utf-8")
    return path


def handed_in(visitor: Visitor, *files: Path) -> None:
    visitor.sign_in("handler").go("/analysis/upload/")
    visitor.page.set_input_files("input[type=file]", files)
    visitor.page.get_by_role("button", name="上传并读取").click()


def test_a_clerk_hands_a_report_in_and_follows_a_finding(visitor: Visitor, report: Path) -> None:
    visitor.sign_in("handler").go("/analysis/upload/")
    visitor.page.set_input_files("input[type=file]", report)
    expect(visitor.page.get_by_text("年报.html（")).to_be_visible()
    visitor.picture("analysis-upload")
    visitor.page.get_by_role("button", name="上传并读取").click()
    shown = visitor.meets("the document")
    expect(shown.get_by_role("heading", name="年报.html")).to_be_visible()
    visitor.picture("analysis-document")

    address = shown.url
    finding = shown.locator(".an-finding", has_text="收办不平衡").first
    finding.get_by_text("表中位置").click()
    cell = shown.locator('td[id="cell-applications.received.total"]')
    expect(cell).to_have_class(CHOSEN)
    expect(cell).to_be_in_viewport()
    expect(shown.locator(".an-words mark.an-chosen").first).to_be_in_viewport()
    assert "finding=" in shown.url
    assert shown.evaluate("performance.getEntriesByType('navigation')[0].type") == "navigate"
    visitor.meets("the document at a finding")
    # The address alone brings the same page back.
    shown.goto(shown.url)
    expect(cell).to_have_class(CHOSEN)

    shown.goto(address)
    cell.locator("a").first.click()
    expect(shown.locator('a[id="text-applications.received.total"]')).to_be_in_viewport()


def test_every_view_and_list_is_accessible_at_both_widths(visitor: Visitor, report: Path) -> None:
    handed_in(visitor, report)
    document = visitor.page.url.removeprefix(visitor.page.evaluate("location.origin"))
    batch = visitor.page.locator(".look-crumbs a").last.get_attribute("href") or ""
    for size in ({"width": 1280, "height": 800}, PHONE):
        visitor.page.set_viewport_size(size)
        for path in (
            *(f"{document}?view={view}&finding=1" for view in ("all", "findings", "tables", "text", "head")),
            *("/analysis/", "/analysis/documents/", "/analysis/rules/", batch, f"{batch}remove/"),
        ):
            visitor.go(path)
            wide = visitor.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{path}: {wide} px at {size['width']}"
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    visitor.go(batch)
    visitor.picture("analysis-batch")


def test_places_are_boxed_on_the_pages_of_a_pdf(visitor: Visitor) -> None:
    handed_in(visitor, PDF)
    document = visitor.page.url.removeprefix(visitor.page.evaluate("location.origin")).partition("?")[0]
    shown = visitor.go(f"{document}?view=page&cell=applications.received.total")
    box = shown.locator("svg rect.an-chosen")
    expect(box).to_have_count(1)
    expect(box).to_be_in_viewport()
    fetched = "image => fetch(image.href.baseVal).then(answer => [answer.status, answer.headers.get('content-type')])"
    assert shown.locator("svg image").evaluate(fetched) == [200, "image/png"]
    visitor.picture("analysis-page")


def test_without_scripts_the_same_is_reached_by_links(
    visitor: Visitor, chromium: Browser, live_server: object, report: Path
) -> None:
    handed_in(visitor, report)
    state = visitor._context.storage_state()
    context = chromium.new_context(
        java_script_enabled=False, storage_state=state, viewport={"width": 1280, "height": 800}
    )
    plain = context.new_page()
    plain.goto(visitor.page.url)
    plain.locator(".an-finding", has_text="收办不平衡").first.get_by_text("文中位置").click()
    expect(plain.locator(".an-words mark.an-chosen").first).to_be_in_viewport()
    expect(plain.locator('td[id="cell-applications.received.total"]')).to_have_class(CHOSEN)
    plain.goto(f"{live_server}/analysis/upload/")
    plain.set_input_files("input[type=file]", report)
    plain.get_by_role("button", name="上传并读取").click()
    expect(plain.get_by_role("heading", name="年报.html")).to_be_visible()
    context.close()

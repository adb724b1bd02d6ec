"""Work in the background before a real screen, with the worker really running: small work is there at once."""

from __future__ import annotations

import datetime
import re
from time import perf_counter

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from office.applications.casework import as_person, registered
from office.applications.test_importing import GOOD, workbook
from office.browser.pages import Visitor
from office.world import World
from playwright.sync_api import Page, expect

from gongkai.office.acts.models import Attachment, Work
from gongkai.office.acts.services.attachments import attach
from gongkai.office.applications.models import Application
from gongkai.office.applications.redaction.boxes import Box
from gongkai.office.applications.services.redacting import REDACTED, mark

pytestmark = pytest.mark.django_db(transaction=True)
STUCK = 15.0  # seconds from the click to the result; about one on a machine that does nothing else


def to(name: str, *args: object) -> str:
    return reverse(f"applications:{name}", args=args)


def marked(world: World, case: Application, pages: int) -> Attachment:
    source = "#set page(width: 210mm, height: 297mm)\n" + "\n#pagebreak()\n".join(f"{n} 第{n}页" for n in range(pages))
    upload = SimpleUploadedFile(f"名单{pages}页.pdf", typst.compile(source.encode()), "application/pdf")
    original = attach(as_person(world, "handler"), case, upload, label="申请材料")
    mark(as_person(world, "handler"), case, original=original, boxes=[Box(1, 0.1, 0.1, 0.5, 0.2, "15")])
    return original


def burn(page: Page) -> None:
    page.get_by_role("button", name="生成遮盖后的文件").click()


@pytest.mark.usefixtures("background")
def test_a_small_redaction_is_there_at_once_without_a_further_click(visitor: Visitor, world: World) -> None:
    case = registered(world, "2024-01-22")
    original = marked(world, case, 1)
    page = visitor.sign_in("handler").go(to("redaction", case.pk, original.pk))
    begin = perf_counter()
    burn(page)
    page.get_by_text("没有残留内容").wait_for()
    took = perf_counter() - begin
    print(f"one page blacked out in {took:.2f} s from the click")
    assert took < STUCK
    visitor.meets("burned")
    visitor.picture("background-burned")
    visitor.go(to("redaction", case.pk, original.pk))
    visitor.picture("background-burned-file")


@pytest.mark.usefixtures("background")
def test_long_work_moves_can_be_left_and_is_stopped(visitor: Visitor, world: World) -> None:
    case = registered(world, "2024-01-22")
    original = marked(world, case, 450)
    page = visitor.sign_in("handler").go(to("redaction", case.pk, original.pk))
    burn(page)
    bar = page.locator("main progress")
    expect(bar).to_have_attribute("value", re.compile("[1-9]"))
    first = int(bar.get_attribute("value") or 0)
    visitor.meets("under way")
    visitor.picture("background-running")
    visitor.go(to("redaction", case.pk, original.pk))
    visitor.picture("background-running-file")
    page.get_by_role("link", name="查看进度").click()
    assert int(bar.get_attribute("value") or 0) > first, "it goes on while nobody looks"
    page.get_by_role("button", name="停止").click()
    expect(page.locator("main")).to_contain_text("停止了这项工作")
    visitor.meets("stopped")
    visitor.picture("background-stopped")
    assert not Attachment.objects.filter(label=REDACTED).exists()


@pytest.mark.usefixtures("background")
def test_a_register_is_tried_and_imported_on_the_page(visitor: Visitor, world: World) -> None:
    page = visitor.sign_in("registrar").go(to("imports"))
    file = workbook(GOOD)
    page.set_input_files("main [name=file]", {"name": "台账.xlsx", "mimeType": "", "buffer": file.read()})
    page.get_by_role("button", name="上传").click()
    visitor.meets("the mapping")
    page.get_by_role("button", name="试算").click()
    expect(page.locator("main")).to_contain_text("3行都可以导入")
    visitor.meets("tried")
    visitor.picture("background-tried")
    page.get_by_role("button", name="全部导入").click()
    expect(page.locator("main")).to_contain_text("已全部导入")
    visitor.meets("imported")
    visitor.picture("background-imported")
    assert Application.objects.count() == len(GOOD)


def test_without_a_worker_the_page_says_what_is_the_matter(visitor: Visitor, world: World) -> None:
    case = registered(world, "2024-01-22")
    original = marked(world, case, 1)
    page = visitor.sign_in("handler").go(to("redaction", case.pk, original.pk))
    burn(page)
    visitor.picture("background-waiting")
    Work.objects.update(asked_at=timezone.now() - datetime.timedelta(seconds=45))
    visitor.go(to("redactions", case.pk))
    expect(page.locator("main")).to_contain_text("后台服务没有运行")
    visitor.picture("background-no-worker")

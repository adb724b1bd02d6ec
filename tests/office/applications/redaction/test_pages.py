"""Blacking out by the pages: boxes typed or drawn are the same rows, and what goes out holds nothing of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from office.applications.casework import as_person, registered
from office.applications.pages import at, page, text
from office.libreoffice import needs_libreoffice
from office.workers import work
from office.world import World, build_world
from PIL import Image

from gongkai.office.acts.models import Attachment, Work
from gongkai.office.acts.services.attachments import attach, store
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.services import converting

SECRET = "SECRET 11010519491231002X"
SOURCE = f"""
#set page(width: 210mm, height: 297mm, margin: 20mm)
#place(top + left, dy: 40mm)[#text(size: 16pt)[{SECRET}]]
#pagebreak()
#text(size: 16pt)[SECOND PAGE]
"""
ROW = {"page": "1", "left": "8", "top": "18", "right": "92", "bottom": "26", "ground": "15"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def case(world: World) -> Application:
    return registered(world, "2024-01-22")


@pytest.fixture
def original(world: World, case: Application) -> Attachment:
    upload = SimpleUploadedFile("发放名单.pdf", typst.compile(SOURCE.encode()), "application/pdf")
    return attach(as_person(world, "handler"), case, upload, label="申请材料")


def rows(*some: dict[str, str], version: int = 0) -> dict[str, Any]:
    return {name: [row[name] for row in some] for name in ROW} | {"version": version}


def test_the_page_is_a_picture_for_the_handler_alone(world: World, case: Application, original: Attachment) -> None:
    address = page("page_picture", case.pk, original.pk, 2)
    answer = at(world, "handler").get(address)
    assert Image.open(io.BytesIO(answer.content)).width == 1000
    assert answer["Cache-Control"] == "private, no-store"
    assert at(world, "handler").get(page("page_picture", case.pk, original.pk, 3)).status_code == 404
    for role in ("registrar", "supervisor"):
        assert at(world, role).get(address).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_typed_boxes_are_kept_and_burned_into_a_new_file(world: World, case: Application, original: Attachment) -> None:
    client = at(world, "handler")
    address = page("redaction", case.pk, original.pk)
    empty = {**dict.fromkeys(ROW, ""), "page": "1", "ground": "14.a"}
    assert client.post(address, rows(ROW, empty)).status_code == 302
    assert len(Redaction.objects.get().boxes) == 1, "a row without sides is none"
    assert 'value="8.00"' in text(client.get(address))
    answer = client.post(page("burn", case.pk, original.pk), {"version": 1}, follow=True)
    assert "等待处理" in text(answer)
    assert not Attachment.objects.filter(label="遮盖后的文件").exists()
    work()
    answer = client.get(page("redactions", case.pk))
    assert "已核验，没有残留内容" in text(answer)
    assert "商业秘密、个人隐私等第三方合法权益（条例第十五条）1处" in text(answer)
    made = Attachment.objects.get(label="遮盖后的文件")
    assert made.name == "发放名单（已遮盖）.pdf"
    content = store().read(made.file.sha256)
    pages = pypdfium2.PdfDocument(content)
    assert "".join(one.get_textpage().get_text_range() for one in pages) == ""
    assert store().read(original.file.sha256), "the original stays in the case file"
    shown = text(client.get(page("redactions", case.pk)))
    assert page("redaction", case.pk, made.pk) not in shown
    assert client.get(page("redaction", case.pk, made.pk)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"right": "5"}, "不在页面之内"),
        ({"bottom": "abc"}, "四边应为0至100之间的数字"),
        ({"page": "3"}, "没有第3页"),
        ({"ground": "99"}, "须注明依据"),
        ({"ground": ""}, "请选择第1页这处遮盖的依据"),
        ({"left": "nan"}, "不在页面之内"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_typed_is_lost(
    world: World, case: Application, original: Attachment, wrong: dict[str, str], words: str
) -> None:
    answer = at(world, "handler").post(page("redaction", case.pk, original.pk), rows({**ROW, **wrong}))
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="18"' in text(answer)
    assert not Redaction.objects.exists()


def test_without_boxes_nothing_is_burned(world: World, case: Application, original: Attachment) -> None:
    answer = at(world, "handler").post(page("burn", case.pk, original.pk), follow=True)
    assert "还没有标记" in text(answer)
    assert Attachment.objects.count() == 1


def test_going_to_another_page_keeps_what_stands_on_this_one(
    world: World, case: Application, original: Attachment
) -> None:
    client, address = at(world, "handler"), page("redaction", case.pk, original.pk)
    shown = text(client.get(address))
    assert 'name="goto" value="2"' in shown
    assert '<a href="?page=2"' not in shown, "a way out that leaves drawn boxes behind"
    moved = client.post(f"{address}?page=1", {**rows(ROW), "goto": "2"})
    assert moved.url == f"{address}?page=2"
    assert len(Redaction.objects.get().boxes) == 1
    assert client.post(f"{address}?page=2", {**rows(ROW, version=1), "goto": "1"}).url.endswith("?page=1")
    assert Redaction.objects.get().version == 1, "who only turns the pages changes nothing"
    stopped = client.post(f"{address}?page=1", {**rows({**ROW, "ground": ""}, version=1), "goto": "2"})
    assert stopped.status_code == 422
    assert "第1页，共2页" in text(stopped)


@pytest.mark.django_db(transaction=True)
def test_what_is_burned_is_what_stands_on_the_page_though_nobody_saved_it(
    world: World, case: Application, original: Attachment
) -> None:
    client, address = at(world, "handler"), page("burn", case.pk, original.pk)
    client.post(page("redaction", case.pk, original.pk), rows(ROW))
    wrong = client.post(f"{address}?page=2", rows(ROW, {**ROW, "page": "2", "ground": ""}, version=1))
    assert wrong.status_code == 422
    assert "请选择第2页这处遮盖的依据" in text(wrong)
    assert f'action="{page("redaction", case.pk, original.pk)}?page=2"' in text(wrong)
    assert not Work.objects.exists()
    client.post(address, rows(ROW, {**ROW, "page": "2"}, version=1))
    work()
    made = Attachment.objects.get(label="遮盖后的文件")
    for drawn in pypdfium2.PdfDocument(store().read(made.file.sha256)):
        picture = drawn.render(scale=1).to_pil().convert("L")
        middle = int(picture.height * 0.22)
        strip = picture.crop((int(picture.width * 0.1), middle - 5, int(picture.width * 0.9), middle + 5))
        assert strip.getextrema()[1] < 30


def test_who_burns_what_another_has_changed_is_told(world: World, case: Application, original: Attachment) -> None:
    client = at(world, "handler")
    client.post(page("redaction", case.pk, original.pk), rows(ROW))
    client.post(page("redaction", case.pk, original.pk), rows(ROW, {**ROW, "page": "2"}, version=1))
    stale = client.post(page("burn", case.pk, original.pk), rows(ROW, version=1))
    assert stale.status_code == 422
    assert "别人已修改遮盖区域" in text(stale)
    assert not Work.objects.exists()


def test_two_who_mark_are_told_of_each_other(world: World, case: Application, original: Attachment) -> None:
    client = at(world, "handler")
    address = page("redaction", case.pk, original.pk)
    client.post(address, rows(ROW))
    client.post(address, rows(ROW, ROW, version=1))
    answer = client.post(address, rows({**ROW, "left": "30"}, version=1))
    assert answer.status_code == 422
    assert "别人已修改遮盖区域" in text(answer)
    assert 'value="30"' in text(answer)
    assert len(Redaction.objects.get().boxes) == 2


def test_a_damaged_pdf_is_said_to_be_one(world: World, case: Application) -> None:
    upload = SimpleUploadedFile("坏.pdf", b"%PDF-1.4\nbroken", "application/pdf")
    bad = attach(as_person(world, "handler"), case, upload)
    answer = at(world, "handler").get(page("redaction", case.pk, bad.pk), follow=True)
    assert "不能作为 PDF 打开" in text(answer)


def _word(world: World, case: Application) -> Attachment:
    document, content = Document(), io.BytesIO()
    document.add_paragraph("发放名单")
    document.save(content)
    return attach(as_person(world, "handler"), case, SimpleUploadedFile("名单.docx", content.getvalue()))


@needs_libreoffice
@pytest.mark.django_db(transaction=True)
def test_a_word_file_becomes_a_pdf_of_the_case_once(world: World, case: Application, settings: Any) -> None:
    word = _word(world, case)
    client = at(world, "handler")
    for _ in range(2):
        client.post(page("convert", case.pk, word.pk))
    assert "等待处理" in text(client.get(page("redactions", case.pk)))
    work()
    made = Attachment.objects.get(label="转换的PDF")
    assert "发放名单" in pypdfium2.PdfDocument(store().read(made.file.sha256))[0].get_textpage().get_text_range()
    assert list((Path(settings.DATA) / "files/lent").iterdir()) == [], "no copy is left"
    answer = client.post(page("convert", case.pk, word.pk), follow=True)
    assert "已转换为“名单.pdf”" in text(answer)
    assert "不用再次转换" in text(answer)


def test_without_a_converter_the_clerk_is_asked_for_a_pdf(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = _word(world, case)
    monkeypatch.setenv("PATH", "/nowhere")
    assert converting.converter() is None
    shown = text(at(world, "handler").get(page("redactions", case.pk)))
    assert "另存为PDF" in shown
    answer = at(world, "handler").post(page("convert", case.pk, word.pk), follow=True)
    assert "另存为PDF" in text(answer)
    assert not Work.objects.exists()

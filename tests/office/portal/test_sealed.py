"""What a citizen hands in, and what the office makes of it, lies nowhere on the disk in the clear."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from office.acts.attachments.kept import overwrite, place
from office.applications.pages import at, page
from office.libreoffice import needs_libreoffice
from office.portal.citizen import Citizen, text
from office.workers import now_due, work

from gongkai.office.acts.attachments.scanning import Verdict
from gongkai.office.acts.attachments.sealing import sealed
from gongkai.office.acts.models import Attachment, StoredFile
from gongkai.office.acts.personal.keys import Keyring
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.acts.services.attachments import store
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.converting import CONVERTED
from gongkai.office.applications.services.proceeding import proceed
from gongkai.office.applications.services.redacting import REDACTED

pytestmark = pytest.mark.django_db(transaction=True)

MARK = "MARK11010519491231002X"
ROW = {"page": "1", "left": "8", "top": "80", "right": "92", "bottom": "90", "ground": "15"}
SCANNER = """
import sys
content = open(sys.argv[1], "rb").read()
sys.exit(0 if content.startswith((b"MARK", b"PK", b"%PDF")) else 2)
"""


@pytest.fixture(autouse=True)
def _files_of_this_test(tmp_path: Path, settings: Any) -> None:
    script = tmp_path / "scanner.py"
    script.write_text(SCANNER, encoding="utf-8")
    settings.DATA = tmp_path / "data"
    settings.SCAN_COMMAND = f"{sys.executable} {script}"


def in_the_clear(data: Path) -> list[str]:
    """Files under the data folder in which anybody could read the mark, or that are of a kind in which it is packed."""
    found = []
    for path in data.rglob("*"):
        if path.is_file() and "postgres" not in path.parts:
            content = path.read_bytes()
            packed = content.startswith((b"PK", b"%PDF", b"{\\rtf", b"\x89PNG"))
            if packed or MARK.encode() in content or MARK.encode("utf-16-le") in content:
                found.append(str(path.relative_to(data)))
    return found


def pdf() -> bytes:
    return typst.compile(f"#set page(width: 210mm, height: 297mm)\n#set text(size: 16pt)\n{MARK}".encode())


def word() -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(MARK)
    document.save(out)
    return out.getvalue()


def test_the_search_finds_what_lies_in_the_clear(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name, content in (("a/plain", MARK.encode()), ("word", word()), ("pdf", pdf()), ("other", b"nothing")):
        (tmp_path / name).write_bytes(content)
    assert sorted(in_the_clear(tmp_path)) == ["a/plain", "pdf", "word"]


@needs_libreoffice
def test_nothing_lies_in_the_clear_after_upload_scan_conversion_redaction_and_download(
    citizen: Citizen, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    citizen.fill()
    photograph = SimpleUploadedFile("身份证.txt", MARK.encode())
    assert citizen.post("papers", label="身份证明", files=photograph).status_code == 302
    case = proceed(SYSTEM, citizen.submit(), "confirmed")
    assign(SYSTEM, case, to=citizen.world.people["handler"])
    case = proceed(SYSTEM, case, "draft")
    handler = at(citizen.world, "handler")
    larger = io.BytesIO()  # too large to be held in memory while it is uploaded, and to be looked through at once
    with zipfile.ZipFile(larger, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("一.txt", MARK * 200_000)
    papers = [
        SimpleUploadedFile("名单.pdf", pdf()),
        SimpleUploadedFile("名单.docx", word()),
        SimpleUploadedFile("名单.zip", larger.getvalue()),
    ]
    assert handler.post(page("attach", case.pk), {"label": "其他", "papers": papers}).status_code == 302
    assert in_the_clear(data) == []
    by_name = {one.name: one for one in Attachment.objects.all()}
    assert {"身份证.txt", "名单.pdf", "名单.docx", "名单.zip"} <= set(by_name)
    now_due()
    work()
    scan = StoredFile.objects.get(pk=by_name["身份证.txt"].file_id).scan
    assert scan.verdict == Verdict.CLEAN, "the scanner saw what was handed in"
    assert in_the_clear(data) == []

    original, wanted = by_name["名单.pdf"], by_name["名单.docx"]
    picture = handler.get(page("page_picture", case.pk, original.pk, 1))
    assert picture.content.startswith(b"\x89PNG")
    rows = {name: [ROW[name]] for name in ROW} | {"version": 0}
    assert handler.post(page("redaction", case.pk, original.pk), rows).status_code == 302
    handler.post(page("burn", case.pk, original.pk), {"version": 1})
    handler.post(page("convert", case.pk, wanted.pk))
    work()
    now_due()
    work()
    assert Attachment.objects.filter(label=REDACTED).count() == 1, text(handler.get(page("redactions", case.pk)))
    converted = Attachment.objects.get(label=CONVERTED)
    plain = pypdfium2.PdfDocument(store().read(converted.file.sha256))
    assert MARK in plain[0].get_textpage().get_text_range()
    assert in_the_clear(data) == []

    response = handler.get(page("file", case.pk, by_name["名单.zip"].pk))
    assert b"".join(response.streaming_content) == larger.getvalue()
    assert in_the_clear(data) == []
    assert len(list(store().hashes())) == 6
    locked = sealed(pdf(), Keyring([bytes(32)]), original.file.sha256)
    overwrite(place(store(), original.file.sha256), locked)
    answer = handler.get(page("file", case.pk, original.pk), follow=True)
    assert "缺少当时的数据密钥" in text(answer), "a sentence, and no traceback"
    assert "缺少当时的数据密钥" in text(handler.get(page("redaction", case.pk, original.pk), follow=True))
    assert handler.get(page("page_picture", case.pk, original.pk, 1)).status_code == 404

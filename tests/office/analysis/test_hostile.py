"""Files meant to do harm, or simply broken: each ends as one line about one document."""

from __future__ import annotations

import os
import random
import threading
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from cli.documents import page
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from office.analysis.uploads import hand_in, hand_in_and_read

from gongkai.cli.bounds import WORKER
from gongkai.office.acts.policy import Actor
from gongkai.office.analysis.apart.reader import DIED, HUNG, Apart, ApartError
from gongkai.office.analysis.models import Batch, Document, State
from gongkai.office.analysis.services.reading import Outcome, read
from gongkai.office.analysis.services.uploading import NothingTakenError, upload
from gongkai.office.bodies.models import Person

AsPerson = Callable[[Person], Client]


def bomb(name: str) -> bytes:
    """A member of 80 MB in 80 KB."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        with archive.open(name, "w") as member:
            for _ in range(80):
                member.write(bytes(1024 * 1024))
        if name.startswith("word/"):
            archive.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("炸弹.docx", bomb("word/document.xml"), "解压后过大"),
        ("炸弹.zip", bomb("年报.html"), "解压后过大"),
        ("图片.docx", b"\x89PNG\r\n\x1a\n" + bytes(200), "这是图片"),
        ("坏的.docx", b"PK\x03\x04" + b"broken" * 20, "已损坏"),
        ("旧版.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "WPS"),
        ("空包.zip", b"PK\x05\x06" + bytes(18), "压缩包里没有可读的文件"),
        ("乱码.html", random.Random(1).randbytes(4096), "无法识别"),
        ("数据.json", b'{"schema": "something/else"}', "不是本软件的年度报告数据"),
    ],
)
def test_what_cannot_be_read_says_why(clerk: Person, apart: Apart, name: str, data: bytes, reason: str) -> None:
    batch = hand_in_and_read(clerk, apart, (name, data))
    document = batch.documents.get()
    assert document.state == State.FAILED
    assert reason in document.reason
    assert batch.finished_at is not None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("空的.docx", b"", "空的"),
        ("setup.docx", b"MZ" + bytes(600), "程序"),
        ("年报.html.exe", page().encode(), ".exe"),
        ("脚本.txt", b"#!/bin/sh\nrm -rf /\n", "脚本"),
    ],
)
def test_what_is_not_taken_leaves_nothing_behind(clerk: Person, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(NothingTakenError, match=reason):
        hand_in(clerk, (name, data))
    assert not Batch.objects.exists()


def test_what_is_not_taken_stands_beside_the_field(clerk: Person, as_person: AsPerson) -> None:
    answer = as_person(clerk).post(
        "/analysis/upload/", {"files": SimpleUploadedFile("setup.docx", b"MZ" + bytes(600)), "body": clerk.body_id}
    )
    assert answer.status_code == 200
    assert "为防止病毒和误操作，不接收程序和脚本" in answer.content.decode()


def test_one_bad_file_does_not_keep_the_others_out(clerk: Person, apart: Apart) -> None:
    batch = hand_in_and_read(clerk, apart, ("setup.exe", b"MZ" + bytes(600)), ("年报.html", page().encode()))
    states = {document.name: (document.state, document.sha256 != "") for document in batch.documents.all()}
    assert states == {"setup.exe": (State.FAILED, False), "年报.html": (State.READ, True)}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\报告\\年报.txt", "年报.txt"),
        ("年报\u202etxt.html", "年报txt.html"),
        ("<img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1)_.txt"),
        ("长" * 300 + ".txt", "长" * 78 + ".txt"),
    ],
)
def test_names_are_cleaned(clerk: Person, given: str, kept: str) -> None:
    file = SimpleUploadedFile("x.txt", "年度报告".encode())
    file._name = given  # type: ignore[attr-defined]  # past Django's own cleaning
    batch = upload(Actor(person=clerk), Batch(body=clerk.body, person=clerk), [file])
    name = batch.documents.get().name
    assert name == kept
    assert "\u202e" not in batch.name


def test_names_of_members_are_cleaned(clerk: Person, apart: Apart) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("乡镇/<b>\u202e.html", page())
    document = hand_in_and_read(clerk, apart, ("a.zip", out.getvalue())).documents.get()
    assert document.name == "a.zip：乡镇/_b_.html"
    assert document.state == State.READ


SCRIPTS = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_scripts_of_a_document_are_shown_and_never_run(clerk: Person, apart: Apart, as_person: AsPerson) -> None:
    text = page(agency="青禾县<script>alert(0)</script>局").replace("专人负责", f"专人负责&lt;script&gt;{SCRIPTS}")
    written = text.encode().replace(b"<p>", b"<p>&lt;script&gt;alert(3)&lt;/script&gt;&#34;&#62;&#60;svg onload=x&#62;")
    document = hand_in_and_read(clerk, apart, ("a.html", written)).documents.get()
    assert "<script>alert(3)</script>" in document.reading.report["text"]
    for view in ("all", "findings", "tables", "text", "head"):
        shown = as_person(clerk).get(f"/analysis/documents/{document.pk}/?view={view}&finding=1").content.decode()
        assert "<script>alert" not in shown
        assert "<svg onload" not in shown
        if view in ("all", "text"):
            assert "&lt;script&gt;alert(3)&lt;/script&gt;" in shown


def test_characters_that_no_database_holds_are_replaced_one_for_one(clerk: Person, apart: Apart) -> None:
    text = page().replace("专人负责", "专人\x00负责&#xD800;完")
    document = hand_in_and_read(clerk, apart, ("a.html", text.encode())).documents.get()
    assert document.state == State.READ
    assert "\x00" not in document.reading.report["text"]


def test_a_file_that_takes_too_long_is_given_up_by_the_job_but_only_put_off_by_the_page(clerk: Person) -> None:
    batch = hand_in(clerk, ("年报.html", page().encode()))
    document = batch.documents.get()
    with Apart() as apart:
        assert read(document.pk, apart, seconds=0.001) is Outcome.LATE
        document.refresh_from_db()
        assert document.state == State.WAITING, "a job goes on"
        assert read(document.pk, apart) is Outcome.DONE
    document.refresh_from_db()
    assert (document.state, document.tries) == (State.READ, 2)


def test_a_process_apart_that_hangs_is_killed_in_time() -> None:
    with Apart() as apart:
        apart.ask("documents", {"path": __file__, "name": "a.txt"})
        child = apart._child
        assert child is not None
        os.kill(child.pid, 19)  # SIGSTOP: it answers no more
        began = time.monotonic()
        with pytest.raises(ApartError, match=HUNG):
            apart.ask("documents", {"path": __file__, "name": "a.txt"}, seconds=0.5)
        assert time.monotonic() - began < 5
        assert child.poll() is not None
        assert apart.ask("documents", {"path": __file__, "name": "a.txt"}) == {"documents": None}, "another is started"


def test_a_process_apart_that_dies_is_an_answer(tmp_path: Path) -> None:
    fifo = tmp_path / "never"
    os.mkfifo(fifo)
    with Apart() as apart:
        apart.ask("documents", {"path": __file__, "name": "a.txt"})
        child = apart._child
        assert child is not None
        threading.Timer(0.5, child.kill).start()
        with pytest.raises(ApartError, match=DIED):
            apart.ask("documents", {"path": str(fifo), "name": "a.txt"})


def test_a_document_whose_reading_was_cut_off_three_times_is_given_up(clerk: Person, apart: Apart) -> None:
    """A file that ends the worker itself, not only the process apart."""
    batch = hand_in(clerk, ("年报.html", page().encode()))
    Document.objects.filter(batch=batch).update(tries=3, state=State.READING)
    document = batch.documents.get()
    assert read(document.pk, apart) is Outcome.DONE
    document.refresh_from_db()
    assert (document.state, document.reason) == (State.FAILED, DIED)


def test_the_process_apart_is_bounded_and_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgresql://geheim")
    with Apart() as apart:
        apart.ask("documents", {"path": __file__, "name": "a.txt"})
        assert apart._child is not None
        folder = Path("/proc") / str(apart._child.pid)
        assert b"geheim" not in (folder / "environ").read_bytes()
        limits = (folder / "limits").read_text()
        (space,) = (line for line in limits.splitlines() if line.startswith("Max address space"))
        assert int(space.split()[3]) == WORKER
        assert "django" not in (folder / "maps").read_text()


def test_a_compressed_flood_within_a_pdf_ends_as_a_reason(clerk: Person, apart: Apart) -> None:
    stream = zlib.compress(b"0 0 m 1 1 l S " * 8_000_000, 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    content = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + stream + b"\nendstream endobj\n"
    page_object = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R>>endobj\n"
    document = hand_in_and_read(
        clerk, apart, ("a.pdf", head + page_object + content + b"trailer<</Root 1 0 R>>")
    ).documents.get()
    assert document.state == State.FAILED
    assert document.reason

"""Blacking out and converting by a job: once, by whom it was asked for, stopped, killed, told; never half-done."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
import typst
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from office.applications.casework import as_person, registered
from office.applications.pages import at, page, text
from office.libreoffice import needs_libreoffice
from office.workers import now_due, until, work, worker
from office.world import World, build_world
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import Act, Attachment, Work
from gongkai.office.acts.services import work as works
from gongkai.office.acts.services.attachments import attach, store
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.redaction import apart
from gongkai.office.applications.redaction.boxes import Box
from gongkai.office.applications.services import converting, redacting
from gongkai.office.applications.services.redacting import REDACTED, mark
from gongkai.office.bodies.models import RoleHolding
from gongkai.office.config.interrupted import run_again

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}
LONG = 60  # pages: some seconds of work


@pytest.fixture(autouse=True)
def _files_of_this_test(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def world(transactional_db: None) -> World:
    ProcrastinateJob.objects.all().delete()
    return build_world()


@pytest.fixture
def case(world: World) -> Application:
    return registered(world, "2024-01-22")


def marked(world: World, case: Application, pages: int = 1) -> Attachment:
    source = "#set page(width: 210mm, height: 297mm)\n" + "\n#pagebreak()\n".join(f"page {n}" for n in range(pages))
    upload = SimpleUploadedFile(f"名单{pages}.pdf", typst.compile(source.encode()), "application/pdf")
    original = attach(as_person(world, "handler"), case, upload)
    mark(as_person(world, "handler"), case, original=original, boxes=[Box(1, 0.1, 0.1, 0.5, 0.2, "15")])
    return original


def order(world: World, case: Application, original: Attachment) -> Work:
    version = Redaction.objects.get(attachment_id=original.pk).version
    return redacting.order(as_person(world, "handler"), case, original=original, version=version)


def burned() -> int:
    return Attachment.objects.filter(label=REDACTED).count()


def only() -> Work:
    return Work.objects.get()


def test_a_second_click_asks_for_nothing_more_and_what_is_done_is_not_done_again(
    world: World, case: Application
) -> None:
    original, client = marked(world, case), at(world, "handler")
    for _ in range(3):
        client.post(page("burn", case.pk, original.pk), {"version": 1})
    assert (Work.objects.count(), ProcrastinateJob.objects.filter(task_name=redacting.BURN).count()) == (1, 1)
    work()
    assert (only().state, burned()) == (Work.State.DONE, 1)
    works.carry_out(only().pk, redacting.burn)
    assert burned() == 1
    answer = client.post(page("burn", case.pk, original.pk), {"version": 1}, follow=True)
    assert "不用再次生成" in text(answer)
    assert Act.objects.filter(verb="applications.burn").count() == 1


def test_the_page_asks_how_far_it_is_and_is_loaded_anew_at_the_end(world: World, case: Application) -> None:
    one, client = order(world, case, marked(world, case)), at(world, "handler")
    shown = text(client.get(page("redactions", case.pk)))
    address = page("redaction_progress", case.pk, one.pk)
    assert f'hx-get="{address}" hx-trigger="every 400ms"' in shown
    part = client.get(address, headers=HTMX)
    assert "等待处理" in text(part)
    assert "HX-Refresh" not in part
    work()
    assert client.get(address, headers=HTMX)["HX-Refresh"] == "true"
    assert client.get(address).status_code == 302, "followed by hand it leads to the page"


def test_who_has_lost_the_role_meanwhile_gets_no_file_and_is_told(world: World, case: Application) -> None:
    order(world, case, marked(world, case))
    RoleHolding.objects.filter(person=world.people["handler"]).delete()
    work()
    assert (only().state, burned()) == (Work.State.FAILED, 0)
    assert "您目前没有这个角色" in only().note


def test_who_burns_what_another_has_marked_anew_is_told(world: World, case: Application) -> None:
    original = marked(world, case)
    actor, client = as_person(world, "handler"), at(world, "handler")
    order(world, case, original)
    mark(actor, case, original=original, boxes=[Box(1, 0.2, 0.2, 0.5, 0.3, "15")], version=1)
    assert "已被修改" in text(client.get(page("redactions", case.pk)))
    work()
    assert (only().state, burned()) == (Work.State.STOPPED, 0)
    answer = client.post(page("burn", case.pk, original.pk), {"version": 1}, follow=True)
    assert "别人已修改遮盖区域" in text(answer)
    assert Work.objects.count() == 1
    client.post(page("burn", case.pk, original.pk), {"version": 2})
    work()
    assert burned() == 1


def test_a_mark_that_comes_while_pages_are_drawn_leaves_no_file(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = marked(world, case)
    one = order(world, case, original)

    def slow(path: Path, boxes: Any, heed: apart.Heed) -> bytes:
        made = real(path, boxes, heed)
        # Past ``mark``, which would have stopped the work: the act itself looks at the version.
        Redaction.objects.update(version=7)
        return made

    real = apart.redacted
    monkeypatch.setattr(apart, "redacted", slow)
    works.carry_out(one.pk, redacting.burn)
    assert (only().state, burned()) == (Work.State.FAILED, 0)
    assert "已被修改" in only().note


def test_stopped_by_the_person_it_ends_soon_and_leaves_nothing(world: World, case: Application, tmp_path: Path) -> None:
    one, client = order(world, case, marked(world, case, 400)), at(world, "handler")
    running = worker(tmp_path, "--wait")
    try:
        until(lambda: only().done > 0)
        children = psutil.Process(running.pid).children(recursive=True)
        assert children
        shown = text(client.get(page("redactions", case.pk)))
        assert "处理中" in shown
        assert f"/{only().total}" in shown
        answer = client.post(page("stop_redaction", case.pk, one.pk), follow=True)
        assert "承办人甲停止了这项工作" in text(answer)
        until(lambda: not any(alive(child) for child in children), 3)
        until(lambda: not ProcrastinateJob.objects.filter(status__in=("todo", "doing"), task_name=one.task).exists(), 5)
    finally:
        running.terminate()
        running.wait()
    assert (only().state, burned(), Redaction.objects.get().burned_id) == (Work.State.STOPPED, 0, None)
    again = client.post(page("stop_redaction", case.pk, one.pk), follow=True)
    assert "已经结束" in text(again)


def test_a_killed_worker_leaves_nothing_half_done_and_another_does_it_once(
    world: World, case: Application, tmp_path: Path
) -> None:
    order(world, case, marked(world, case, LONG))
    first = worker(tmp_path, "--wait")
    until(lambda: only().done > 0)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert (only().state, burned()) == (Work.State.RUNNING, 0)
    async_to_sync(run_again)(app.job_manager, silent_for=0)
    now_due()
    assert worker(tmp_path).wait(60) == 0
    assert (only().state, burned()) == (Work.State.DONE, 1)
    assert Act.objects.filter(verb="applications.burn").count() == 1


def test_of_two_workers_at_the_same_work_one_files(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that was taken for dead, and its work given to another, wakes up."""
    one = order(world, case, marked(world, case))
    real = apart.redacted

    def another_in_between(path: Path, boxes: Any, heed: apart.Heed) -> bytes:
        monkeypatch.setattr(apart, "redacted", real)
        works.carry_out(one.pk, redacting.burn)
        return real(path, boxes, heed)

    monkeypatch.setattr(apart, "redacted", another_in_between)
    works.carry_out(one.pk, redacting.burn)
    assert (only().state, burned(), Act.objects.filter(verb="applications.burn").count()) == (Work.State.DONE, 1, 1)


def test_a_damaged_file_is_said_to_be_one(world: World, case: Application) -> None:
    actor = as_person(world, "handler")
    bad = attach(actor, case, SimpleUploadedFile("坏.pdf", b"%PDF-1.4\nbroken"))
    mark(actor, case, original=bad, boxes=[Box(1, 0.1, 0.1, 0.5, 0.2, "15")])
    order(world, case, bad)
    work()
    assert "不能作为 PDF 打开" in text(at(world, "handler").get(page("redactions", case.pk)))
    assert (only().state, burned()) == (Work.State.FAILED, 0)


def test_what_the_converter_makes_nothing_of_is_told_in_words(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "converter", lambda: "/bin/true")
    bad = attach(as_person(world, "handler"), case, SimpleUploadedFile("坏.rtf", rtf("甲")))
    client = at(world, "handler")
    client.post(page("convert", case.pk, bad.pk))
    work()
    shown = text(client.get(page("redactions", case.pk)))
    assert "文件可能设有密码或者已损坏；请自行另存为PDF后上传" in shown
    assert ">转换为PDF<" in shown, "it can be tried again"


def test_a_conversion_that_takes_too_long_is_ended(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "slow"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o700)
    monkeypatch.setattr(converting, "converter", lambda: str(program))
    monkeypatch.setattr(converting, "SECONDS", 0.3)
    paper = attach(as_person(world, "handler"), case, SimpleUploadedFile("长.rtf", rtf("甲")))
    one = converting.order(as_person(world, "handler"), case, original=paper)
    works.carry_out(one.pk, converting.convert)
    assert (only().state, only().note[:6]) == (Work.State.FAILED, "转换时间过长")


def test_an_error_nobody_foresaw_is_told_without_its_details(
    world: World, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = order(world, case, marked(world, case))

    def broken(*_: Any) -> bytes:
        raise RuntimeError("张小明 11010519491231002X")

    monkeypatch.setattr(apart, "redacted", broken)
    with pytest.raises(RuntimeError):
        works.carry_out(one.pk, redacting.burn)
    shown = text(at(world, "handler").get(page("redactions", case.pk)))
    assert f"后台工作{one.pk}" in shown
    assert "11010519491231002X" not in shown
    assert only().state == Work.State.FAILED


def test_work_whose_job_was_given_up_is_told_and_not_waited_for_for_ever(world: World, case: Application) -> None:
    one = order(world, case, marked(world, case))
    assert works.end_lost() == 0
    ProcrastinateJob.objects.filter(task_name=one.task).update(status="failed")
    assert works.end_lost() == 1
    assert "请再试一次" in text(at(world, "handler").get(page("redactions", case.pk)))
    assert order(world, case, Attachment.objects.get()).pk != one.pk


def test_work_on_a_paper_of_another_case_is_not_shown_nor_stopped(world: World, case: Application) -> None:
    one = order(world, case, marked(world, case))
    other = registered(world, "2024-01-23")
    client = at(world, "handler")
    assert client.get(page("redaction_progress", other.pk, one.pk), headers=HTMX).status_code == 404
    assert client.post(page("stop_redaction", other.pk, one.pk)).status_code == 404
    assert only().is_open


@needs_libreoffice
def test_a_conversion_that_is_stopped_takes_its_program_and_its_copy_along(
    world: World, case: Application, tmp_path: Path
) -> None:
    text_file = "行\n".join(f"{n}" for n in range(400_000))
    odd = attach(as_person(world, "handler"), case, SimpleUploadedFile("长.rtf", rtf(text_file)))
    one = converting.order(as_person(world, "handler"), case, original=odd)
    running = worker(tmp_path, "--wait")
    try:
        until(lambda: office_programs(running.pid) != [])
        programs = office_programs(running.pid)
        works.stop(one)
        until(lambda: not any(alive(program) for program in programs), 5)
        until(lambda: list((tmp_path / "files/lent").iterdir()) == [], 5)
    finally:
        running.terminate()
        running.wait()
    assert not Attachment.objects.filter(label=converting.CONVERTED).exists()


@needs_libreoffice
def test_a_worker_killed_amid_a_conversion_leaves_work_that_another_does_once(
    world: World, case: Application, tmp_path: Path
) -> None:
    words = "\n".join(f"{n}" for n in range(5_000))
    paper = attach(as_person(world, "handler"), case, SimpleUploadedFile("长.rtf", rtf(words)))
    converting.order(as_person(world, "handler"), case, original=paper)
    first = worker(tmp_path, "--wait")
    until(lambda: office_programs(first.pid) != [])
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert not Attachment.objects.filter(label=converting.CONVERTED).exists()
    async_to_sync(run_again)(app.job_manager, silent_for=0)
    now_due()
    assert worker(tmp_path).wait(90) == 0
    assert only().state == Work.State.DONE
    assert Attachment.objects.filter(label=converting.CONVERTED).count() == 1
    # Its program may outlive it for a while, and write: what is removed at the next lending may come again until then.
    until(lambda: store().sweep() >= 0 and list((tmp_path / "files/lent").iterdir()) == [])


def rtf(words: str) -> bytes:
    return ("{\\rtf1\\ansi " + words.replace("\n", "\\par\n") + "}").encode("gb18030")


def office_programs(pid: int) -> list[psutil.Process]:
    found = []
    for child in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.Error):  # it may end between two looks
            if "soffice.bin" in " ".join(child.cmdline()):
                found.append(child)
    return found


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE

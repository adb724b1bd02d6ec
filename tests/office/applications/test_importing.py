"""A register kept in Excel: its columns are guessed, every row is tried, all of it is imported or nothing."""

from __future__ import annotations

import datetime
import io
import os
import secrets
import signal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from office.applications.casework import day
from office.applications.pages import at, page, text
from office.workers import now_due, until, work, worker
from office.world import World, build_world
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import Act, Work
from gongkai.office.acts.personal import rotation
from gongkai.office.acts.selectors.work import works_of
from gongkai.office.acts.services import work as works
from gongkai.office.applications.models import Application, RegisterImport
from gongkai.office.applications.selectors.tally import tally
from gongkai.office.applications.services.importing import running
from gongkai.office.applications.services.importing.columns import guess, head_row
from gongkai.office.applications.services.importing.running import TRY
from gongkai.office.applications.tasks.importing import clear_imports
from gongkai.office.bodies.models import RoleHolding
from gongkai.office.config.interrupted import run_again

HEADS = [
    "序号",
    "收到时间",
    "申请人姓名（名称）",
    "申请人类型",
    "联系方式",
    "申请方式",
    "申请公开内容",
    "答复结果",
    "答复时间",
    "答复书文号",
]
GOOD = [
    [
        "1",
        "2023-03-06",
        "张小明",
        "公民",
        "13800138000",
        "当面",
        "2022年低保名单",
        "予以公开",
        "2023年3月20日",
        "清民〔2023〕1号",
    ],
    ["2", "2023/4/10", "清源化工厂", "企业", "", "邮寄", "排污许可证", "不予公开：过程性信息", "2023-04-28", ""],
    ["3", "2023.5.8", "李小红", "", "", "网站在线", "征地批文", "", "", ""],
]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    ProcrastinateJob.objects.all().delete()
    return build_world()


def workbook(rows: list[list[str]], heads: list[str] = HEADS) -> SimpleUploadedFile:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("台账")
    sheet.write(0, 0, "清源县民政局2023年依申请公开登记台账")
    for number, row in enumerate([heads, *rows], 1):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("台账.xlsx", content.getvalue())


def uploaded(world: World, rows: list[list[str]], heads: list[str] = HEADS) -> RegisterImport:
    answer = at(world, "registrar").post(page("imports"), {"body": world.own.pk, "file": workbook(rows, heads)})
    assert answer.status_code == 302, text(answer)
    return RegisterImport.objects.latest("pk")


def tried(client: Client, one: RegisterImport) -> str:
    """The mapping that was guessed is tried by a worker; the page then."""
    assert client.post(page("import", one.pk), mapping(one)).status_code == 302
    work()
    return text(client.get(page("import", one.pk)))


def trial(one: RegisterImport) -> dict[str, int]:
    """What the button of the page sends."""
    return {"trial": works_of(one)[TRY].pk}


def mapping(one: RegisterImport) -> dict[str, Any]:
    return {key: str(place) for key, place in one.mapping.items()}


def test_headings_of_other_offices_are_recognised_below_a_title() -> None:
    grid = [["某县台账", "", ""], ["", "", ""], ["编号", "收件日期", "申请人"]]
    assert head_row(grid) == 2
    assert guess(HEADS) == {
        "old_number": 0,
        "arrived_on": 1,
        "applicant_name": 2,
        "applicant_kind": 3,
        "phone": 4,
        "channel": 5,
        "description": 6,
        "outcome": 7,
        "replied_on": 8,
        "reply_number": 9,
    }


def test_a_trial_changes_nothing_and_an_import_counts_in_the_years_table(world: World) -> None:
    one = uploaded(world, GOOD)
    client = at(world, "registrar")
    shown = tried(client, one)
    assert not Application.objects.exists()
    assert "3行都可以导入" in shown
    assert "张小明" not in shown
    assert client.post(page("apply_import", one.pk), trial(one)).status_code == 302
    assert "等待处理" in text(client.get(page("import", one.pk)))
    assert not Application.objects.exists()
    work()
    assert "已全部导入" in text(client.get(page("import", one.pk)))
    first, second, third = Application.objects.order_by("number")
    assert (first.state, first.outcome, first.replied_on) == ("REPLIED", "granted", day("2023-03-20"))
    assert first.decision.number == "清民〔2023〕1号"
    assert (second.applicant_kind, second.channel, second.outcome) == ("business", "registered_mail", "denied_process")
    assert (third.state, third.received_on) == ("AWAITING_CONFIRMATION", None)
    cells = tally(world.own.pk, 2023)
    assert (cells["received.total"], cells["granted.natural_person"], cells["denied_process.business"]) == (2, 1, 1)
    page_of_case = text(client.get(page("case", first.pk)))
    assert "由原有台账导入" in page_of_case
    assert "原登记号1" in page_of_case
    one.refresh_from_db()
    assert one.table is None, "the names do not stay behind"
    assert "不能再次导入" in text(client.post(page("apply_import", one.pk), trial(one), follow=True))
    work()
    assert Application.objects.count() == 3


def test_one_wrong_row_keeps_all_of_them_out_and_is_named_with_its_column(world: World) -> None:
    wrong = [
        ["4", "二月三日", "王某", "", "", "", "名单", "", "", ""],
        ["5", "2023-05-08", "", "外星人", "12", "", "名单", "不予公开", "2023-05-20", ""],
        ["6", "2023-05-08", "赵某", "", "", "", "名单", "予以公开", "2023-05-01", ""],
    ]
    one = uploaded(world, [*GOOD, *wrong])
    client = at(world, "registrar")
    shown = tried(client, one)
    one.refresh_from_db()
    faults = {row["row"]: {label for label, _ in row["faults"]} for row in one.outcomes if row["faults"]}
    assert faults == {
        6: {"提交或收到日期"},
        7: {"申请人", "申请人类别", "联系电话", "处理结果"},
        8: {"答复日期"},
    }
    assert "一行也不会导入" in shown
    assert "全部导入" not in shown
    client.post(page("apply_import", one.pk), trial(one))
    work()
    assert "一行也没有导入" in text(client.get(page("import", one.pk)))
    assert not Application.objects.exists()
    assert Act.objects.filter(verb="applications.submitted").count() == 0


def test_what_could_not_be_or_would_be_lost_is_a_fault_of_its_row(world: World) -> None:
    future = (timezone.localdate() + datetime.timedelta(days=30)).isoformat()
    rows = [
        # due, name, way, reply number; then what goes wrong
        ["1", "2023-03-06", "张小明", "", "", "当面", "名单", "予以公开", future, "", "2023-03-20"],
        ["2", "2023-03-06", "张小明" * 41, "", "", "当面", "名单", "予以公开", "2023-03-20", "号" * 81, ""],
        ["3", "2023-03-06", "张小明", "", "", "当面", "名单", "", "", "", "2023-03-31"],
        ["4", "2023-03-06", "张小明", "", "", "当面", "名单", "", "", "", "2023-04-04"],
        ["5", "2023-03-06", "张小明", "", "", "网站", "名单", "", "", "", "2023-04-04"],
        ["6", "2023-03-06", "张小明", "", "", "当面", "名单", "予以公开", "2023-03-20", "", "2023-03-01"],
        ["7", "2016-03-07", "张小明", "", "", "当面", "名单", "予以公开", "2016-03-20", "", ""],
        ["8", "2023-03-06", "张小明", "", "", "当面", "名单", "予以公开", "2023-05-04", "", "2023-05-05"],
    ]
    one = uploaded(world, rows, [*HEADS, "答复期限"])
    shown = tried(at(world, "registrar"), one)
    one.refresh_from_db()
    faults = {row["row"] - 2: [tuple(fault) for fault in row["faults"]] for row in one.outcomes if row["faults"]}
    assert faults[1] == [("答复日期", "晚于今天")]
    assert faults[2] == [("申请人", "不能超过120个字"), ("答复文号", "不能超过80个字")]
    assert "按收到日期推算为2023年4月3日" in faults[3][0][1]
    assert "补记延期" in faults[4][0][1]
    assert "确认收到以后" in faults[5][0][1]
    assert faults[6] == [("答复期限", "早于收到日期")]
    assert faults[7] == [("处理结果", "这种处理结果自2019年5月15日起才有")]
    assert 8 not in faults
    assert "granted" not in shown.partition("栏目对应")[0]


def test_a_column_serves_once_and_what_a_case_needs_is_matched(world: World) -> None:
    one = uploaded(world, GOOD)
    client = at(world, "registrar")
    answer = client.post(page("import", one.pk), {**mapping(one), "description": "-1", "address": "2"})
    assert answer.status_code == 422
    assert "必须对应一栏" in text(answer)
    assert "这一列已经对应“申请人”" in text(answer)


def test_a_register_is_seen_by_who_uploaded_it_alone(world: World) -> None:
    one = uploaded(world, GOOD)
    assert at(world, "handler").get(page("import", one.pk)).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute('SELECT "table" FROM applications_registerimport')
        kept = bytes(cursor.fetchone()[0])
    assert "张小明".encode() not in kept
    assert b"\\u5f20" not in kept


def test_what_is_no_table_is_said_in_words(world: World) -> None:
    file = SimpleUploadedFile("台账.xlsx", b"not a workbook")
    answer = at(world, "registrar").post(page("imports"), {"body": world.own.pk, "file": file})
    assert answer.status_code == 422
    assert "打不开这个文件" in text(answer)


MANY = [["", "2023-03-06", f"申请人{n}", "公民", "", "当面", f"名单{n}", "", "", ""] for n in range(800)]


def count(task: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=task).count()


def test_a_second_click_is_told_and_asks_for_nothing_more(world: World) -> None:
    one, client = uploaded(world, GOOD), at(world, "registrar")
    client.post(page("import", one.pk), mapping(one))
    answer = client.post(page("import", one.pk), mapping(one), follow=True)
    assert "没有再次试算" in text(answer)
    assert count(running.TRY) == 1
    work()
    client.post(page("apply_import", one.pk), trial(one))
    answer = client.post(page("apply_import", one.pk), trial(one), follow=True)
    assert "正在办理" in text(answer)
    assert count(running.APPLY) == 1
    work()
    works.carry_out(works_of(one)[running.APPLY].pk, running.carry_all)
    assert Application.objects.count() == 3
    assert Act.objects.filter(verb="applications.apply_register").count() == 1


def test_what_was_tried_anew_in_another_window_is_not_imported_unseen(world: World) -> None:
    one, client = uploaded(world, GOOD), at(world, "registrar")
    tried(client, one)
    seen = trial(one)
    client.post(page("import", one.pk), {**mapping(one), "outcome": "-1", "replied_on": "-1"})
    work()
    answer = client.post(page("apply_import", one.pk), seen, follow=True)
    assert "您打开页面以后又试算过" in text(answer)
    assert count(running.APPLY) == 0


def test_who_is_no_longer_registrar_when_the_job_runs_imports_nothing(world: World) -> None:
    one, client = uploaded(world, GOOD), at(world, "registrar")
    tried(client, one)
    client.post(page("apply_import", one.pk), trial(one))
    RoleHolding.objects.filter(person=world.people["registrar"]).delete()
    work()
    assert not Application.objects.exists()
    assert "您目前没有这个角色" in works_of(one)[running.APPLY].note


def test_an_import_that_is_stopped_takes_everything_back(world: World, tmp_path: Path) -> None:
    one, client = uploaded(world, MANY), at(world, "registrar")
    tried(client, one)
    client.post(page("apply_import", one.pk), trial(one))
    running_worker = worker(tmp_path, "--wait")
    try:
        until(lambda: Work.objects.get(task=running.APPLY).done > 0)
        shown = text(client.get(page("import", one.pk)))
        assert "处理中" in shown
        assert f"/{len(MANY)}" in shown
        assert "登记人甲停止了这项工作" in text(client.post(page("stop_import", one.pk), follow=True))
        until(lambda: not ProcrastinateJob.objects.filter(status__in=("todo", "doing"), task_name=running.APPLY))
    finally:
        running_worker.terminate()
        running_worker.wait()
    assert not Application.objects.exists()
    shown = text(client.get(page("import", one.pk)))
    assert f"{len(MANY)}行都可以导入" in shown, "it may be begun again"


def test_a_worker_killed_amid_an_import_leaves_nothing_and_another_imports_all(world: World, tmp_path: Path) -> None:
    one, client = uploaded(world, MANY), at(world, "registrar")
    tried(client, one)
    client.post(page("apply_import", one.pk), trial(one))
    first = worker(tmp_path, "--wait")
    until(lambda: Work.objects.get(task=running.APPLY).done > 0)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert not Application.objects.exists()
    async_to_sync(run_again)(app.job_manager, silent_for=0)
    now_due()
    assert worker(tmp_path).wait(90) == 0
    assert Application.objects.count() == len(MANY)
    assert sorted(Application.objects.values_list("number", flat=True)) == list(range(1, len(MANY) + 1))
    assert Act.objects.filter(verb="applications.apply_register").count() == 1


def test_uploaded_tables_are_sealed_anew_at_rotation_and_still_imported(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path  # files are sealed anew as well: those of this test
    one, client = uploaded(world, GOOD), at(world, "registrar")
    old, new = settings.DATA_KEYS, (secrets.token_bytes(32),)
    settings.DATA_KEYS = (*new, *old)
    rotation.rotate()
    settings.DATA_KEYS = new
    assert "第3列：申请人姓名（名称）" in text(client.get(page("import", one.pk)))
    assert "3行都可以导入" in tried(client, one)


def test_tables_that_nobody_imported_are_forgotten_after_a_week(world: World) -> None:
    old, fresh = uploaded(world, GOOD), uploaded(world, GOOD)
    RegisterImport.objects.filter(pk=old.pk).update(at=timezone.now() - datetime.timedelta(days=8))
    clear_imports(0)
    assert list(RegisterImport.objects.filter(table__isnull=True)) == [old]
    assert RegisterImport.objects.get(pk=fresh.pk).table
    client = at(world, "registrar")
    answer = client.get(page("import", old.pk))
    assert answer.status_code == 200
    assert "请重新上传" in text(answer)
    tried(client, fresh)
    RegisterImport.objects.filter(pk=fresh.pk).update(table=None)
    shown = text(client.get(page("import", fresh.pk)))
    assert "请重新上传" in shown
    assert "全部导入" not in shown, "tried, and forgotten since"
    client.post(page("apply_import", fresh.pk), trial(fresh))
    work()
    assert "请重新上传" in works_of(fresh)[running.APPLY].note


def test_an_applicant_in_the_place_of_the_headings_is_not_kept_in_the_clear(world: World) -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    for number, row in enumerate(GOOD):
        sheet.write_row(number, 0, row)
    book.close()
    file = SimpleUploadedFile("无表头.xlsx", content.getvalue())
    at(world, "registrar").post(page("imports"), {"body": world.own.pk, "file": file})
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(one)::text FROM applications_registerimport one")
        assert "张小明" not in cursor.fetchone()[0]

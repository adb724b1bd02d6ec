"""A register kept in Excel: its columns are guessed, every row is tried, all of it is imported or nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from office.applications.casework import day
from office.applications.pages import at, page, text
from office.world import World, build_world

from gongkai.office.acts.models import Act
from gongkai.office.applications.models import Application, RegisterImport
from gongkai.office.applications.selectors.tally import tally
from gongkai.office.applications.services.importing.columns import guess, head_row

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
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def workbook(rows: list[list[str]]) -> SimpleUploadedFile:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("台账")
    sheet.write(0, 0, "清源县民政局2023年依申请公开登记台账")
    for number, row in enumerate([HEADS, *rows], 1):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("台账.xlsx", content.getvalue())


def uploaded(world: World, rows: list[list[str]]) -> RegisterImport:
    answer = at(world, "registrar").post(page("imports"), {"body": world.own.pk, "file": workbook(rows)})
    assert answer.status_code == 302, text(answer)
    return RegisterImport.objects.latest("pk")


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
    assert client.post(page("import", one.pk), mapping(one)).status_code == 302
    assert not Application.objects.exists()
    shown = text(client.get(page("import", one.pk)))
    assert "3行都可以导入" in shown
    assert "张小明" not in shown
    assert client.post(page("apply_import", one.pk)).status_code == 302
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
    assert one.sealed_rows is None, "the names do not stay behind"
    assert "不能再次导入" in text(client.post(page("apply_import", one.pk), follow=True))
    assert Application.objects.count() == 3


def test_one_wrong_row_keeps_all_of_them_out_and_is_named_with_its_column(world: World) -> None:
    wrong = [
        ["4", "二月三日", "王某", "", "", "", "名单", "", "", ""],
        ["5", "2023-05-08", "", "外星人", "12", "", "名单", "不予公开", "2023-05-20", ""],
        ["6", "2023-05-08", "赵某", "", "", "", "名单", "予以公开", "2023-05-01", ""],
    ]
    one = uploaded(world, [*GOOD, *wrong])
    client = at(world, "registrar")
    client.post(page("import", one.pk), mapping(one))
    one.refresh_from_db()
    faults = {row["row"]: {label for label, _ in row["faults"]} for row in one.outcomes if row["faults"]}
    assert faults == {
        6: {"提交或收到日期"},
        7: {"申请人", "申请人类别", "联系电话", "处理结果"},
        8: {"答复日期"},
    }
    shown = text(client.get(page("import", one.pk)))
    assert "一行也不会导入" in shown
    assert "全部导入" not in shown
    client.post(page("apply_import", one.pk))
    assert not Application.objects.exists()
    assert Act.objects.filter(verb="applications.submitted").count() == 0


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
    assert "张小明".encode() not in bytes(one.sealed_rows)


def test_what_is_no_table_is_said_in_words(world: World) -> None:
    file = SimpleUploadedFile("台账.xlsx", b"not a workbook")
    answer = at(world, "registrar").post(page("imports"), {"body": world.own.pk, "file": file})
    assert answer.status_code == 422
    assert "打不开这个文件" in text(answer)

"""The log on the screen: who sees what of it, how it is searched, and that looking at it is itself logged."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from office.world import World
from python_calamine import CalamineWorkbook

from gongkai.office.acts.models import Act

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
LOG = "/audit/"


def write(name: str = "县民政局", **values: object) -> Act:
    fields = {"verb": "bodies.edit_body", "label": "编辑机关", "actor_name": "张三", "thing_type": "bodies.body"}
    return Act.objects.create(**{**fields, "thing_id": "1", "thing_name": name, **values})


def names(client: Client, **conditions: object) -> list[str]:
    """The things of the acts that the list shows, without the reading of the list."""
    page = client.get(LOG, conditions)
    assert page.status_code == 200, page.content.decode()
    labels = [column.key for column, shown in page.context["listing"].columns if shown]
    rows = [[str(cell.value) for cell in row.cells] for row in page.context["listing"].rows]
    return [row[labels.index("thing_name")] for row in rows if not row[labels.index("label")].startswith("查阅")]


def test_the_auditor_sees_all_and_the_security_administrator_what_is_about_people(as_role: As) -> None:
    write("县民政局")
    write("张三", verb="bodies.grant_role", thing_type="bodies.roleholding")
    write("李四", verb="bodies.sign_in", thing_type="bodies.person")
    write("一批报告", verb="analysis.upload", thing_type="analysis.batch")
    assert set(names(as_role("auditor"))) == {"县民政局", "张三", "李四", "一批报告"}
    assert set(names(as_role("security_administrator"))) == {"张三", "李四"}


@pytest.mark.parametrize("role", ["system_administrator", "supervisor", "signatory", "no_role"])
def test_nobody_else_sees_any_of_it(as_role: As, role: str) -> None:
    act = write()
    client = as_role(role)
    for address in (LOG, f"{LOG}?export=csv", f"{LOG}acts/{act.pk}/", f"{LOG}verification/", f"{LOG}export/"):
        assert client.get(address).status_code == 403
    assert Act.objects.count() == 1, "refused readings are not readings"


def test_an_act_about_a_body_is_not_shown_to_the_security_administrator_by_its_number(as_role: As) -> None:
    act = write()
    assert as_role("security_administrator").get(f"{LOG}acts/{act.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"q": "民政"}, ["县民政局"]),
        ({"q": "5号 编办"}, ["县财政局"]),
        ({"q": "更名为国资"}, ["县财政局"]),
        ({"q": "财"}, ["县财政局"]),
        ({"q": "ABC"}, ["abc街道"]),
        ({"q": "政局财"}, []),
        ({"q": "100%"}, []),
        ({"person": "签发人甲"}, ["县财政局"]),
        ({"person": "signatory"}, ["县财政局"]),
        ({"person": "系统"}, ["abc街道"]),
        ({"person": "查无此人"}, []),
        ({"verb": "bodies.rename_body"}, ["县财政局"]),
        ({"thing_type": "bodies.person"}, ["abc街道"]),
        ({"thing_type": "bodies.body", "thing_id": "2"}, ["县财政局"]),
        ({"request": "r-17"}, ["县民政局"]),
        ({"at_from": "2024-01-26", "at_to": "2024-01-26"}, ["县民政局"]),
        ({"at_to": "2024-01-25"}, ["abc街道"]),
    ],
)
def test_acts_are_found_by(world: World, as_role: As, conditions: dict[str, str], expected: list[str]) -> None:
    day = datetime.datetime(2024, 1, 26, 23, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    write("县民政局", request_number="r-17", at=day)
    write(
        "县财政局",
        thing_id="2",
        actor_id=world.people["signatory"].pk,
        ground="县委编办〔2024〕5号",
        detail={"说明": "更名为国资和财政局"},
        verb="bodies.rename_body",
        at=day + datetime.timedelta(hours=1),
    )
    write("abc街道", actor_name="系统", thing_type="bodies.person", at=day - datetime.timedelta(days=3))
    assert names(as_role("auditor"), **conditions) == expected


def test_by_body(world: World, as_role: As) -> None:
    write("甲", body_id=world.own.pk)
    write("乙", body_id=world.other.pk)
    assert names(as_role("auditor"), body=world.own.pk) == ["甲"]


def readings() -> list[tuple[str, dict[str, object]]]:
    return list(Act.objects.filter(verb__startswith="audit.").order_by("pk").values_list("label", "detail"))


def test_every_question_is_logged_and_turning_the_page_is_not_another(as_role: As) -> None:
    client = as_role("auditor")
    client.get(LOG)
    client.get(LOG, {"q": "民政"})
    client.get(LOG, {"q": "民政", "sort": "at", "page": "1"})
    client.get(LOG)
    assert readings() == [("查阅操作日志", {}), ("查阅操作日志", {"条件": {"搜索": "“民政”"}})]
    act = Act.objects.filter(verb="audit.read").first()
    assert act is not None
    assert (act.actor_name, act.role, act.thing_name) == ("安全审计员甲", "安全审计员", "操作记录")


def test_the_same_question_an_hour_later_is_logged_again(as_role: As, world: World) -> None:
    auditor = world.people["auditor"]
    earlier = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=61)
    write(verb="audit.read", label="查阅操作日志", actor_id=auditor.pk, at=earlier)
    as_role("auditor").get(LOG)
    assert len(readings()) == 2


def test_a_file_holds_all_that_is_asked_for_and_taking_it_is_logged(as_role: As) -> None:
    for n in range(60):
        write(f"第{n}件")
    client = as_role("auditor")
    text = b"".join(client.get(LOG, {"export": "csv", "q": "第"}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert sum("件" in line for line in text.splitlines()[1:]) == 60
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get(LOG, {"export": "xlsx"}).streaming_content))  # type: ignore[attr-defined]
    )
    assert len(sheet.get_sheet_by_index(0).to_python()) == 1 + 60 + 2, "with the two acts of exporting"
    assert [label for label, _ in readings()] == ["导出操作日志列表", "导出操作日志列表"]
    assert readings()[0][1] == {"格式": "CSV", "count": 60, "条件": {"搜索": "“第”"}}


def test_the_page_of_an_act_tells_it_in_words_with_its_neighbours(world: World, as_role: As) -> None:
    first = write("清源县民政局", thing_id=str(world.own.pk), label="新增机关")
    second = write(
        "清源县民政局",
        thing_id=str(world.own.pk),
        detail={"changes": [{"field": "fax", "label": "传真号码", "from": "", "to": "0571-1"}]},
        ground="局务会纪要",
        standing_in_for="王五",
    )
    third = write("清源县民政局", thing_id=str(world.own.pk), label="撤销机关")
    write("清源县教育局", thing_id=str(world.other.pk))
    page = as_role("auditor").get(f"{LOG}acts/{second.pk}/")
    text = page.content.decode()
    assert (page.context["before"], page.context["after"]) == (first, third)
    for words in ("传真号码", "填写为“0571-1”", "局务会纪要", "王五", f"/bodies/{world.own.pk}/"):
        assert words in text
    assert readings() == [("查阅一条操作记录", {})]


def test_a_thing_without_a_page_or_that_is_gone_is_not_linked(as_role: As) -> None:
    client = as_role("auditor")
    for thing_type, thing_id in [("acts.act", ""), ("bodies.body", "999999"), ("no.such", "1"), ("nonsense", "1")]:
        act = write(thing_type=thing_type, thing_id=thing_id)
        assert client.get(f"{LOG}acts/{act.pk}/").status_code == 200


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_log(world: World, as_role: As) -> None:
    client = as_role("auditor")
    act = write()
    for address in (LOG, f"{LOG}acts/{act.pk}/"):
        client.get(address)
    few = [queries(client, address) for address in (LOG, f"{LOG}acts/{act.pk}/")]
    for n in range(120):
        write(f"第{n}件", thing_id=str(act.thing_id))
    assert [queries(client, address) for address in (LOG, f"{LOG}acts/{act.pk}/")] == few
    assert few[0] <= 12
    assert few[1] <= 22


def test_a_list_of_very_many_is_counted_no_further_than_it_can_be_turned(
    as_role: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.office.acts.selectors.search.AT_MOST", 70)
    Act.objects.bulk_create(
        Act(verb="x", label="写入", actor_name="张三", thing_type="x", thing_id="1", thing_name=f"第{n}件")
        for n in range(90)
    )
    page = as_role("auditor").get(LOG)
    assert page.context["listing"].paging.total == 70

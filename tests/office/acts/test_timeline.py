"""The history of a thing: every act on it, in words, and what was changed in the database past the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from office.acts.deeds import lengthen, policy, rename

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM, Actor, Refused
from gongkai.office.acts.timeline import history_of
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body, Person

pytestmark = pytest.mark.django_db


@verb("deeds.move", "调整", policy=policy)
def move(actor: Actor, body: Body, **values: Any) -> Done:
    """Changes fields and tells nothing about it."""
    for name, value in values.items():
        setattr(body, name, value)
    body.save()
    return Done(body)


@verb("deeds.call", "改简称", policy=policy)
def call(actor: Actor, body: Body, name: str, told: str) -> Done:
    """Changes the short name and tells ``told`` about it."""
    body.short_name = name
    body.save()
    return Done(body, {"简称": told})


@verb("deeds.twice", "改两处", policy=policy)
def twice(actor: Actor, body: Body, other: Body) -> Done:
    """One act within another: the change after the inner one is the outer's."""
    lengthen(actor, other)
    body.short_name = "外"
    body.save()
    return Done(body)


@pytest.fixture
def body() -> Body:
    return Body.objects.create(kind="department", name="县财政局")


def test_an_act_says_when_who_as_what_for_whom_what_and_why(body: Body) -> None:
    person = Person.objects.create(account="zhang", name="张三", body=body)
    rename(Actor(person), body, "县财政和国资局", ground="县委编办〔2024〕5号")
    entry = history_of(body)[0]
    assert (entry.what, entry.who, entry.role) == ("更名", "张三", "城关镇人民政府 登记人，代王五")
    assert entry.why == "县委编办〔2024〕5号"
    assert entry.when == Act.objects.get().at
    assert set(entry.detail.split("；")) == {
        "原名：县财政局",
        "新名：县财政和国资局",
        "号：1",
        "全称：由“县财政局”改为“县财政和国资局”",
    }


def test_what_the_act_does_not_tell_the_database_does(body: Body) -> None:
    county = Body.objects.create(kind="county_government", name="清源县人民政府")
    move(SYSTEM, body, parent=county, kind="township", contact_phone="0571-1")
    assert history_of(body)[0].detail == (
        "种类：由“县级人民政府部门”改为“乡镇人民政府”；上级机关：填写为“清源县人民政府”；联系电话：填写为“0571-1”"
    )
    move(SYSTEM, body, contact_phone="")
    assert history_of(body)[0].detail == "联系电话：清空，原为“0571-1”"


def test_what_the_act_tells_itself_is_not_said_twice_unless_the_database_knows_otherwise(body: Body) -> None:
    call(SYSTEM, body, "财政局", "财政局")
    assert history_of(body)[0].detail == "简称：财政局"
    call(SYSTEM, body, "国资局", "财务局")
    assert history_of(body)[0].detail == "简称：财务局；简称：由“财政局”改为“国资局”"


def test_changes_belong_to_the_act_that_made_them(body: Body) -> None:
    other = Body.objects.create(kind="department", name="县民政局")
    twice(SYSTEM, body, other)
    assert next((e.what, e.detail) for e in history_of(body)) == ("改两处", "简称：填写为“外”")
    assert next((e.what, e.detail) for e in history_of(other)) == ("改长", "简称：填写为“长”")


def test_changes_past_the_verbs_show_as_such(body: Body) -> None:
    lengthen(SYSTEM, body)
    Body.objects.filter(pk=body.pk).update(short_name="暗改")
    entry = next(e for e in history_of(body) if e.what == "数据库中改动")
    assert (entry.who, entry.tone, entry.detail) == ("未经操作记录", "caution", "简称：由“长”改为“暗改”")


def test_a_change_after_an_act_in_the_same_transaction_is_not_the_act_s(body: Body) -> None:
    lengthen(SYSTEM, body)
    body.refresh_from_db()
    body.short_name = "之后"
    body.save()
    assert {(e.what, e.detail) for e in history_of(body) if e.detail} == {
        ("数据库中改动", "简称：由“长”改为“之后”"),
        ("改长", "简称：填写为“长”"),
    }


def test_a_refused_act_marks_nothing_that_follows(body: Body) -> None:
    Body.objects.filter(pk=body.pk).update(contact_fax="1")
    with pytest.raises(Refused):
        lengthen(SYSTEM, body)
    Body.objects.filter(pk=body.pk).update(contact_fax="", short_name="暗改")
    assert [e.what for e in history_of(body)] == ["数据库中改动", "数据库中改动", "数据库中新增"]


def test_the_number_of_queries_does_not_grow_with_the_history(body: Body) -> None:
    parents = [Body.objects.create(kind="other", name=f"机关{n}") for n in range(12)]

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            history_of(body)
        return len(captured)

    for parent in parents[:2]:
        move(SYSTEM, body, parent=parent)
    few = queries()
    for parent in parents[2:]:
        move(SYSTEM, body, parent=parent)
    assert queries() == few <= 3
    assert len(history_of(body)) == 13


def test_a_long_history_is_cut_to_the_newest(body: Body) -> None:
    for _ in range(6):
        lengthen(SYSTEM, body)
    entries = history_of(body, newest=4)
    assert [e.what for e in entries] == ["改长"] * 4
    assert entries[0].detail.endswith("改为“长长长长长长”")
    assert entries[-1].detail.endswith("改为“长长长”")

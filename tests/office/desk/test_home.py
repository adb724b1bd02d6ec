"""The staff's home: roles, cards in their order, plain words where there is nothing, what one did last."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from office.world import World

from gongkai.office.acts.models import Act, Mail
from gongkai.office.bodies.models import Body, Person, RoleHolding, StandIn
from gongkai.office.bodies.roles import Role
from gongkai.office.desk.views.home import sections
from gongkai.office.look.cards import Card

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def text(client: Client) -> str:
    page = client.get("/")
    assert page.status_code == 200
    return page.content.decode()


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/").headers["Location"].startswith("/account/login/")


def test_it_greets_with_the_roles_of_today(as_role: As) -> None:
    page = text(as_role("handler"))
    assert "承办人甲，您好" in page
    assert "清源县民政局 承办人" in page


def test_who_has_no_role_is_told_whom_to_ask(as_role: As) -> None:
    page = text(as_role("no_role"))
    assert "您还没有角色" in page
    assert "安全保密管理员" in page


def test_who_stands_in_is_told_for_whom_and_as_what(world: World, as_role: As) -> None:
    today = timezone.localdate()
    StandIn.objects.create(
        absent=world.people["signatory"],
        deputy=world.people["handler"],
        body=world.own,
        valid_from=today,
        valid_to=today,
    )
    page = text(as_role("handler"))
    assert "今天您代<strong>签发人甲</strong>行使：清源县民政局签发人" in page


def card(title: str, group: str, count: int | None = 1, order: int = 100) -> Card:
    return Card(title, count, group=group, order=order)


def test_what_is_late_comes_first_and_within_a_group_what_has_something() -> None:
    shown = sections(
        {
            "waiting": [
                card("空的", "waiting", 0, 1),
                card("三件", "waiting", 3, 2),
                card("不计数", "waiting", None, 3),
            ],
            "late": [card("逾期", "late")],
            "stuck": [],
            "overview": [card("概况", "overview", None)],
        }
    )
    assert [one.heading for one in shown] == ["已经逾期", "等我办理", "全县概况"]
    assert [one.title for one in shown[1].cards] == ["三件", "不计数", "空的"]


def test_nothing_waiting_and_nothing_late_is_said_in_words() -> None:
    shown = sections({"waiting": [card("空的", "waiting", 0)]})
    assert [(one.heading, one.cards, one.empty) for one in shown] == [
        ("已经逾期", [], "没有逾期的事项。"),
        ("等我办理", [], "目前没有等您办理的事项。有新的事项时，会列在这里。"),
    ]


def test_one_s_own_last_acts_lead_to_their_things(world: World, as_role: As) -> None:
    me = world.people["handler"]
    common = {"actor_name": me.name, "thing_type": "bodies.body", "thing_id": str(world.own.pk)}
    Act.objects.create(verb="x", label="编辑机关", actor_id=me.pk, thing_name="清源县民政局", **common)
    Act.objects.create(verb="bodies.sign_in", label="登录", actor_id=me.pk, thing_name="承办人甲", **common)
    Act.objects.create(verb="x", label="撤销机关", actor_id=me.pk + 1, thing_name="别人办的", **common)
    page = text(as_role("handler"))
    assert f'<a href="/bodies/{world.own.pk}/">编辑机关：清源县民政局</a>' in page
    assert "登录：" not in page
    assert "别人办的" not in page


def test_only_who_reaches_the_whole_county_sees_it_at_a_glance(as_role: As) -> None:
    assert "全县概况" in text(as_role("supervisor"))
    assert "全县概况" not in text(as_role("handler"))


def test_every_card_leads_to_a_page_that_opens(world: World, as_role: As) -> None:
    Mail.objects.create(to="a@b.cn", subject="期限将至", text="", message_id="1", state=Mail.State.UNCERTAIN)
    today = timezone.localdate()
    RoleHolding.objects.update(valid_to=today + datetime.timedelta(days=3))
    followed = 0
    for role in [*Role, "no_role"]:
        client = as_role(str(role))
        for section in client.get("/").context["sections"]:
            for one in section.cards:
                for href in {one.href, *(item.href for item in one.items)} - {""}:
                    assert client.get(href).status_code == 200, (role, one.title, href)
                    followed += 1
    assert followed > 20


def test_the_number_of_queries_does_not_grow_with_the_county(world: World, as_role: As) -> None:
    client = as_role("supervisor")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        return len(captured)

    queries()
    few = queries()
    for n in range(40):
        body = Body.objects.create(kind="township", name=f"第{n}镇人民政府", parent=world.county)
        person = Person.objects.create(account=f"p{n}", name=f"人{n}", body=body)
        RoleHolding.objects.create(person=person, role=Role.HANDLER, body=body, valid_from=datetime.date(2020, 1, 1))
        Act.objects.create(
            verb="x", label="写入", actor_id=world.people["supervisor"].pk, actor_name="x", thing_type="bodies.body",
            thing_id=str(body.pk), thing_name=body.name,
        )  # fmt: skip
    assert queries() == few
    assert few <= 30

"""All people within one's staff_reach, as a list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Person, RoleHolding
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.bodies import options
from gongkai.office.bodies.selectors.people import visible_people, with_roles
from gongkai.office.bodies.selectors.standing import staff_reach
from gongkai.office.bodies.views.acting import allowed_actions
from gongkai.office.look.badges import Badge
from gongkai.office.look.frame import Action
from gongkai.office.look.lists import Choice, Column, Listing, Search, YesNo


def _roles(person: Any) -> str:
    """「财政局审核人、承办人；代李华（教育局）」: the body only where it is another than the person's own."""
    parts = [
        f"{'' if held.body_id == person.body_id else held.body.name}{held.get_role_display()}"
        for held in person.roles_now
    ]
    parts += [f"代{row.absent.name}（{row.body.name}）" for row in person.deputising_now]
    return "、".join(parts)


def _with_role(people: QuerySet[Person], role: str) -> QuerySet[Person]:
    return people.filter(pk__in=RoleHolding.objects.on(timezone.localdate()).filter(role=role).values("person"))


def _with_any_role(people: QuerySet[Person], has: bool) -> QuerySet[Person]:
    holders = RoleHolding.objects.on(timezone.localdate()).values("person")
    return people.filter(pk__in=holders) if has else people.exclude(pk__in=holders)


def _bodies(request: HttpRequest) -> list[tuple[str, str]]:
    within = staff_reach(request.user)
    return [(str(pk), label) for pk, label in options() if within is None or pk in within]


LISTING = Listing(
    columns=[
        Column("name", "姓名", sort="name"),
        Column("account", "登录名", sort="account"),
        Column("body", "所在机关", value=lambda p: p.body.name, sort=("body__order", "body__name")),
        Column("position", "职务", sort="position"),
        Column("roles", "今天的角色", value=_roles, wrap=True),
        Column(
            "is_active",
            "账号",
            value=lambda p: Badge("在用", "good") if p.is_active else Badge("停用"),
            sort="is_active",
        ),
        Column("last_login", "最近登录", sort="last_login", shown=False),
        Column("created_at", "建立时间", sort="created_at", shown=False),
    ],
    filters=[
        Search(on=["name", "account", "position"], hint="姓名、登录名或职务"),
        Choice("body", "所在机关", choices=_bodies),
        Choice("role", "角色", choices=Role.choices, change=_with_role),
        YesNo("any_role", "有无角色", change=_with_any_role, yes="有", no="无"),
        YesNo("is_active", "账号", yes="在用", no="停用"),
    ],
    row_link=lambda person: reverse("bodies:person", args=[person.pk]),
    empty="没有人员",
)


@may("bodies.see_people")
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """The list, with filters and exports."""
    return LISTING.respond(
        request,
        with_roles(visible_people(request.user)),
        title="人员",
        actions=allowed_actions(
            request,
            None,
            ("bodies.create_person", Action("新增人员", reverse("bodies:create_person"), "user-plus", primary=True)),
            ("bodies.upload_import", Action("从表格导入", reverse("bodies:imports"), "upload")),
        ),
    )

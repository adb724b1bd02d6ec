"""A person: who, where, with which rights now and ever, and by whom and on what ground they were given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.office.bodies.gate import may, signed_in
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.selectors.history import history_of_person
from gongkai.office.bodies.selectors.people import visible_people
from gongkai.office.bodies.selectors.rights import Right, rights_of
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.bodies.views.acting import allowed_actions, verdict
from gongkai.office.look.badges import Badge
from gongkai.office.look.components import Fact, Masked
from gongkai.office.look.frame import Action


@may("bodies.see_people")
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Rights ever held are for the administrators; everybody sees their own on ``me``."""
    one = get_object_or_404(visible_people(request.user).select_related("body"), pk=pk)
    context = {
        "title": one.name,
        "subtitle": f"{one.body.name}　{one.position}".strip(),
        "breadcrumbs": [("人员", reverse("bodies:people"))],
        "actions": _actions(request, one),
        "person": one,
        "facts": person_facts(request, one),
        "standings": standings(one),
    }
    if verdict(request, "bodies.see_rights_of_person", one) or one.pk == request.user.pk:
        rights = rights_of(one)
        context |= {
            "rights": [_line(request, right, own=False) for right in rights],
            "timeline": history_of_person(one, rights),
        }
    return render(request, "bodies/person.html", context)


@signed_in
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """我的账号: own roles, stand-ins, data."""
    one: Any = Person.objects.select_related("body").get(pk=request.user.pk)
    rights = rights_of(one)
    context = {
        "title": "我的账号",
        "subtitle": f"{one.name}　{one.body.name}　{one.position}".strip(),
        "actions": [
            Action("编辑本人资料", reverse("bodies:edit_own_data"), "pencil"),
            Action("设定代行人", reverse("bodies:set_own_stand_in"), "user-plus", primary=True),
        ],
        "person": one,
        "facts": person_facts(request, one),
        "standings": standings(one),
        "rights": [_line(request, right, own=True) for right in rights],
        "timeline": history_of_person(one, rights),
        "mine": True,
    }
    return render(request, "bodies/person.html", context)


def person_facts(request: HttpRequest, one: Person) -> list[Fact]:
    """What is known of a person; personal data masked, and the identity number not even so for colleagues."""
    may_reveal = verdict(request, "bodies.reveal", one)
    return [
        Fact("姓名", one.name),
        Fact("登录名", one.account),
        Fact("所在机关", one.body.name, href=reverse("bodies:body", args=[one.body_id])),
        Fact("职务", one.position),
        Fact("电子邮箱", one.email),
        Fact("手机号码", _masked(one, "mobile", bool(may_reveal))),
        *(
            [Fact("身份证号码", _masked(one, "identity_number", bool(may_reveal)))]
            if may_reveal or _own(request, one)
            else []
        ),
        Fact("账号", Badge("在用", "good") if one.is_active else Badge("停用")),
        Fact("最近登录", one.last_login),
    ]


def _own(request: HttpRequest, one: Person) -> bool:
    return bool(one.pk == request.user.pk)


def _masked(one: Person, field: str, may_reveal: bool) -> Masked | None:
    value = getattr(one, field)
    if not value:
        return None
    href = reverse("bodies:reveal_person", args=[one.pk, field]) if may_reveal else ""
    return Masked(str(value), href, str(Person._meta.get_field(field).verbose_name))


def _line(request: HttpRequest, right: Right, *, own: bool) -> dict[str, Any]:
    """A right with its state and, where it may be ended, the address for that."""
    today = timezone.localdate()
    over = right.withdrawn or (right.valid_to is not None and right.valid_to < today)
    end = ""
    if not over and right.holding and not own and verdict(request, "bodies.end_role", right.holding):
        end = reverse("bodies:end_role", args=[right.holding.pk])
    elif not over and right.stand_in and own and verdict(request, "bodies.end_own_stand_in", right.stand_in):
        end = reverse("bodies:end_own_stand_in", args=[right.stand_in.pk])
    elif not over and right.stand_in and not own and verdict(request, "bodies.end_stand_in", right.stand_in):
        end = reverse("bodies:end_stand_in", args=[right.stand_in.pk])
    return {"right": right, "state": right.state_on(today), "end": end}


def _actions(request: HttpRequest, one: Person) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"bodies:{name}", args=[one.pk])

    return allowed_actions(
        request,
        one,
        ("bodies.edit_person", Action("编辑", to("edit_person"), "pencil", primary=True)),
        ("bodies.grant_role", Action("授予角色", to("grant_role"), "key", primary=True)),
        ("bodies.set_stand_in", Action("设定代行人", to("set_stand_in"), "user-plus")),
        ("bodies.reset_password", Action("登录与密码", reverse("sign_in:person", args=[one.pk]), "lock")),
        ("bodies.deactivate_person", Action("停用账号", to("deactivate_person"), "ban")),
        ("bodies.reactivate_person", Action("启用账号", to("reactivate_person"), "circle-check")),
    )

"""Roles are given and ended, deputies named: by the security administrator, and by people for themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.office.bodies.forms import person as forms
from gongkai.office.bodies.gate import may, signed_in
from gongkai.office.bodies.models import Body, Person, RoleHolding, StandIn
from gongkai.office.bodies.roles import ADMINISTRATORS
from gongkai.office.bodies.services import rights, stand_ins
from gongkai.office.bodies.views.acting import act_by_form, demand
from gongkai.office.bodies.views.person_acts import crumbs, person_for

_asks = require_http_methods(["GET", "HEAD", "POST"])


@may("bodies.grant_role")
@_asks
def grant_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A role for the person."""
    person = person_for(request, pk, "bodies.grant_role")
    page = reverse("bodies:person", args=[person.pk])
    return act_by_form(
        request,
        forms.GrantForm(request.POST or None, person=person),
        lambda data: rights.grant_role(request.actor, person, **data),
        done="已授予：{}",
        back=page,
        title=f"授予{person.name}角色",
        submit="授予",
        cancel=page,
        breadcrumbs=crumbs(person),
    )


@may("bodies.end_role")
@_asks
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A role ends."""
    holding = get_object_or_404(RoleHolding.objects.select_related("person", "body"), pk=pk)
    demand(request, "bodies.end_role", holding)
    page = reverse("bodies:person", args=[holding.person_id])
    return act_by_form(
        request,
        forms.EndForm(request.POST or None),
        lambda data: rights.end_role(request.actor, holding, **data),
        done="已终止：{}",
        back=page,
        title="终止角色",
        submit="终止",
        intro=str(holding),
        cancel=page,
        breadcrumbs=crumbs(holding.person),
        extra={"danger": True},
    )


@may("bodies.set_stand_in")
@_asks
def set_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody acts for the person, who cannot say so."""
    person = person_for(request, pk, "bodies.set_stand_in")
    page = reverse("bodies:person", args=[person.pk])
    return act_by_form(
        request,
        forms.StandInForm(request.POST or None, absent=person, bodies=_bodies_of(person)),
        lambda data: stand_ins.set_stand_in(request.actor, person, **data),
        done="已设定：{}",
        back=page,
        title=f"设定{person.name}的代行人",
        submit="设定",
        cancel=page,
        breadcrumbs=crumbs(person),
    )


@signed_in
@_asks
def set_own_stand_in(request: HttpRequest) -> HttpResponse:
    """Somebody acts for me while I am away."""
    person: Any = Person.objects.get(pk=request.user.pk)
    me = reverse("bodies:me")
    bodies = _bodies_of(person)
    return act_by_form(
        request,
        forms.StandInForm(request.POST or None, absent=person, bodies=bodies),
        lambda data: stand_ins.set_own_stand_in(request.actor, person, **data),
        done="已设定：{}",
        back=me,
        title="设定本人代行人",
        submit="设定",
        intro="您不在时，由代行人在所选机关行使您的角色；操作记录会写明代谁行使。"
        if bodies
        else "您目前没有可以代行的角色。",
        cancel=me,
        breadcrumbs=[("我的账号", me)],
    )


@may("bodies.end_stand_in")
@_asks
def end_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The security administrator ends it."""
    row = get_object_or_404(StandIn.objects.select_related("absent", "deputy", "body"), pk=pk)
    demand(request, "bodies.end_stand_in", row)
    page = reverse("bodies:person", args=[row.absent_id])
    return _end(request, row, lambda data: stand_ins.end_stand_in(request.actor, row, **data), page, crumbs(row.absent))


@signed_in
@_asks
def end_own_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """I am back earlier. Others' stand-ins are not found."""
    rows = StandIn.objects.filter(absent=request.user.pk).select_related("absent", "deputy", "body")
    row = get_object_or_404(rows, pk=pk)
    me = reverse("bodies:me")
    return _end(
        request, row, lambda data: stand_ins.end_own_stand_in(request.actor, row, **data), me, [("我的账号", me)]
    )


def _end(request: HttpRequest, row: StandIn, perform: Any, page: str, way: list[tuple[str, str]]) -> HttpResponse:
    return act_by_form(
        request,
        forms.EndForm(request.POST or None),
        perform,
        done="已终止：{}",
        back=page,
        title="终止代行",
        submit="终止",
        intro=str(row),
        cancel=page,
        breadcrumbs=way,
    )


def _bodies_of(person: Person) -> list[Body]:
    """Where the person has, today or later, roles that a deputy could exercise."""
    held = RoleHolding.objects.from_day(timezone.localdate()).filter(person=person).exclude(role__in=ADMINISTRATORS)
    return list(Body.objects.filter(pk__in=held.values("body")))

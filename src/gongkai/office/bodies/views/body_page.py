"""A body: what it is, was called, whom it has, what its guide lacks, what happened to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.office.acts.timeline import history_of
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.selectors.bodies import GUIDE_FIELDS, guide_missing, names_by_date
from gongkai.office.bodies.selectors.people import with_roles
from gongkai.office.bodies.selectors.rights import held_in
from gongkai.office.bodies.selectors.standing import staff_reach
from gongkai.office.bodies.services.body_facts import CONTACT_FIELDS
from gongkai.office.bodies.views.acting import allowed_actions, verdict
from gongkai.office.bodies.views.body_list import chosen_day
from gongkai.office.look.components import Fact
from gongkai.office.look.frame import Action
from gongkai.office.look.words import date_cn

_PEOPLE = 50  # on the page; all of them are in the list of people
_FACTS = ("kind", "short_name", "uscc", "division_code", "established_on", "abolished_on")


@may("bodies.see_bodies")
@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts are open to everybody; people, rights and history to those within whose staff_reach the body lies."""
    one = get_object_or_404(Body.objects.select_related("parent"), pk=pk)
    day, note = chosen_day(request)
    within = staff_reach(request.user)
    inside = within is None or one.pk in within
    context: dict[str, Any] = {
        "title": one.name,
        "subtitle": "已撤销" if one.is_abolished else "",
        "breadcrumbs": [("机关", reverse("bodies:bodies"))],
        "actions": _actions(request, one),
        "body": one,
        "facts": _facts(one),
        "contact": [_contact(one, name) for name in CONTACT_FIELDS],
        "missing": [] if one.is_abolished else guide_missing(one),
        "may_edit_contact": verdict(request, "bodies.edit_contact", one),
        "names": names_by_date(one),
        "aliases": one.aliases.all(),
        "may_keep_aliases": verdict(request, "bodies.add_alias", one),
        "became": one.successions.select_related("successor"),
        "came_from": one.inheritances.select_related("predecessor"),
        "children": one.children.filter(abolished_on=None),
        "inside": inside,
        "day": day,
        "note": note,
    }
    if inside:
        people = list(with_roles(one.people.filter(is_active=True))[: _PEOPLE + 1])
        context |= {
            "held": held_in(one, day),
            "people": people[:_PEOPLE],
            "all_people": f"{reverse('bodies:people')}?body={one.pk}&is_active=yes" if len(people) > _PEOPLE else "",
            "timeline": history_of(one),
        }
    return render(request, "bodies/body.html", context)


def _facts(one: Body) -> list[Fact]:
    facts = [Fact(str(Body._meta.get_field(name).verbose_name), _value(one, name)) for name in _FACTS]
    above = Fact("上级机关", one.parent.name if one.parent else None)
    if one.parent:
        above = Fact("上级机关", one.parent.name, href=reverse("bodies:body", args=[one.parent.pk]))
    return [above, *(fact for fact in facts if fact.value or fact.label != "撤销日期")]


def _contact(one: Body, name: str) -> Fact:
    value = getattr(one, name)
    lacking = not value and name in GUIDE_FIELDS
    return Fact(str(Body._meta.get_field(name).verbose_name), value, note="指南须载明，尚未填写" if lacking else "")


def _value(one: Body, name: str) -> object:
    value = getattr(one, name)
    if name == "kind":
        return one.get_kind_display()
    return date_cn(value) if name.endswith("_on") else value


def _actions(request: HttpRequest, one: Body) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"bodies:{name}", args=[one.pk])

    return allowed_actions(
        request,
        one,
        ("bodies.edit_body", Action("编辑", to("edit_body"), "pencil", primary=True)),
        ("bodies.create_body", Action("新增下级机关", f"{reverse('bodies:create_body')}?parent={one.pk}", "plus")),
        ("bodies.create_person", Action("新增人员", f"{reverse('bodies:create_person')}?body={one.pk}", "user-plus")),
        ("bodies.rename_body", Action("更名", to("rename_body"))),
        ("bodies.correct_name", Action("更正名称", to("correct_name"))),
        ("bodies.record_former_name", Action("补记曾用名", to("record_former_name"))),
        ("bodies.move_body", Action("调整上级", to("move_body"))),
        ("bodies.merge_body", Action("并入", to("merge_body"))),
        ("bodies.split_body", Action("分设", to("split_body"))),
        ("bodies.abolish_body", Action("撤销", to("abolish_body"))),
    )

"""Bodies end and others take over: abolished, merged into another, split into several.

On the day itself the body is no more: its roles end the day before, so nobody acts for it any longer.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body, Person, RoleHolding, StandIn, Succession
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.roles import ADMINISTRATORS
from gongkai.office.bodies.services.changes import change, refuse
from gongkai.office.bodies.services.refusals import refusals_in_words
from gongkai.office.bodies.services.terms import end_terms
from gongkai.office.bodies.services.tree import hold_tree, is_within
from gongkai.office.look.words import date_cn


@verb("bodies.abolish_body", "撤销机关", policy=policy, first=hold_tree)
def abolish_body(actor: Actor, body: Body, on: datetime.date, *, version: int | None = None) -> Done:
    """The body is no more from ``on`` (not after today); nobody takes over. Bodies below it must go elsewhere first."""
    _refuse_children(body)
    return Done(body, _end(body, on, version))


@verb("bodies.merge_body", "机关并入", policy=policy, first=hold_tree)
def merge_body(actor: Actor, body: Body, into: Body, on: datetime.date, *, version: int | None = None) -> Done:
    """From ``on`` ``into`` does what ``body`` did: people and bodies below come to it, roles in ``body`` end."""
    _refuse_successor(body, into, on)
    if is_within(into, body):
        refuse(into=f"{into}是{body}的下级，请先调整它的上级机关")
    detail = _end(body, on, version)
    children = list(body.children.filter(abolished_on=None))
    for child in children:
        change(child, {"parent": into})
    Succession.objects.create(kind=Succession.Kind.MERGER, predecessor=body, successor=into, on=on)
    moved = _move_people(body, into)
    return Done(
        body, {**detail, "并入": into.name, "转入人员": moved, "转入下级机关": [child.name for child in children]}
    )


@verb("bodies.split_body", "机关分设", policy=policy, first=hold_tree)
def split_body(
    actor: Actor,
    body: Body,
    into: Sequence[Body],
    on: datetime.date,
    *,
    abolish: bool,
    people_to: Body | None = None,
    version: int | None = None,
) -> Done:
    """From ``on`` duties of ``body`` lie with the bodies ``into`` (entered before). ``abolish``: it ends itself.

    ``people_to``: where its people come when it ends; without, they wait to be placed one by one.
    """
    if len({one.pk for one in into}) < (2 if abolish else 1):
        refuse(into="撤销原机关的分设，应选两个以上承继机关" if abolish else "应选至少一个承继机关")
    for one in into:
        _refuse_successor(body, one, on)
    if people_to is not None and people_to.pk not in {one.pk for one in into}:
        refuse(people_to="人员应转入承继机关之一")
    if abolish:
        _refuse_children(body)
        detail = _end(body, on, version)
    else:
        _refuse_day(body, on)
        detail = change(body, {}, version)
    with refusals_in_words():
        Succession.objects.bulk_create(
            Succession(kind=Succession.Kind.SPLIT, predecessor=body, successor=one, on=on) for one in into
        )
    moved = _move_people(body, people_to) if abolish and people_to else 0
    return Done(
        body, {**detail, "承继机关": [one.name for one in into], "日期": on, "原机关撤销": abolish, "转入人员": moved}
    )


def _end(body: Body, on: datetime.date, version: int | None) -> dict[str, Any]:
    _refuse_day(body, on)
    last_day = on - datetime.timedelta(days=1)
    holdings = RoleHolding.objects.filter(body=body).from_day(on)
    if administrators := holdings.filter(role__in=ADMINISTRATORS).select_related("person").first():
        refuse(
            on=f"{administrators.person}在该机关担任{administrators.get_role_display()}，"
            "请先由安全保密管理员在其他机关授予并终止此处的角色"
        )
    ended = end_terms(holdings, last_day)
    end_terms(StandIn.objects.filter(body=body).from_day(on), last_day)
    with refusals_in_words():
        detail = change(body, {"abolished_on": on}, version)
    return {**detail, "终止角色": ended}


def _refuse_day(body: Body, on: datetime.date) -> None:
    if on > timezone.localdate():
        refuse(on="日期不能晚于今天；请在生效当日办理")
    if body.established_on and on <= body.established_on:
        refuse(on=f"应在成立日期（{date_cn(body.established_on)}）之后")


def _refuse_successor(body: Body, into: Body, on: datetime.date) -> None:
    if into.pk == body.pk:
        refuse(into="承继机关不能是原机关自身")
    into.refresh_from_db(fields=["abolished_on", "established_on"])
    if into.is_abolished:
        refuse(into=f"{into}已撤销，不能承继")
    if into.established_on and into.established_on > on:
        refuse(into=f"{into}于{date_cn(into.established_on)}成立，晚于变动日期")


def _refuse_children(body: Body) -> None:
    names = list(body.children.filter(abolished_on=None).values_list("name", flat=True)[:3])
    if names:
        refuse(on=f"还有下级机关（{'、'.join(names)}等），请先调整它们的上级机关")


def _move_people(body: Body, to: Body) -> int:
    return Person.objects.filter(body=body).update(body=to, version=F("version") + 1)

"""What a body is called: renamed from a day, put right, known by other names. Old years keep old names."""

from __future__ import annotations

import datetime

from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Alias, Body, FormerName
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.services.changes import change, check, refuse
from gongkai.office.bodies.services.refusals import refusals_in_words
from gongkai.office.look.words import date_cn


@verb("bodies.rename_body", "机关更名", policy=policy)
def rename_body(
    actor: Actor, body: Body, name: str, on: datetime.date, *, short_name: str = "", version: int | None = None
) -> Done:
    """From ``on`` the body is called ``name``; until the day before it was called as now.

    ``on`` lies after the last renaming and not after today: whoever asks for the name today must not get tomorrow's.
    """
    if on > timezone.localdate():
        refuse(on="更名日期不能晚于今天；请在更名生效当日办理")
    if body.established_on and on <= body.established_on:
        refuse(on=f"更名日期应在成立日期（{date_cn(body.established_on)}）之后")
    if (last := body.former_names.order_by("-until").first()) and on <= last.until:
        refuse(on=f"应在上一次更名（{date_cn(last.until)}）之后；更早的名称请用“补记曾用名”")
    if name == body.name:
        refuse(name="新名称与现名称相同")
    _refuse_taken(body, name)
    former = FormerName(body=body, name=body.name, short_name=body.short_name, until=on)
    with refusals_in_words():
        detail = change(body, {"name": name, "short_name": short_name}, version)
        former.save(force_insert=True)
    return Done(body, {**detail, "更名日期": on})


@verb("bodies.correct_name", "更正机关名称", policy=policy)
def correct_name(actor: Actor, body: Body, name: str, *, version: int | None = None) -> Done:
    """The name was entered wrongly: it is put right, and no former name remains."""
    _refuse_taken(body, name)
    with refusals_in_words():
        return Done(body, change(body, {"name": name}, version))


@verb("bodies.record_former_name", "补记曾用名", policy=policy)
def record_former_name(actor: Actor, body: Body, name: str, until: datetime.date, *, short_name: str = "") -> Done:
    """A name from before the office knew the body: borne until the day before ``until``."""
    if until > timezone.localdate():
        refuse(until="停用日期不能晚于今天；今后更名请用“更名”")
    if body.established_on and until <= body.established_on:
        refuse(until=f"应在成立日期（{date_cn(body.established_on)}）之后")
    former = FormerName(body=body, name=name, short_name=short_name, until=until)
    check(former)
    if body.former_names.filter(until=until).exists():
        refuse(until="这一天已有一次更名")
    with refusals_in_words():
        former.save(force_insert=True)
    return Done(body, {**change(body, {}), "曾用名": name, "停用日期": until})


@verb("bodies.add_alias", "增加别名", policy=policy)
def add_alias(actor: Actor, body: Body, name: str) -> Done:
    """Another name under which documents and people mean this body."""
    if name in (body.name, body.short_name):
        refuse(name="这就是现在的全称或简称，不必另记")
    alias = Alias(body=body, name=name)
    check(alias)
    if body.aliases.filter(name=name).exists():
        refuse(name="已有这个别名")
    with refusals_in_words():
        alias.save(force_insert=True)
    return Done(body, {"别名": name})


@verb("bodies.remove_alias", "删除别名", policy=policy)
def remove_alias(actor: Actor, body: Body, name: str) -> Done:
    """The alias is no more; that it was stays in the log."""
    if not body.aliases.filter(name=name).delete()[0]:
        refuse(name="没有这个别名，可能已被删除")
    return Done(body, {"别名": name})


def _refuse_taken(body: Body, name: str) -> None:
    if Body.objects.filter(name=name, abolished_on=None).exclude(pk=body.pk).exists():
        refuse(name="已有同名的机关")

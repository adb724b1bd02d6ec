"""A body is entered, and its facts are edited."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.services.changes import change, check, in_words, refuse
from gongkai.office.bodies.services.refusals import refusals_in_words

# What the guide must state of the office in charge (条例 12): kept by the body itself, too.
CONTACT_FIELDS = (
    "contact_office",
    "contact_address",
    "contact_postcode",
    "contact_hours",
    "contact_phone",
    "contact_fax",
    "contact_internet",
)
# The name and the place in the tree have verbs of their own: old years keep old names.
EDITABLE_FIELDS = ("kind", "short_name", "uscc", "division_code", "established_on", "order", *CONTACT_FIELDS)


@verb("bodies.create_body", "新增机关", policy=policy)
def create_body(actor: Actor, parent: Body | None, *, kind: str, name: str, **facts: Any) -> Done:
    """A new body below ``parent`` (the county government itself: ``None``). ``facts``: some ``EDITABLE_FIELDS``."""
    _refuse_unknown(facts)
    if parent is not None and parent.is_abolished:
        refuse(parent=f"{parent}已撤销，不能作上级机关")
    values = {"kind": kind, "name": name, **facts}
    body = Body(parent=parent, **values)
    check(body)
    _refuse_twice(body)
    _refuse_later("established_on", body.established_on)
    with refusals_in_words():
        body.save(force_insert=True)
    return Done(body, {"version": body.version, "values": in_words({"parent": parent, **values}, Body)})


@verb("bodies.edit_body", "编辑机关", policy=policy)
def edit_body(actor: Actor, body: Body, values: dict[str, Any], *, version: int | None = None) -> Done:
    """Facts of a body. ``values``: fields of ``EDITABLE_FIELDS``; ``version``: the one that the editor saw."""
    _refuse_unknown(values)
    _refuse_later("established_on", values.get("established_on"))
    if values.get("uscc"):
        _refuse_twice(Body(pk=body.pk, name="", uscc=values["uscc"]))
    with refusals_in_words():
        return Done(body, change(body, values, version))


@verb("bodies.edit_contact", "编辑公开指南联系信息", policy=policy)
def edit_contact(actor: Actor, body: Body, values: dict[str, Any], *, version: int | None = None) -> Done:
    """What the guide states of the body's disclosure office (条例 12). ``values``: fields of ``CONTACT_FIELDS``."""
    _refuse_unknown(values, CONTACT_FIELDS)
    return Done(body, change(body, values, version))


def _refuse_unknown(values: dict[str, Any], known: tuple[str, ...] = EDITABLE_FIELDS) -> None:
    if unknown := set(values) - set(known):
        raise TypeError(f"not edited here: {sorted(unknown)}")


def _refuse_later(field: str, day: datetime.date | None) -> None:
    if day is not None and day > timezone.localdate():
        refuse(**{field: "日期不能晚于今天"})


def _refuse_twice(body: Body) -> None:
    others: QuerySet[Body] = Body.objects.exclude(pk=body.pk)
    if body.uscc and (other := others.filter(uscc=body.uscc).first()):
        refuse(uscc=f"{other}已使用这个统一社会信用代码")
    if body.name and others.filter(name=body.name, abolished_on=None).exists():
        refuse(name="已有同名的机关；如机关已更名，请在该机关页面办理“更名”")

"""Roles are given and end. The security administrator's part alone (三员分立, GB/T 22239—2019)."""

from __future__ import annotations

import datetime

from django.db import connection
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body, Person, RoleHolding
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.roles import ADMINISTRATORS, Role
from gongkai.office.bodies.services.changes import refuse
from gongkai.office.bodies.services.refusals import refusals_in_words
from gongkai.office.bodies.services.tree import keep_tree
from gongkai.office.look.words import date_cn

_SECURITY_ADMINISTRATORS = 7301603  # advisory lock


def grant_role(
    actor: Actor,
    person: Person,
    role: Role | str,
    body: Body,
    *,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
    ground: str = "",
) -> RoleHolding:
    """``person`` holds ``role`` in ``body`` from a day to a day (both included; no end: ``None``).

    ``ground``: the document that appoints; it stays with the holding and in the log. People give rights from today on;
    the system (first set-up, demonstration) also for the past.
    """
    holding: RoleHolding = _grant(
        actor, person, Role(role), body, valid_from=valid_from, valid_to=valid_to, basis=ground, ground=ground
    )
    return holding


@verb("bodies.grant_role", "授予角色", policy=policy, first=keep_tree)
def _grant(
    actor: Actor,
    person: Person,
    role: Role,
    body: Body,
    *,
    valid_from: datetime.date,
    valid_to: datetime.date | None,
    basis: str,
) -> Done:
    refuse_dates(actor, valid_from, valid_to)
    if not person.is_active:
        refuse(person=f"{person}的账号已停用，请先启用")
    body = Body.objects.get(pk=body.pk)  # as it is and stays, now that the tree is kept
    if body.abolished_on and (valid_to is None or valid_to >= body.abolished_on):
        refuse(body=f"{body}已于{date_cn(body.abolished_on)}撤销，自该日起不能再有角色")
    if role == Role.SUPERVISOR and body.kind != "government_office":
        # 条例 3: the office of the government is in charge of disclosure in the county.
        refuse(body="主管部门审查员只能在政府办公室担任（《政府信息公开条例》第三条：办公室是本行政区域的主管部门）")
    _refuse_overlap(person, role, body, valid_from, valid_to)
    holding = RoleHolding(
        person=person, role=role, body=body, valid_from=valid_from, valid_to=valid_to, ground=basis[:200]
    )
    with refusals_in_words():
        holding.save(force_insert=True)
    return Done(holding, _detail(holding))


@verb("bodies.end_role", "终止角色", policy=policy)
def end_role(actor: Actor, holding: RoleHolding, last_day: datetime.date) -> Done:
    """The role ends after ``last_day``, which is yesterday (at once) or later, and before the end set so far.

    One that has not begun by then is withdrawn. The last security administrator stays: nobody else could give rights.
    """
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    if last_day < yesterday:
        refuse(last_day="不能倒签：最早可填昨天，即立即终止")
    if holding.valid_to is not None and last_day >= holding.valid_to:
        refuse(last_day=f"应早于原定的截止日期（{date_cn(holding.valid_to)}）；要延长，请从其后一日起另行授予")
    if holding.role == Role.SECURITY_ADMINISTRATOR:
        _refuse_last(holding, last_day)
    holding.valid_to = max(last_day, holding.valid_from - datetime.timedelta(days=1))
    holding.save(update_fields=["valid_to"])
    return Done(holding, _detail(holding))


def refuse_dates(actor: Actor, valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    """Raises ``ValidationError`` when the days are out of order, or a person gives rights for the past."""
    if valid_to is not None and valid_to < valid_from:
        refuse(valid_to="截止日期早于起始日期")
    if not actor.system and valid_from < timezone.localdate():
        refuse(valid_from="不能倒签：最早从今天起")


def _refuse_overlap(
    person: Person, role: Role, body: Body, valid_from: datetime.date, valid_to: datetime.date | None
) -> None:
    for other in RoleHolding.objects.filter(person=person).touching(valid_from, valid_to).select_related("body"):
        term = f"{date_cn(other.valid_from)}至{date_cn(other.valid_to) or '今后'}"
        if other.role == role and other.body_id == body.pk:
            refuse(role=f"{person}在{body}已有这一角色（{term}），不必重复授予")
        if role in ADMINISTRATORS and other.role in ADMINISTRATORS and other.role != role:
            refuse(
                role=f"{person}已任{other.get_role_display()}（{other.body}，{term}）；"
                "系统管理员、安全保密管理员、安全审计员须由三个人分别担任"
            )


def _refuse_last(holding: RoleHolding, last_day: datetime.date) -> None:
    # Two who end each other's role at once: the second one waits here, and then sees what the first has done. Each has
    # locked its own row by now, so that waiting for the rows themselves would be waiting for ever.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SECURITY_ADMINISTRATORS])
    day_after = last_day + datetime.timedelta(days=1)
    others = RoleHolding.objects.on(day_after).filter(role=Role.SECURITY_ADMINISTRATOR, person__is_active=True)
    if not others.exclude(pk=holding.pk).exists():
        refuse(last_day=f"{date_cn(day_after)}起将没有安全保密管理员，无人能够授权；请先授予另一人")


def _detail(holding: RoleHolding) -> dict[str, object]:
    return {
        "角色": holding.get_role_display(),
        "机关": holding.body.name,
        "自": holding.valid_from,
        "至": holding.valid_to or "长期",
    }

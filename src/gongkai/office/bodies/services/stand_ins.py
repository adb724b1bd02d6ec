"""While somebody is away, another acts for them: in one body, with the roles held there, for some days.

Administrators' roles do not pass to a deputy (``selectors.standing``): their stand-in is a second appointment.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body, Person, RoleHolding, StandIn
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.roles import ADMINISTRATORS
from gongkai.office.bodies.services.changes import refuse
from gongkai.office.bodies.services.refusals import refusals_in_words
from gongkai.office.bodies.services.rights import refuse_dates
from gongkai.office.bodies.services.tree import keep_tree
from gongkai.office.look.words import date_cn

# For every stand-in that is set, by whomever: longer is no absence but a change of office.
LONGEST = datetime.timedelta(days=366)


def set_own_stand_in(
    actor: Actor,
    absent: Person,
    deputy: Person,
    body: Body,
    *,
    valid_from: datetime.date,
    valid_to: datetime.date,
    ground: str = "",
) -> StandIn:
    """The person who will be away names the deputy; ``ground``: why away."""
    row: StandIn = _set_own(
        actor, absent, deputy, body, valid_from=valid_from, valid_to=valid_to, basis=ground, ground=ground
    )
    return row


def set_stand_in(
    actor: Actor,
    absent: Person,
    deputy: Person,
    body: Body,
    *,
    valid_from: datetime.date,
    valid_to: datetime.date,
    ground: str = "",
) -> StandIn:
    """The security administrator names the deputy of somebody who cannot; never oneself."""
    row: StandIn = _set(
        actor, absent, deputy, body, valid_from=valid_from, valid_to=valid_to, basis=ground, ground=ground
    )
    return row


@verb("bodies.set_own_stand_in", "设定本人代行人", policy=policy, first=keep_tree)
def _set_own(actor: Actor, absent: Person, deputy: Person, body: Body, **term: Any) -> Done:
    return _made(actor, absent, deputy, body, **term)


@verb("bodies.set_stand_in", "设定代行人", policy=policy, first=keep_tree)
def _set(actor: Actor, absent: Person, deputy: Person, body: Body, **term: Any) -> Done:
    if actor.person is not None and deputy.pk == actor.person.pk:
        refuse(deputy="不能指定自己代行：任何人不得给自己授权")
    return _made(actor, absent, deputy, body, **term)


@verb("bodies.end_own_stand_in", "终止本人代行", policy=policy)
def end_own_stand_in(actor: Actor, stand_in: StandIn, last_day: datetime.date) -> Done:
    """The person is back earlier."""
    return _ended(stand_in, last_day)


@verb("bodies.end_stand_in", "终止代行", policy=policy)
def end_stand_in(actor: Actor, stand_in: StandIn, last_day: datetime.date) -> Done:
    """The security administrator ends it."""
    return _ended(stand_in, last_day)


def _made(
    actor: Actor,
    absent: Person,
    deputy: Person,
    body: Body,
    *,
    valid_from: datetime.date,
    valid_to: datetime.date,
    basis: str,
) -> Done:
    refuse_dates(actor, valid_from, valid_to)
    if valid_to - valid_from > LONGEST:
        refuse(valid_to="代行最长一年；更长的，请由安全保密管理员另行授予角色")
    if deputy.pk == absent.pk:
        refuse(deputy="代行人不能是本人")
    if not deputy.is_active:
        refuse(deputy=f"{deputy}的账号已停用")
    _refuse_without_roles(absent, body, valid_from, valid_to)
    of_the_body = RoleHolding.objects.filter(person=deputy, body=body).touching(valid_from, valid_to)
    if deputy.body_id != body.pk and not of_the_body.exists():
        # A deputy sees the body's records: nobody from outside gets them by a colleague's holiday.
        refuse(deputy=f"{deputy}不在{body}工作，也没有该机关的角色，不能代行")
    if other := StandIn.objects.filter(absent=absent, body=body).touching(valid_from, valid_to).first():
        refuse(valid_from=f"{date_cn(other.valid_from)}至{date_cn(other.valid_to)}已由{other.deputy}代行")
    if other := StandIn.objects.filter(absent=deputy).touching(valid_from, valid_to).first():
        refuse(deputy=f"{deputy}自己在{date_cn(other.valid_from)}至{date_cn(other.valid_to)}由{other.deputy}代行")
    row = StandIn(absent=absent, deputy=deputy, body=body, valid_from=valid_from, valid_to=valid_to, ground=basis[:200])
    with refusals_in_words():
        row.save(force_insert=True)
    return Done(row, _detail(row))


def _refuse_without_roles(absent: Person, body: Body, valid_from: datetime.date, valid_to: datetime.date) -> None:
    roles = set(
        RoleHolding.objects.filter(person=absent, body=body)
        .touching(valid_from, valid_to)
        .values_list("role", flat=True)
    )
    if not roles:
        refuse(body=f"{absent}在这段时间内没有{body}的角色，无可代行")
    if roles <= ADMINISTRATORS:
        refuse(body="管理员角色不能代行：须由安全保密管理员另行授予，三员仍由三个人分别担任")


def _ended(row: StandIn, last_day: datetime.date) -> Done:
    if last_day < timezone.localdate() - datetime.timedelta(days=1):
        refuse(last_day="不能倒签：最早可填昨天，即立即终止")
    if last_day >= row.valid_to:
        refuse(last_day=f"应早于原定的截止日期（{date_cn(row.valid_to)}）；要延长，请另行设定")
    row.valid_to = max(last_day, row.valid_from - datetime.timedelta(days=1))
    row.save(update_fields=["valid_to"])
    return Done(row, _detail(row))


def _detail(row: StandIn) -> dict[str, object]:
    return {
        "缺席人": row.absent.name,
        "代行人": row.deputy.name,
        "机关": row.body.name,
        "自": row.valid_from,
        "至": row.valid_to,
    }

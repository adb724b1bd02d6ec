"""Who may do what to bodies, people and rights.

The three administrators are apart (三员分立): the system administrator keeps bodies and people and gives no rights; the
security administrator gives rights and makes nobody; the auditor only reads.
"""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.models import Alias, Body, FormerName, Import, Person, RoleHolding, StandIn
from gongkai.office.bodies.roles import ADMINISTRATORS, Role
from gongkai.office.bodies.rules import RolePolicy, Where, rule
from gongkai.office.bodies.selectors.standing import standings


def body_of(thing: Any) -> int | None:
    """The body that a thing of this app belongs to."""
    if isinstance(thing, Body):
        return thing.pk
    if isinstance(thing, Person | RoleHolding | StandIn | Alias | FormerName):
        return thing.body_id
    return None


def _standing(actor: Actor, body: Body) -> str:
    return f"{body}已撤销，不能再变动。" if body.is_abolished else ""


def _oneself(actor: Actor, person: Person) -> str:
    return "" if _is(actor, person.pk) else "只能处理本人的资料。"


def _own_absence(actor: Actor, thing: Person | StandIn) -> str:
    absent = thing.absent_id if isinstance(thing, StandIn) else thing.pk
    return "" if _is(actor, absent) else "只能设定本人的代行人。"


def _another(actor: Actor, thing: Person) -> str:
    return "不能给自己授权，请由另一名安全保密管理员办理。" if _is(actor, thing.pk) else ""


def _may_be_stopped(actor: Actor, person: Person) -> str:
    if _is(actor, person.pk):
        return "不能停用自己的账号。"
    if not person.is_active:
        return "该账号已经停用。"
    held = {one.role for one in standings(person) if not one.standing_in_for} & ADMINISTRATORS
    if held:
        role = min(held, key=list(Role).index)
        return f"{person}是{role.label}，请先由安全保密管理员终止其角色。"
    return ""


def _is_stopped(actor: Actor, person: Person) -> str:
    return "该账号正在使用，不必启用。" if person.is_active else ""


def _in_force(actor: Actor, thing: RoleHolding | StandIn) -> str:
    return "已经撤回。" if thing.was_withdrawn else ""


def _own_import(actor: Actor, one: Import) -> str:
    return "" if _is(actor, one.person_id) else "只能导入自己上传的表格。"


def _is(actor: Actor, person_id: int) -> bool:
    return actor.person is not None and actor.person.pk == person_id


_SYSTEM = Role.SYSTEM_ADMINISTRATOR
_SECURITY = Role.SECURITY_ADMINISTRATOR
_ADMINISTRATION = (_SYSTEM, _SECURITY, Role.AUDITOR, Role.SUPERVISOR)

policy = RolePolicy(
    "bodies",
    {
        # Which bodies there are is no secret: the public page lists them (国办公开办函〔2019〕61号).
        "bodies.see_bodies": rule(),
        "bodies.create_body": rule(_SYSTEM, guard=_standing),
        "bodies.edit_body": rule(_SYSTEM),
        "bodies.edit_contact": rule(
            _SYSTEM, Role.SUPERVISOR, Role.REGISTRAR, Role.HANDLER, where=Where.OWN, guard=_standing
        ),
        "bodies.rename_body": rule(_SYSTEM, guard=_standing),
        "bodies.correct_name": rule(_SYSTEM),
        "bodies.record_former_name": rule(_SYSTEM),
        "bodies.add_alias": rule(_SYSTEM),
        "bodies.remove_alias": rule(_SYSTEM),
        "bodies.move_body": rule(_SYSTEM, guard=_standing),
        "bodies.merge_body": rule(_SYSTEM, guard=_standing),
        "bodies.split_body": rule(_SYSTEM, guard=_standing),
        "bodies.abolish_body": rule(_SYSTEM, guard=_standing),
        # People: lists are cut to the bodies within reach (``selectors.people.visible_people``).
        "bodies.see_people": rule(),
        "bodies.create_person": rule(_SYSTEM, guard=_standing),
        "bodies.edit_person": rule(_SYSTEM),
        "bodies.reveal": rule(_SYSTEM, by_system=False),  # ``acts.services.personal``
        "bodies.edit_own_data": rule(guard=_oneself, by_system=False),
        "bodies.deactivate_person": rule(_SYSTEM, guard=_may_be_stopped),
        "bodies.reactivate_person": rule(_SYSTEM, guard=_is_stopped),
        # Rights.
        # Tables: each row is judged by its own verb besides.
        "bodies.upload_import": rule(_SYSTEM, _SECURITY, by_system=False),
        "bodies.apply_import": rule(_SYSTEM, _SECURITY, guard=_own_import, by_system=False),
        "bodies.see_rights": rule(*_ADMINISTRATION),
        "bodies.see_rights_of_person": rule(*_ADMINISTRATION),
        "bodies.grant_role": rule(_SECURITY, guard=_another),
        "bodies.end_role": rule(_SECURITY, guard=_in_force),
        "bodies.set_own_stand_in": rule(guard=_own_absence, by_system=False),
        "bodies.end_own_stand_in": rule(guard=_own_absence, by_system=False),
        "bodies.set_stand_in": rule(_SECURITY),
        "bodies.end_stand_in": rule(_SECURITY, guard=_in_force),
    },
    body_of,
)

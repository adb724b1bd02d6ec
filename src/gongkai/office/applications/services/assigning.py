"""Who handles a case."""

from __future__ import annotations

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application
from gongkai.office.applications.policy import policy
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.bodies.services.changes import StaleError


@verb("applications.assign", "指定承办人", policy=policy)
def assign(actor: Actor, case: Application, *, to: Person, version: int | None = None) -> Done:
    """Give the case to a handler of its body. Raises ``Refused`` for anybody else, or for a finished case.

    ``StaleError`` when somebody was faster than whoever saw ``version``.
    """
    if version is not None and version != case.version:
        raise StaleError(case, version)
    if case.finished_on is not None:
        raise Refused("已办结的申请不再指定承办人。")
    if not any(s.role is Role.HANDLER and s.body_id == case.body_id for s in standings(to)):
        raise Refused(f"{to.name}在该机关没有承办人角色，不能承办。")
    before = case.handler.name if case.handler else ""
    case.handler = to
    case.version += 1
    case.save(update_fields=["handler", "version"])
    former = {"原承办人": before} if before else {}
    return Done(case, {"承办人": to.name, **former, "version": case.version})

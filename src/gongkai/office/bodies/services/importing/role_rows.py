"""A row about a role, carried out by the verbs."""

from __future__ import annotations

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.services.importing.known import Known, RowError, chosen, day
from gongkai.office.bodies.services.importing.outcomes import RowState
from gongkai.office.bodies.services.importing.tables import TableRow
from gongkai.office.bodies.services.rights import end_role, grant_role
from gongkai.office.look.words import date_cn

_ROLES = {role.value: str(role.label) for role in Role}


def carry_out(actor: Actor, row: TableRow, known: Known) -> tuple[RowState, list[str]]:
    """A role that is held from the same day is left, or ends earlier when the table says so; all else is granted."""
    cells = row.cells
    person = known.person(cells["account"])
    if "name" in cells and cells["name"] != person.name:
        raise RowError("name", f"登录名“{person.account}”是{person.name}，不是{cells['name']}；请核对")
    role = chosen("role", cells["role"], _ROLES)
    body = known.body("body", cells["body"])
    first = day("valid_from", cells["valid_from"])
    last = day("valid_to", cells["valid_to"]) if "valid_to" in cells else None
    held = known.holdings[person.pk, role, body.pk]
    for place, one in enumerate(held):
        if one.valid_from != first or one.was_withdrawn:
            continue
        if one.valid_to == last:
            return RowState.SAME, []
        if last is None or (one.valid_to is not None and last > one.valid_to):
            raise RowError("valid_to", f"这一角色原定至{date_cn(one.valid_to)}；要延长，请从其后一日起另列一行")
        held[place] = end_role(actor, one, last, ground=cells["ground"])
        return RowState.CHANGED, ["valid_to"]
    held.append(grant_role(actor, person, role, body, valid_from=first, valid_to=last, ground=cells["ground"]))
    return RowState.NEW, []

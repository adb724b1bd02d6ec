"""A row about a person, carried out by the verbs."""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.personal.sealed import Sealed
from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.services.importing.body_rows import GROUND
from gongkai.office.bodies.services.importing.known import Known, RowError
from gongkai.office.bodies.services.importing.outcomes import RowState
from gongkai.office.bodies.services.importing.tables import TableRow
from gongkai.office.bodies.services.people import create_person, edit_person

_TEXTS = ("name", "position", "email")
_PERSONAL = {"mobile": "phone", "identity_number": "identity"}


def carry_out(actor: Actor, row: TableRow, known: Known) -> tuple[RowState, list[str]]:
    """What it did and which columns changed. Raises ``RowError``, ``ValidationError``, ``Refused``."""
    values: dict[str, Any] = {key: row.cells[key] for key in _TEXTS if key in row.cells}
    for key, kind in _PERSONAL.items():
        if key in row.cells:
            try:
                values[key] = Sealed.fresh(kind, row.cells[key])
            except ValueError as error:
                raise RowError(key, str(error)) from error
    body = known.body("body", row.cells["body"])
    person = known.people.get(row.cells["account"].lower())
    if person is None:
        person = create_person(actor, body, account=row.cells["account"], ground=GROUND, **values)
        known.people[person.account] = person
        return RowState.NEW, []
    if not person.is_active:
        raise RowError("account", "该账号已停用，请先在人员页面启用")
    values["body"] = body
    changed = [key for key, value in values.items() if getattr(person, key) != value]
    if changed:
        person = edit_person(actor, person, {key: values[key] for key in changed}, ground=GROUND)
        known.people[person.account] = person
    return (RowState.CHANGED if changed else RowState.SAME), changed

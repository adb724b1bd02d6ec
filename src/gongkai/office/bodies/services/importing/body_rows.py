"""A row about a body, carried out by the verbs."""

from __future__ import annotations

import re
from typing import Any

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.services.body_facts import CONTACT_FIELDS, create_body, edit_body
from gongkai.office.bodies.services.importing.known import Known, RowError, chosen, day
from gongkai.office.bodies.services.importing.outcomes import RowState
from gongkai.office.bodies.services.importing.tables import TableRow
from gongkai.office.bodies.services.names import add_alias
from gongkai.office.bodies.services.tree import move_body
from gongkai.report.model import KINDS

_TEXTS = ("short_name", "uscc", "division_code", *CONTACT_FIELDS)
GROUND = "表格导入"


def carry_out(actor: Actor, row: TableRow, known: Known) -> tuple[RowState, list[str]]:
    """What it did and which columns changed. Raises ``RowError``, ``ValidationError``, ``Refused``."""
    cells = row.cells
    values: dict[str, Any] = {key: cells[key] for key in _TEXTS if key in cells}
    values["kind"] = chosen("kind", cells["kind"], KINDS)
    if "established_on" in cells:
        values["established_on"] = day("established_on", cells["established_on"])
    if "order" in cells:
        if not re.fullmatch(r"\d{1,6}", cells["order"]):
            raise RowError("order", f"“{cells['order']}”不是整数")
        values["order"] = int(cells["order"])
    parent = known.body("parent", cells["parent"]) if "parent" in cells else None
    aliases = [name for name in re.split(r"[、，,；;]", cells.get("aliases", "")) if name.strip()]
    body = _found(row, known)
    if body is None:
        body = create_body(actor, parent, name=cells["name"], ground=GROUND, **values)
        known.learn(body)
        _add_aliases(actor, body, aliases, known)
        return RowState.NEW, []
    changed = [key for key, value in values.items() if getattr(body, key) != value]
    if changed:
        body = edit_body(actor, body, {key: values[key] for key in changed}, ground=GROUND)
    if parent is not None and body.parent_id != parent.pk:
        body = move_body(actor, body, parent, ground=GROUND)
        changed.append("parent")
    known.learn(body)
    if _add_aliases(actor, body, aliases, known):
        changed.append("aliases")
    return (RowState.CHANGED if changed else RowState.SAME), changed


def _found(row: TableRow, known: Known) -> Body | None:
    name, uscc = row.cells["name"], row.cells.get("uscc", "")
    by_code, by_name = known.by_uscc.get(uscc), known.by_name.get(name)
    if by_code is not None and by_code.name != name:
        raise RowError(
            "name",
            f"这个统一社会信用代码属于{by_code.name}；如已更名，请在该机关页面办理“更名”，否则请核对代码",
        )
    if by_code is not None and by_code.is_abolished:
        raise RowError("uscc", f"{by_code.name}已撤销，请核对")
    return by_code or by_name


def _add_aliases(actor: Actor, body: Body, aliases: list[str], known: Known) -> bool:
    new = [name.strip() for name in aliases if name.strip() not in known.aliases[body.pk]]
    new = [name for name in dict.fromkeys(new) if name not in (body.name, body.short_name)]
    for name in new:
        add_alias(actor, body, name, ground=GROUND)
        known.aliases[body.pk].add(name)
    return bool(new)

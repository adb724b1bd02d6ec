"""Uploading a register, trying it with a mapping, importing it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.office.acts.personal.keys import SealError, keyring
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import RegisterImport
from gongkai.office.applications.policy import policy
from gongkai.office.applications.services.importing.columns import BY_KEY, guess, head_row
from gongkai.office.applications.services.importing.rows import RowError, carry_out
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.services.importing.tables import first_grid

MOST = 1000  # rows: they are imported while somebody waits for the page
_FIELD = "applications.registerimport.sealed_rows"
_LOST = "上传的内容已经清除，请重新上传。"


class WrongRowsError(Exception):
    """Some rows cannot be imported: everything is taken back."""

    def __init__(self, outcomes: list[dict[str, Any]]) -> None:
        super().__init__("wrong rows")
        self.outcomes = outcomes


def upload(actor: Actor, body: Body, name: str, content: bytes) -> RegisterImport:
    """Read the file and guess its columns. Raises ``ValidationError`` (field ``file``), ``Refused``."""
    grid = first_grid(name, content)
    start = head_row(grid)
    heads = grid[start]
    rows = [[number, row] for number, row in enumerate(grid[start + 1 :], start + 2) if any(row)]
    if not rows:
        raise ValidationError({"file": ["表头下面没有内容"]})
    if len(rows) > MOST:
        raise ValidationError({"file": [f"共{len(rows)}行，一次最多{MOST}行，请分成几个文件"]})
    one: RegisterImport = _upload(actor, body, name, heads, rows)
    return one


@verb("applications.import_register", "上传台账", policy=policy)
def _upload(actor: Actor, body: Body, name: str, heads: list[str], rows: list[Any]) -> Done:
    text = json.dumps(rows, ensure_ascii=False)
    one = RegisterImport.objects.create(
        body=body,
        person=actor.person,
        file_name=name[:200],
        heads=heads,
        mapping=guess(heads),
        row_count=len(rows),
        sealed_rows=keyring().seal(text, _FIELD, "import", ""),
    )
    return Done(one, {"行数": len(rows)})


def try_out(actor: Actor, one: RegisterImport, mapping: Mapping[str, int]) -> RegisterImport:
    """What an import would do, row by row: it is done, and taken back."""
    verdict = policy.may(actor, "applications.apply_register", one)
    if not verdict:
        raise Refused(verdict.why)
    with transaction.atomic():
        outcomes = _run(actor, one, mapping)
        transaction.set_rollback(True)
    # No act: what the trial found is the machine's note on the upload, which is one.
    one.mapping, one.outcomes, one.state = dict(mapping), outcomes, RegisterImport.State.TRIED
    one.save(update_fields=["mapping", "outcomes", "state"])
    return one


def carry_all(actor: Actor, one: RegisterImport) -> RegisterImport:
    """All rows or none. Raises ``Refused``; ``WrongRowsError`` when one went wrong meanwhile."""
    done: RegisterImport = _carry_all(actor, one)
    return done


@verb("applications.apply_register", "导入台账", policy=policy)
def _carry_all(actor: Actor, one: RegisterImport) -> Done:
    if one.state != RegisterImport.State.TRIED:
        raise Refused("请先对应栏目并试算；已经导入的不能再次导入。")
    outcomes = _run(actor, one, one.mapping)
    if any(row["faults"] for row in outcomes):
        raise WrongRowsError(outcomes)
    one.outcomes, one.state, one.sealed_rows = outcomes, RegisterImport.State.IMPORTED, None
    one.save(update_fields=["outcomes", "state", "sealed_rows"])
    return Done(one, {"导入件数": len(outcomes)})


def _run(actor: Actor, one: RegisterImport, mapping: Mapping[str, int]) -> list[dict[str, Any]]:
    outcomes = []
    for number, row in _rows(one):
        cells = {key: row[place] for key, place in mapping.items() if place < len(row) and row[place]}
        faults: list[tuple[str, str]] = []
        note, case = "", None
        try:
            # A row that is refused half way must leave nothing behind for those after it.
            with transaction.atomic():
                case = carry_out(actor, one.body, cells)
        except RowError as error:
            faults = [(BY_KEY[key].label if key else "整行", sentence) for key, sentence in error.faults]
        except Refused as refusal:
            faults = [("整行", str(refusal))]
        if case is not None and case.replied_on and case.due and case.replied_on > case.due:
            note = "答复晚于期限，将记为逾期；曾延期或者征求意见的，请对应“答复期限”一栏"
        outcomes.append({"row": number, "case": str(case) if case else "", "note": note, "faults": faults})
    return outcomes


def _rows(one: RegisterImport) -> list[Any]:
    if one.sealed_rows is None:
        raise Refused(_LOST)
    try:
        found: list[Any] = json.loads(keyring().open(bytes(one.sealed_rows), _FIELD))
    except SealError as error:
        raise Refused(_LOST) from error
    return found

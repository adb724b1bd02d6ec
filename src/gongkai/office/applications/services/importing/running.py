"""Uploading a register, trying it with a mapping, importing it: the last two are work of a job.

``order_trial`` and ``order_import`` ask for the work, ``try_out`` and ``carry_all`` do it, each in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.office.acts.models import Work
from gongkai.office.acts.personal.keys import SealError
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.selectors.work import works_of
from gongkai.office.acts.services import work as works
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import RegisterImport
from gongkai.office.applications.policy import policy
from gongkai.office.applications.services.importing.columns import BY_KEY, guess, head_row
from gongkai.office.applications.services.importing.rows import RowError, carry_out
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.services.importing.tables import first_grid

TRY, APPLY = "applications.try_register", "applications.apply_register"  # the jobs, by their names
MOST = 1000  # rows: while their transaction lasts, others who register with the body wait
_LOST = "上传的内容已按期清除，请重新上传。"
_WRONG = "有的行不能导入，所以一行也没有导入；请按提示修改后重新上传，或者调整栏目对应后再次试算。"


@dataclass(frozen=True)
class Table:
    """What was uploaded: headings, and the rows with their numbers as Excel counts."""

    heads: list[str]
    rows: list[tuple[int, list[str]]]


class _WrongRowsError(Exception):
    """Some rows cannot be imported: everything is taken back."""

    def __init__(self, outcomes: list[dict[str, Any]]) -> None:
        super().__init__("wrong rows")
        self.outcomes = outcomes


def upload(actor: Actor, body: Body, name: str, content: bytes) -> RegisterImport:
    """Read the file and guess its columns. Raises ``ValidationError`` (field ``file``), ``Refused``."""
    grid = first_grid(name, content)
    start = head_row(grid)
    rows = [(number, row) for number, row in enumerate(grid[start + 1 :], start + 2) if any(row)]
    if not rows:
        raise ValidationError({"file": ["表头下面没有内容"]})
    if len(rows) > MOST:
        raise ValidationError({"file": [f"共{len(rows)}行，一次最多{MOST}行，请分成几个文件"]})
    one: RegisterImport = _upload(actor, body, name, Table(grid[start], rows))
    return one


@verb("applications.import_register", "上传台账", policy=policy)
def _upload(actor: Actor, body: Body, name: str, table: Table) -> Done:
    one = RegisterImport.objects.create(
        body=body,
        person=actor.person,
        file_name=name[:200],
        mapping=guess(table.heads),
        row_count=len(table.rows),
        table=json.dumps([table.heads, table.rows], ensure_ascii=False),
    )
    return Done(one, {"行数": len(table.rows)})


def table_of(one: RegisterImport) -> Table:
    """What was uploaded. Raises ``Refused`` when it is no longer kept."""
    if one.table is None:
        raise Refused(_LOST)
    try:
        heads, rows = json.loads(one.table.reveal())
    except SealError as error:
        raise Refused(_LOST) from error
    return Table(heads, [(number, row) for number, row in rows])


def order_trial(actor: Actor, one: RegisterImport, mapping: Mapping[str, int]) -> Work:
    """Have a job say what an import would do, row by row. Raises ``Refused`` while another work on it goes on."""
    with transaction.atomic():
        now = _held(actor, one)
        if now.state == RegisterImport.State.IMPORTED:
            raise Refused("已经导入的不能再次导入。")
        table_of(now)
        now.mapping, now.outcomes, now.state = dict(mapping), [], RegisterImport.State.UPLOADED
        now.save(update_fields=["mapping", "outcomes", "state"])
        return works.ask(actor, TRY, now, total=now.row_count)


def order_import(actor: Actor, one: RegisterImport, trial: int) -> Work:
    """Have a job import all rows or none. ``trial``: the work whose result the person saw. Raises ``Refused``."""
    with transaction.atomic():
        now = _held(actor, one)
        if now.state != RegisterImport.State.TRIED:
            raise Refused("请先对应栏目并试算；已经导入的不能再次导入。")
        tried = works_of(now).get(TRY)
        if tried is None or tried.pk != trial:
            raise Refused("您打开页面以后又试算过，没有导入；请核对新的试算结果后再导入。")
        return works.ask(actor, APPLY, now, total=now.row_count)


def try_out(work: Work, hand: works.Hand) -> None:
    """The work: every row is carried out, and all of it taken back. Raises ``Refused``, ``StoppedError``."""
    one, actor = _one(work), works.actor_of(work)
    with transaction.atomic():
        _demand(actor, one)
        outcomes = _run(actor, one, hand)
        transaction.set_rollback(True)
    with transaction.atomic():
        # No act: what the trial found is the machine's note on the upload, which is one.
        one.outcomes, one.state = outcomes, RegisterImport.State.TRIED
        one.save(update_fields=["outcomes", "state"])
        works.finish(work)


def carry_all(work: Work, hand: works.Hand) -> None:
    """The work: all rows or none. Raises ``Refused``, ``StoppedError``."""
    one = _one(work)
    try:
        _carry_all(works.actor_of(work), one, work, hand)
    except _WrongRowsError as error:
        RegisterImport.objects.filter(pk=one.pk).update(outcomes=error.outcomes)
        raise Refused(_WRONG) from error


@verb("applications.apply_register", "导入台账", policy=policy)
def _carry_all(actor: Actor, one: RegisterImport, work: Work, hand: works.Hand) -> Done:
    if one.state != RegisterImport.State.TRIED:
        raise Refused("请先对应栏目并试算；已经导入的不能再次导入。")
    outcomes = _run(actor, one, hand)
    if any(row["faults"] for row in outcomes):
        raise _WrongRowsError(outcomes)
    one.outcomes, one.state, one.table = outcomes, RegisterImport.State.IMPORTED, None
    one.save(update_fields=["outcomes", "state", "table"])
    works.finish(work)
    return Done(one, {"导入件数": len(outcomes)})


def clear_old(before: datetime) -> int:
    """Registers uploaded before a moment and not imported are forgotten. Returns how many."""
    return RegisterImport.objects.filter(at__lt=before, table__isnull=False).update(table=None)


def _held(actor: Actor, one: RegisterImport) -> RegisterImport:
    """The record, locked, without work under way. That is asked before, too: the job may hold the record for long."""
    _demand(actor, one)
    _refuse_while_open(one)
    now: RegisterImport = RegisterImport.objects.select_for_update(no_key=True).get(pk=one.pk)
    _refuse_while_open(now)
    return now


def _refuse_while_open(one: RegisterImport) -> None:
    if any(work.is_open for work in works_of(one).values()):
        raise Refused("这份台账正在办理，请等它完成，或者先停止。")


def _demand(actor: Actor, one: RegisterImport) -> None:
    verdict = policy.may(actor, "applications.apply_register", one)
    if not verdict:
        raise Refused(verdict.why)


def _one(work: Work) -> RegisterImport:
    one: RegisterImport = RegisterImport.objects.select_related("body").get(pk=work.thing_id)
    return one


def _run(actor: Actor, one: RegisterImport, hand: works.Hand) -> list[dict[str, Any]]:
    outcomes: list[dict[str, Any]] = []
    for number, row in table_of(one).rows:
        hand.heed(len(outcomes))
        cells = {key: row[place] for key, place in one.mapping.items() if place < len(row) and row[place]}
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

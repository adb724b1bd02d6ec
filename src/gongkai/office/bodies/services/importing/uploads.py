"""A table is uploaded and tried out, looked at, and imported: at once, or as a job when it is long."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.db import transaction

from gongkai.office.acts.models import Work
from gongkai.office.acts.personal.keys import SealError
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.selectors.work import works_of
from gongkai.office.acts.services import work as works
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Import
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.services.importing.outcomes import RowOutcome, RowState
from gongkai.office.bodies.services.importing.running import run, try_out
from gongkai.office.bodies.services.importing.tables import TableRow, read_tables

TRY, APPLY = "bodies.try_import", "bodies.apply_import"  # the jobs, by their names
AT_ONCE = 150  # rows that are done while somebody waits for the page
_LOST = "上传的内容已按期清除，请重新上传"
_WRONG = "导入时发现错误，一行也没有写入"


class _WrongRowsError(Exception):
    """Some rows cannot be imported now: everything is taken back."""

    def __init__(self, outcomes: list[RowOutcome]) -> None:
        super().__init__("wrong rows")
        self.outcomes = outcomes


def upload(actor: Actor, name: str, content: bytes) -> Import:
    """Read the table, keep it, try it out. Raises ``ValidationError`` (field ``file``) when it is no such table."""
    one: Import = _upload(actor, Import, name, read_tables(name, content))
    return one


@verb("bodies.upload_import", "上传导入表", policy=policy)
def _upload(actor: Actor, model: type[Import], name: str, rows: list[TableRow]) -> Done:
    one = Import.objects.create(
        person=actor.person, file_name=name[:200], row_count=len(rows), sealed_rows=_as_text(rows)
    )
    if len(rows) <= AT_ONCE:
        _note_trial(one, try_out(actor, rows))
    else:
        works.ask(actor, TRY, one, total=len(rows))
    return Done(one, {"行数": len(rows)})


def order(actor: Actor, one: Import) -> Import:
    """Import what was tried out: now, or by a job. What was wrong meanwhile is noted, and nothing is imported."""
    if one.row_count <= AT_ONCE:
        try:
            done: Import = _apply(actor, one, None)
        except _WrongRowsError as wrong:
            _note_trial(one, wrong.outcomes, note=_WRONG)
            return Import.objects.get(pk=one.pk)
        return done
    with transaction.atomic():
        verdict = policy.may(actor, "bodies.apply_import", one)
        if not verdict:
            raise Refused(verdict.why)
        # While the import goes on, its job holds the record: not waited for, but found by its work.
        if not any(work.is_open for work in works_of(one).values()):
            now = Import.objects.select_for_update(no_key=True).get(pk=one.pk)
            if now.state == Import.State.TRIED:
                works.ask(actor, APPLY, now, total=now.row_count)
    return one


def try_later(work: Work, hand: works.Hand) -> None:
    """The work: every row is carried out, and all of it taken back. Raises ``Refused``, ``StoppedError``."""
    one = Import.objects.get(pk=work.thing_id)
    outcomes = try_out(works.actor_of(work), _rows(one), hand.heed)
    with transaction.atomic():
        _note_trial(one, outcomes)
        works.finish(work)


def apply_later(work: Work, hand: works.Hand) -> None:
    """The work: all rows or none. Raises ``Refused``, ``StoppedError``."""
    one = Import.objects.get(pk=work.thing_id)
    try:
        _apply(works.actor_of(work), one, (work, hand))
    except _WrongRowsError as wrong:
        _note_trial(one, wrong.outcomes)
        raise Refused(f"{_WRONG}。") from wrong


@verb("bodies.apply_import", "导入表格", policy=policy)
def _apply(actor: Actor, one: Import, job: tuple[Work, works.Hand] | None) -> Done:
    """``job``: that of whose work this is."""
    if one.state == Import.State.IMPORTED:
        raise Refused("这张表已经导入。")
    outcomes = run(actor, _rows(one), job[1].heed if job else None)
    if any(outcome.state is RowState.WRONG for outcome in outcomes):
        raise _WrongRowsError(outcomes)
    one.outcomes = [outcome.as_json() for outcome in outcomes]
    one.state, one.sealed_rows, one.note = Import.State.IMPORTED, None, ""
    one.save(update_fields=["outcomes", "state", "sealed_rows", "note"])
    if job:
        works.finish(job[0])
    counts = Counter(outcome.state for outcome in outcomes)
    return Done(one, {state.label: counts[state] for state in RowState if counts[state]})


def clear_old(before: Any) -> int:
    """Rows uploaded before a moment and not imported are forgotten; the outcomes stay. Returns how many."""
    old = Import.objects.filter(at__lt=before, sealed_rows__isnull=False)
    return old.update(sealed_rows=None, note=_LOST)


def _note_trial(one: Import, outcomes: list[RowOutcome], note: str = "") -> None:
    # No act: what the trial found is the machine's note on the upload, which is one.
    one.outcomes = [outcome.as_json() for outcome in outcomes]
    one.state, one.note = Import.State.TRIED, note
    one.save(update_fields=["outcomes", "state", "note"])


def _as_text(rows: list[TableRow]) -> str:
    return json.dumps([[row.sheet, row.number, row.cells] for row in rows], ensure_ascii=False)


def _rows(one: Import) -> list[TableRow]:
    if one.sealed_rows is None:
        raise Refused(_LOST)
    try:
        text = one.sealed_rows.reveal()
    except SealError as error:
        raise Refused(_LOST) from error
    return [TableRow(sheet, number, cells) for sheet, number, cells in json.loads(text)]

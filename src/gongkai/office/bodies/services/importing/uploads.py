"""A table is uploaded and tried out, looked at, and imported: at once, or as a job when it is long."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.db import connection, transaction

from gongkai.office.acts.jobs import enqueue
from gongkai.office.acts.personal.keys import SealError
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Import, ImportProgress, Person
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.services.importing.outcomes import RowOutcome, RowState
from gongkai.office.bodies.services.importing.running import Progress, run, try_out
from gongkai.office.bodies.services.importing.tables import TableRow, read_tables

JOB = "bodies.work_on_import"
AT_ONCE = 150  # rows that are done while somebody waits for the page
_STEP = 25  # rows between two notes of progress
_LOST = "上传的内容已按期清除，请重新上传"


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
    ImportProgress.objects.create(of=one)
    if len(rows) <= AT_ONCE:
        _note_trial(one, try_out(actor, rows))
    else:
        _later(one, actor)
    return Done(one, {"行数": len(rows)})


def order(actor: Actor, one: Import) -> Import:
    """Import what was tried out: now, or by a job. What was wrong meanwhile is noted, and nothing is imported."""
    if one.row_count <= AT_ONCE:
        return carry_out(actor, one)
    with transaction.atomic():
        verdict = policy.may(actor, "bodies.apply_import", one)
        if not verdict:
            raise Refused(verdict.why)
        now = Import.objects.select_for_update(no_key=True).get(pk=one.pk)
        if now.state == Import.State.TRIED:
            now.state, now.note = Import.State.IMPORTING, ""
            now.save(update_fields=["state", "note"])
            ImportProgress.objects.filter(of=now).update(done=0)
            _later(now, actor)
    return now


def carry_out(actor: Actor, one: Import, progress: Progress | None = None) -> Import:
    """Import all rows, or none; may be called again without doing anything twice."""
    try:
        done: Import = _apply(actor, one, progress)
    except _WrongRowsError as wrong:
        _note_trial(one, wrong.outcomes, note="导入时发现错误，一行也没有写入")
        return Import.objects.get(pk=one.pk)
    return done


@verb("bodies.apply_import", "导入表格", policy=policy)
def _apply(actor: Actor, one: Import, progress: Progress | None) -> Done:
    if one.state == Import.State.IMPORTED:
        raise Refused("这张表已经导入。")
    outcomes = run(actor, _rows(one), progress)
    if any(outcome.state is RowState.WRONG for outcome in outcomes):
        raise _WrongRowsError(outcomes)
    one.outcomes = [outcome.as_json() for outcome in outcomes]
    one.state, one.sealed_rows, one.note = Import.State.IMPORTED, None, ""
    one.save(update_fields=["outcomes", "state", "sealed_rows", "note"])
    counts = Counter(outcome.state for outcome in outcomes)
    return Done(one, {state.label: counts[state] for state in RowState if counts[state]})


def work(import_id: int, person_id: int, request_number: str, address: str) -> None:
    """The job: try out or import, whichever is due; nothing when neither is."""
    one = Import.objects.filter(pk=import_id).first()
    person = Person.objects.filter(pk=person_id).first()
    if one is None or person is None or not one.is_open:
        return
    actor = Actor(person=person, request_number=request_number, address=address)
    with _Notes(one) as notes:
        try:
            if one.state == Import.State.IMPORTING:
                carry_out(actor, one, notes.write)
            else:
                _note_trial(one, try_out(actor, _rows(one), notes.write))
        except Refused as refusal:
            Import.objects.filter(pk=one.pk).update(state=Import.State.TRIED, note=str(refusal)[:300])


def clear_old(before: Any) -> int:
    """Rows uploaded before a moment and not imported are forgotten; the outcomes stay. Returns how many."""
    old = Import.objects.filter(at__lt=before, sealed_rows__isnull=False)
    return old.update(sealed_rows=None, note=_LOST)


def _note_trial(one: Import, outcomes: list[RowOutcome], note: str = "") -> None:
    # No act: what the trial found is the machine's note on the upload, which is one.
    one.outcomes = [outcome.as_json() for outcome in outcomes]
    one.state, one.note = Import.State.TRIED, note
    one.save(update_fields=["outcomes", "state", "note"])


def _later(one: Import, actor: Actor) -> None:
    enqueue(
        JOB,
        lock=f"{JOB}.{one.pk}",
        import_id=one.pk,
        person_id=actor.person.pk,
        request_number=actor.request_number,
        address=actor.address,
    )


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


class _Notes:
    """Progress on a connection of its own: what a transaction has not committed nobody else sees."""

    def __init__(self, one: Import) -> None:
        self._one = one
        self._apart = connection.copy()

    def __enter__(self) -> _Notes:
        return self

    def __exit__(self, *error: object) -> None:
        self._apart.close()

    def write(self, done: int, total: int) -> None:
        if done % _STEP == 0 or done == total:
            with self._apart.cursor() as cursor:
                table = ImportProgress._meta.db_table
                cursor.execute(f"UPDATE {table} SET done = %s WHERE of_id = %s", [done, self._one.pk])

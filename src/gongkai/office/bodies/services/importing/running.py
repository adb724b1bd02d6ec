"""All rows of a table, for trial or for good: each by the verbs, all of them in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.bodies.services.importing import body_rows, person_rows, role_rows
from gongkai.office.bodies.services.importing.columns import SHEETS, Sheet
from gongkai.office.bodies.services.importing.known import Known, RowError
from gongkai.office.bodies.services.importing.outcomes import RowOutcome, RowState
from gongkai.office.bodies.services.importing.tables import TableRow
from gongkai.office.bodies.services.tree import hold_tree

_CARRY_OUT = {"bodies": body_rows.carry_out, "people": person_rows.carry_out, "roles": role_rows.carry_out}
_NAMED_BY = {"bodies": ("name",), "people": ("name", "account"), "roles": ("account", "role", "body")}
# A sentence of a service that is about none of the columns is shown under this heading.
_WHOLE_ROW = "整行"

Progress = Callable[[int, int], None]  # rows done, rows in all


def try_out(actor: Actor, rows: Sequence[TableRow], progress: Progress | None = None) -> list[RowOutcome]:
    """What an import would do, row by row: it is done, and taken back."""
    with _taken_back():
        return run(actor, rows, progress)


def run(actor: Actor, rows: Sequence[TableRow], progress: Progress | None = None) -> list[RowOutcome]:
    """Carry the rows out, in the transaction of the caller, who takes all of it back when one is ``WRONG``."""
    hold_tree()  # rows of all sorts in one transaction: everything that any of them locks
    known, outcomes = Known(), []
    sheets = {sheet.key: sheet for sheet in SHEETS}
    first = _first_of_each(rows)
    for row in _in_order(rows):
        earlier = first.get(_key(row), row.number)
        outcomes.append(_one(actor, row, sheets[row.sheet], known, earlier if earlier != row.number else None))
        if progress is not None:
            progress(len(outcomes), len(rows))
    place = {(row.sheet, row.number): at for at, row in enumerate(rows)}
    return sorted(outcomes, key=lambda one: place[one.sheet, one.number])


def _key(row: TableRow) -> tuple[str, ...]:
    """What no two rows of a table may share; roles may."""
    if row.sheet == "roles":
        return (row.sheet, *sorted(f"{key}={text}" for key, text in row.cells.items()))
    return (row.sheet, row.cells.get("name" if row.sheet == "bodies" else "account", f"row {row.number}").lower())


def _first_of_each(rows: Sequence[TableRow]) -> dict[tuple[str, ...], int]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        first.setdefault(_key(row), row.number)
    return first


def _one(actor: Actor, row: TableRow, sheet: Sheet, known: Known, repeats: int | None) -> RowOutcome:
    name = " ".join(row.cells.get(key, "") for key in _NAMED_BY[row.sheet]).strip()
    outcome = RowOutcome(row.sheet, row.number, name, RowState.WRONG)
    headings = {column.key: column.heading for column in sheet.columns}
    lacking = [column.heading for column in sheet.columns if column.required and column.key not in row.cells]
    if lacking:
        outcome.notes = [(heading, "必须填写") for heading in lacking]
        return outcome
    if repeats is not None:
        outcome.notes = [(_WHOLE_ROW, f"与第{repeats}行重复，请删去一行")]
        return outcome
    try:
        # A row that is refused half way must leave nothing behind for those after it.
        with transaction.atomic():
            outcome.state, changed = _CARRY_OUT[row.sheet](actor, row, known)
            outcome.notes = [(headings[key], "更新") for key in changed]
    except RowError as error:
        outcome.notes = [(headings[error.key], error.sentence)]
    except Refused as refusal:
        outcome.notes = [(_WHOLE_ROW, str(refusal))]
    except ValidationError as refusal:
        errors = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        outcome.notes = [
            (headings.get(key, _WHOLE_ROW), sentence) for key, sentences in errors.items() for sentence in sentences
        ]
    return outcome


def _in_order(rows: Sequence[TableRow]) -> Iterator[TableRow]:
    """Bodies, people, roles; a body after the superior that another row brings, wherever that row stands."""
    bodies = [row for row in rows if row.sheet == "bodies"]
    waiting = {row.cells.get("name", ""): row for row in bodies}
    given: set[int] = set()

    def with_superiors(row: TableRow) -> Iterator[TableRow]:
        chain: list[TableRow] = []
        step: TableRow | None = row
        # A ring of superiors ends the climb: the row that closes it will be refused.
        while step is not None and step.number not in given and step not in chain:
            chain.append(step)
            step = waiting.get(step.cells.get("parent", ""))
        for one in reversed(chain):
            given.add(one.number)
            yield one

    for row in bodies:
        yield from with_superiors(row)
    for sheet in ("people", "roles"):
        yield from (row for row in rows if row.sheet == sheet)


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

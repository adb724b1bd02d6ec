"""Which act a change of a record belongs to: pghistory's triggers write it beside every change they note.

The mark is pghistory's own "context" (an identifier with some data, held in the session's settings), here one for each
act, told from the act's number. Changes without a mark came past the verbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection

_MARK = """
    SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)
"""
_around: ContextVar[int | None] = ContextVar("act around", default=None)


@contextmanager
def changes_of_an_act() -> Iterator[int]:
    """Give the number of the act about to be done; what changes meanwhile in this transaction is marked with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('acts_act', 'id'))")
        number: int = cursor.fetchone()[0]
    outer = _around.get()
    token = _around.set(number)
    try:
        _mark(number)
        yield number
        # After a failure the savepoint takes the mark back by itself.
        _mark(outer)
    finally:
        _around.reset(token)


def context_of(act_id: int) -> UUID:
    """The identifier of the context in which an act's changes are noted."""
    return UUID(int=act_id)


def act_of(context_id: UUID | None) -> int | None:
    """The act that a context stands for; ``None`` when it stands for none."""
    # Identifiers drawn at random carry their version in the upper half.
    return context_id.int if context_id is not None and context_id.int < 1 << 63 else None


def _mark(number: int | None) -> None:
    with connection.cursor() as cursor:
        # pghistory takes what is no identifier for no context.
        cursor.execute(_MARK, ["", ""] if number is None else [str(context_of(number)), f'{{"act": {number}}}'])

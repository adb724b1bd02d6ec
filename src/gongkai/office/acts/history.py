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

# The identifier of an act's context is its number in 32 hexadecimal digits.
_BEGIN = """
    SELECT number,
           set_config('pghistory.context_id', lpad(to_hex(number), 32, '0'), true),
           set_config('pghistory.context_metadata', jsonb_build_object('act', number)::text, true)
    FROM (SELECT nextval(pg_get_serial_sequence('acts_act', 'id')) AS number OFFSET 0) AS given
"""
_BACK = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"
_around: ContextVar[int | None] = ContextVar("act around", default=None)


@contextmanager
def changes_of_an_act() -> Iterator[int]:
    """Give the number of the act about to be done; what changes meanwhile in this transaction is marked with it."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        number: int = cursor.fetchone()[0]
    outer = _around.get()
    token = _around.set(number)
    try:
        yield number
    finally:
        _around.reset(token)
    # Not after a failure: the savepoint takes the mark back by itself.
    _mark_again(outer)


def act_of(context_id: UUID | None) -> int | None:
    """The act that a context stands for; ``None`` when it stands for none."""
    # Identifiers drawn at random carry their version in the upper half.
    return context_id.int if context_id is not None and context_id.int < 1 << 63 else None


def _mark_again(number: int | None) -> None:
    with connection.cursor() as cursor:
        # pghistory takes what is no identifier for no context.
        cursor.execute(_BACK, ["", ""] if number is None else [str(UUID(int=number)), f'{{"act": {number}}}'])

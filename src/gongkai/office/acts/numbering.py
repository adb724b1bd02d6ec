"""Numbers without gaps: counted inside the transaction that uses them, so a failed act gives its number back."""

from __future__ import annotations

from django.db import connection, transaction

_NEXT = """
    INSERT INTO acts_sequence (body_id, kind, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (body_id, kind, year) DO UPDATE SET last = acts_sequence.last + 1
    RETURNING last
"""


def next_number(body_id: int, kind: str, year: int) -> int:
    """The next number, from 1, of ``kind`` in a body's ``year``. Others who want one wait until this transaction ends.

    Raises ``TransactionManagementError`` outside a transaction: there a number could be lost.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is given only within a transaction")
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [body_id, kind, year])
        return int(cursor.fetchone()[0])

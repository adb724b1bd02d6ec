"""The chain as it lies in the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from django.db import connection

from gongkai.office.acts.models import Link
from gongkai.office.acts.verification import START, Outcome, Tied, Walk

BATCH = 2000

# ``honest``: the function that makes the text could itself have been replaced by one that hides a change. Version 1 of
# the text holds every column of the table and its own number.
_BATCH = """
    SELECT l.sequence, l.act_id, l.previous, l.hash, t.text,
           coalesce(t.text::jsonb = to_jsonb(a) || '{"version": 1}', true)
    FROM acts_link l
    LEFT JOIN acts_act a ON a.id = l.act_id
    LEFT JOIN LATERAL (SELECT acts_canonical(a) AS text OFFSET 0) t ON a.id IS NOT NULL
    WHERE l.sequence > %s AND l.sequence <= %s
    ORDER BY l.sequence
    LIMIT %s
"""
_LOOSE = """
    SELECT a.id FROM acts_act a
    WHERE NOT EXISTS (SELECT 1 FROM acts_link l WHERE l.act_id = a.id) ORDER BY a.id LIMIT 20
"""


def head() -> tuple[int, str]:
    """The last place of the chain and its hash; of an empty log 0 and 64 zeros."""
    last = Link.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return last or (0, START)


def links(first: int = 1, last: int | None = None) -> Iterator[Tied]:
    """The chain from place to place, in batches: no long transaction, no more than one batch in memory.

    It only grows, so batches read one after the other are as good as one picture; what comes after the head that stood
    at the beginning is left for next time.
    """
    end = head()[0] if last is None else last
    done = first - 1
    while done < end:
        with connection.cursor() as cursor:
            # Shown as in the canonical text, whatever zone the session is in.
            cursor.execute(_BATCH, [done, end, BATCH])
            batch = cursor.fetchall()
        if not batch:
            return
        yield from (Tied(*row) for row in batch)
        done = batch[-1][0]


def verify(
    known: dict[str, str] | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> Outcome:
    """Walk the whole chain.

    ``known``: earlier heads and where each is known from. ``progress(done, total)`` is called once a batch.
    """
    walk = Walk(known or {})
    total = head()[0]
    for link in links(last=total):
        walk.add(link)
        if link.sequence % BATCH == 0:
            progress(link.sequence, total)
        if walk.full:
            break
    with connection.cursor() as cursor:
        # One statement sees acts and links of the same moment, and a commit brings both at once.
        cursor.execute(_LOOSE)
        walk.loose(row[0] for row in cursor.fetchall())
    walk.unguarded(_weak_safeguards())
    progress(total, total)
    return walk.finish()


def _weak_safeguards() -> Iterator[str]:
    """What of ``chain.sql`` is not in force, in Chinese."""
    functions, triggers = _set_up()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid IN ('acts_act'::regclass, 'acts_link'::regclass)"
        )
        enabled = dict(cursor.fetchall())
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc"
            " WHERE proname = ANY(%s) AND pronamespace = current_schema()::regnamespace",
            [list(functions)],
        )
        sources = dict(cursor.fetchall())
    for name in triggers:
        if name not in enabled:
            yield f"保护操作日志的触发器{name}已被删除"
        elif enabled[name] != "A":
            yield f"保护操作日志的触发器{name}已被停用"
    for name, source in functions.items():
        if sources.get(name) != source:
            yield f"保护操作日志的函数{name}已被删除或改动"


@cache
def _set_up() -> tuple[dict[str, str], list[str]]:
    """Functions with their source, and triggers, as ``chain.sql`` makes them."""
    sql = (Path(__file__).parents[1] / "chain.sql").read_text("utf-8")
    functions = dict(re.findall(r"CREATE FUNCTION (\w+)\(.*?\$\$(.*?)\$\$", sql, re.DOTALL))
    return functions, re.findall(r"ENABLE ALWAYS TRIGGER (\w+)", sql)

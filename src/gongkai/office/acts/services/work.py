"""Work in the background: asked for once, seen while it goes on, stopped by a person, ended once.

``ask`` writes the work and its job in the transaction around. The job calls ``carry_out``; what it does calls ``heed``
now and then and ``finish`` in the transaction of its result. So of one that ends and one who stops it exactly one wins,
and a result is there whole or not at all. Killed, the work is done anew by its job; should the first turn out to live,
only the attempt that began last (``begun_at``) still counts.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, models, transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.database_away import DATABASE_AWAY
from gongkai.office.acts.jobs import enqueue
from gongkai.office.acts.models import Work
from gongkai.office.acts.policy import Actor, Refused

State = Work.State
# 2, 4, 8 … seconds between the attempts, when the database is away or two stand in each other's way.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=2, retry_exceptions=[*DATABASE_AWAY])
_PAUSE = 0.3  # seconds between two notes of progress
_LOST = "办理多次被中断，没有完成，也没有留下半成的结果。请再试一次；仍不成功的，请联系系统管理员。"
_UNFORESEEN = "办理时出现意外错误，没有完成，也没有留下半成的结果。请再试一次；仍不成功的，请把“{}”告诉系统管理员。"
_log = logging.getLogger(__name__)


class StoppedError(Exception):
    """Somebody stopped the work, or it was ended by another: give up what was done."""


def ask(actor: Actor, task: str, thing: Any, *, total: int = 0, **facts: Any) -> Work:
    """Have the job ``task`` do its work on ``thing`` with the rights of ``actor``, who is a person.

    In the transaction around. Work of this kind on the thing that is under way already is enough: it is returned. The
    policy is asked by the caller, who knows what the work is.
    """
    kind = {"task": task, "thing_type": thing._meta.label_lower, "thing_id": str(thing.pk)}
    own = {
        "person_id": actor.person.pk,
        "request_number": actor.request_number,
        "address": actor.address,
        "facts": facts,
        "total": total,
    }
    with transaction.atomic():
        work, is_new = Work.objects.get_or_create(**kind, state__in=Work.OPEN, defaults=own)
        if is_new:
            enqueue(task, lock=f"{task}:{thing.pk}", work_id=work.pk)
    return work


def stop(work: Work, note: str = "") -> bool:
    """End what is under way; ``False`` when it had ended already. The job notices and gives up what it did."""
    return _end(_open(work.pk), State.STOPPED, note)


def actor_of(work: Work) -> Actor:
    """Who asked; the policy says whether they still may."""
    return Actor(person=work.person, request_number=work.request_number, address=work.address)


class Hand:
    """What the work in hand says of itself, on a connection of its own: nobody else sees an open transaction."""

    def __init__(self, work: Work) -> None:
        self._attempt: list[Any] = [work.pk, State.RUNNING.value, work.begun_at]
        self._apart = connection.copy()
        self._last = 0.0

    def heed(self, done: int | None = None, total: int | None = None) -> None:
        """Say how far it is, at most some times a second. Raises ``StoppedError`` when it is to be given up."""
        now = time.monotonic()
        if now - self._last < _PAUSE:
            return
        self._last = now
        with self._apart.cursor() as cursor:
            cursor.execute(
                f"UPDATE {Work._meta.db_table} SET done = coalesce(%s, done), total = coalesce(%s, total)"
                " WHERE id = %s AND state = %s AND begun_at = %s",
                [done, total, *self._attempt],
            )
            if not cursor.rowcount:
                raise StoppedError

    def close(self) -> None:
        """Give the connection back."""
        self._apart.close()


def carry_out(work_id: int, do: Callable[[Work, Hand], None]) -> None:
    """The job: ``do`` the work unless it has ended. What ``do`` raises as ``Refused`` is told on the page.

    Raises one of ``DATABASE_AWAY``, after which the job is tried again.
    """
    if not _open(work_id).update(state=State.RUNNING, begun_at=timezone.now(), done=0):
        return
    work = Work.objects.select_related("person").get(pk=work_id)
    hand = Hand(work)
    try:
        do(work, hand)
    except StoppedError:
        return
    except Refused as refusal:
        _end(_attempt(work), State.FAILED, str(refusal))
    except DATABASE_AWAY:
        raise
    except Exception:
        _log.error("work failed", extra={"facts": {"task": work.task, "work": work_id}})
        _end(_attempt(work), State.FAILED, _UNFORESEEN.format(f"后台工作{work_id}"))
        raise
    finally:
        hand.close()


def finish(work: Work, **facts: Any) -> None:
    """The work is done: in the transaction of its result, as the last thing. Raises ``StoppedError``."""
    ended = {"state": State.DONE, "ended_at": timezone.now(), "done": F("total"), "note": ""}
    if not _attempt(work).update(**ended, facts={**work.facts, **facts}):
        raise StoppedError


def end_lost() -> int:
    """Tell those who wait in vain: the job was given up after many interruptions. Returns how many there were."""
    jobs = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), task_name=OuterRef("task")).annotate(
        work=Cast(KeyTextTransform("work_id", "args"), BigIntegerField())
    )
    lost = Work.objects.filter(~Exists(jobs.filter(work=OuterRef("pk"))), state__in=Work.OPEN)
    return lost.update(state=State.FAILED, note=_LOST, ended_at=timezone.now())


def _open(work_id: int) -> models.QuerySet[Work]:
    return Work.objects.filter(pk=work_id, state__in=Work.OPEN)


def _attempt(work: Work) -> models.QuerySet[Work]:
    return Work.objects.filter(pk=work.pk, state=State.RUNNING, begun_at=work.begun_at)


def _end(rows: models.QuerySet[Work], state: Work.State, note: str) -> bool:
    return bool(rows.update(state=state, note=note[:300], ended_at=timezone.now()))

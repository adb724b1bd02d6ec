"""Verifying the log: asked for by the auditor or every night, done by a job; its result anchors the chain."""

from __future__ import annotations

import logging
from dataclasses import asdict

from django.utils import timezone

from gongkai.office.acts.jobs import enqueue
from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.acts.selectors import chain
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.acts.verification import Outcome
from gongkai.office.audit import heads
from gongkai.office.audit.models import Verification
from gongkai.office.audit.policy import policy

JOB = "audit.run_verification"
_log = logging.getLogger(__name__)


@verb("audit.verify", "校验操作日志", policy=policy)
def ask(actor: Actor, log: None) -> Done:
    """Have the log verified; the job begins when this is committed."""
    verification = Verification.objects.create(asked_by=actor.name)
    enqueue(JOB, once=f"{JOB}:{verification.pk}", verification_id=verification.pk)
    return Done(verification)


def run(verification_id: int) -> None:
    """Walk the chain, saying how far it is; run by the job, which may come again after a crash."""
    row = Verification.objects.filter(pk=verification_id)
    open_ones = row.filter(state__in=(Verification.State.WAITING, Verification.State.RUNNING))
    if not open_ones.update(state=Verification.State.RUNNING):
        return

    def progress(done: int, total: int) -> None:
        open_ones.update(done=done, total=total)

    outcome = chain.verify(heads.known(), progress)
    record(SYSTEM, row.get(), outcome)
    if outcome.intact:
        heads.keep(outcome.last, outcome.head, timezone.now().isoformat(timespec="seconds"))
    else:
        _log.error("操作日志校验发现异常：%s", outcome.faults[0].sentence)


@verb(heads.RECORDING, "记下校验结果", policy=policy)
def record(actor: Actor, verification: Verification, outcome: Outcome) -> Done:
    """The verdict. A log that is intact is anchored by this act: it holds the head of the chain before itself."""
    if verification.is_open:  # a job that ran twice brings the same verdict twice
        verification.state = Verification.State.INTACT if outcome.intact else Verification.State.BROKEN
        verification.finished_at = timezone.now()
        verification.done = verification.total = verification.last = outcome.last
        verification.head = outcome.head
        verification.faults = [asdict(fault) for fault in outcome.faults]
        verification.save()
    detail = {"intact": outcome.intact, "sequence": outcome.last, "hash": outcome.head, "count": outcome.count}
    return Done(verification, detail | ({"首处异常": outcome.faults[0].sentence} if outcome.faults else {}))

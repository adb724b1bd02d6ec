"""A reply that was not made here reached the applicant: the day and the proof (spec applications.md §6)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.choices import Way
from gongkai.office.applications.models import Application
from gongkai.office.applications.policy import policy
from gongkai.office.applications.selectors.letter_facts import signed_reply
from gongkai.office.bodies.services.changes import StaleError


@verb("applications.deliver", "登记送达", policy=policy)
def deliver(
    actor: Actor, case: Application, *, way: str, on: date, proof: str = "", version: int | None = None
) -> Done:
    """``proof``: number of the post, who signed, the record of the mail. Raises ``Refused``, ``StaleError``.

    That of a reply which was signed here is recorded with its letter, once it is sent (``posting.record_service``).
    """
    if version is not None and version != case.version:
        raise StaleError(case, version)
    decision = getattr(case, "decision", None)
    if case.replied_on is None or decision is None:
        raise Refused("答复尚未签发，不能登记送达。")
    if signed_reply(case) is not None:
        raise Refused("答复书在“文书”中送出，送达也在答复书上登记。")
    if not case.replied_on <= on <= timezone.localdate():
        raise Refused("送达日期不能早于答复日期，也不能晚于今天。")
    case.served_on = on
    case.version += 1
    case.save(update_fields=["served_on", "version"])
    decision.delivery_way, decision.delivery_proof = way, proof
    decision.save(update_fields=["delivery_way", "delivery_proof", "changed_at"])
    return Done(case, {"送达日期": on, "送达方式": Way(way).label, "version": case.version})

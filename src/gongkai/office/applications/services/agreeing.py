"""The head of the disclosure office agrees to an extension before it is made (条例 第三十三条第二款)."""

from __future__ import annotations

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application, ExtensionAgreement
from gongkai.office.applications.policy import policy


@verb("applications.agree_extension", "同意延长答复期限", policy=policy)
def agree_extension(actor: Actor, case: Application, *, days: int, reason: str) -> Done:
    """Up to ``days`` working days. Raises ``Refused`` where an extension cannot follow any more."""
    if case.finished_on is not None:
        raise Refused("申请已经办结，不能再延长答复期限。")
    if case.events.filter(event="extend").exists():
        raise Refused("答复期限只能延长一次（条例 第三十三条第二款）。")
    ExtensionAgreement.objects.create(
        application=case,
        days=days,
        reason=reason,
        by_id=actor.person.pk if actor.person else None,
        by_name=actor.name,
    )
    return Done(case, {"同意延长的工作日": days, "理由": reason})

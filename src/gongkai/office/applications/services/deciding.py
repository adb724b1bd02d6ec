"""The decision: drafted by the handler, approved by the reviewer; signing is an event of the course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application, Decision
from gongkai.office.applications.policy import policy
from gongkai.office.bodies.services.changes import StaleError
from gongkai.statute.errors import OutOfRangeError
from gongkai.statute.outcomes import NEEDS, outcome


@verb("applications.decide", "拟定处理决定", policy=policy)
def decide(
    actor: Actor,
    case: Application,
    *,
    outcome_code: str,
    reason: str,
    content: str = "",
    records: Mapping[str, Any],
    version: int | None = None,
) -> Done:
    """Write or rewrite the draft. Any change takes the reviewer's approval back.

    ``records``: keys of ``statute.outcomes.NEEDS``. Raises ``Refused`` when the case is not being drafted, or for an
    outcome that the law does not know today; ``StaleError`` when somebody was faster than the editor of ``version``.
    """
    if version is not None and version != case.version:
        raise StaleError(case, version)
    if case.state != "DRAFT_REPLY":
        raise Refused("只有在“拟稿”时可以修改处理决定；已提交审核的，请先退回。")
    try:
        chosen = outcome(outcome_code, timezone.localdate())
    except (KeyError, OutOfRangeError):
        raise Refused("没有这种处理结果，请从列表中选择。") from None
    if unknown := set(records) - set(NEEDS):
        raise Refused(f"不认识的办理记录：{'、'.join(sorted(unknown))}。")
    Decision.objects.update_or_create(
        application=case,
        defaults={
            "outcome": chosen.code,
            "reason": reason,
            "content": content,
            "records": dict(records),
            "drafter": actor.person,
            "reviewer": None,
            "signatory": None,
        },
    )
    case.version += 1
    case.save(update_fields=["version"])
    detail = {"处理结果": chosen.label, "依据": chosen.article or "", "version": case.version}
    return Done(case, detail)


@verb("applications.approve", "审核通过", policy=policy)
def approve(actor: Actor, case: Application, *, opinion: str = "", version: int | None = None) -> Done:
    """The reviewer agrees with the draft under review. Raises ``Refused`` for one's own draft (条例 45)."""
    if version is not None and version != case.version:
        raise StaleError(case, version)
    if case.state != "REVIEW":
        raise Refused("只有在“审核”时可以审核。")
    decision = case.decision
    if actor.person is not None and actor.person.pk in (decision.drafter_id, case.handler_id):
        raise Refused("不能审核自己承办的申请；请由另一名审核人审核（条例 第四十五条）。")
    decision.reviewer, decision.opinion = actor.person, opinion
    decision.save()
    case.version += 1
    case.save(update_fields=["version"])
    return Done(case, {"审核意见": opinion, "version": case.version})

"""Which files of a case go out with its reply: what is released, never an original of which parts are withheld."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.models import Application
from gongkai.statute.outcomes import REFUSAL, outcome

PUT_UP, REDACTED = "答复附件", "遮盖后的文件"  # labels of files that may leave the case
RELEASING = ("granted", "partially_granted")  # outcomes that give out what was redacted


def enclosable(case: Application) -> list[Attachment]:
    """What was put up for the reply, and, where something is released, what is redacted as now marked.

    An original stays in the house as soon as anything in it is marked (条例 第三十七条), whatever its label.
    """
    marked = case.redactions.exclude(boxes=[])
    wanted = Q(label=PUT_UP) & ~Q(pk__in=marked.values("attachment_id"))
    if _outcome(case) in RELEASING:
        wanted |= Q(label=REDACTED, pk__in=marked.exclude(burned_id=None).values("burned_id"))
    return list(attachments_of(case).filter(wanted))


def enclosed_unasked(case: Application) -> list[Attachment]:
    """What goes with a reply for which nobody chose: with a refusal nothing."""
    code = _outcome(case)
    decision = getattr(case, "decision", None)
    if code and decision is not None:
        day = case.replied_on or decision.changed_at.date()
        if outcome(code, day).kind == REFUSAL:
            return []
    return enclosable(case)


def enclosures(case: Application, keys: Sequence[int]) -> list[Attachment]:
    """Those of ``keys`` that (still) may go out."""
    return [one for one in enclosable(case) if one.pk in keys] if keys else []


def _outcome(case: Application) -> str:
    decision = getattr(case, "decision", None)
    return decision.outcome if decision is not None else case.outcome

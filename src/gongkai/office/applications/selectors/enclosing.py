"""Which files of a case go out with its reply: what is released, never an original of which parts are withheld."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from django.db.models import Q

from gongkai.office.acts.models import Attachment, Work
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.models import Application
from gongkai.statute.outcomes import REFUSAL, outcome

PUT_UP, REDACTED = "答复附件", "遮盖后的文件"  # labels of files that may leave the case
CONVERT = "applications.convert"  # the job that makes a PDF of an office file, by its name
RELEASING = ("granted", "partially_granted")  # outcomes that give out what was redacted


def enclosable(case: Application) -> list[Attachment]:
    """What was put up for the reply, and, where something is released, what is redacted as now marked.

    An original stays in the house as soon as anything in it is marked (条例 第三十七条), whatever its label, and with
    it the office file of which the marked PDF was made.
    """
    marked = case.redactions.exclude(boxes=[])
    wanted = Q(label=PUT_UP) & ~Q(pk__in=_held_back(case))
    if _outcome(case) in RELEASING:
        wanted |= Q(label=REDACTED, pk__in=marked.exclude(burned_id=None).values("burned_id"))
    return list(attachments_of(case).filter(wanted))


def enclosed_unasked(case: Application) -> list[Attachment]:
    """What goes with a reply for which nobody chose: with a refusal nothing.

    Nor what goes by the name of something marked: a Word file, say, of which the clerk made the PDF in Word.
    """
    code = _outcome(case)
    decision = getattr(case, "decision", None)
    if code and decision is not None:
        day = case.replied_on or decision.changed_at.date()
        if outcome(code, day).kind == REFUSAL:
            return []
    held = attachments_of(case).filter(pk__in=_held_back(case)).values_list("name", flat=True)
    named = {PurePath(name).stem for name in held}
    return [one for one in enclosable(case) if one.label == REDACTED or PurePath(one.name).stem not in named]


def enclosures(case: Application, keys: Sequence[int]) -> list[Attachment]:
    """Those of ``keys`` that (still) may go out."""
    return [one for one in enclosable(case) if one.pk in keys] if keys else []


def _held_back(case: Application) -> set[int]:
    """The files in which something is marked, and those of which such a file was made here."""
    marked = set(case.redactions.exclude(boxes=[]).values_list("attachment_id", flat=True))
    if not marked:
        return marked
    made = Work.objects.filter(
        task=CONVERT, thing_type=Attachment._meta.label_lower, state=Work.State.DONE, facts__made__in=list(marked)
    )
    return marked | {int(key) for key in made.values_list("thing_id", flat=True)}


def _outcome(case: Application) -> str:
    decision = getattr(case, "decision", None)
    return decision.outcome if decision is not None else case.outcome

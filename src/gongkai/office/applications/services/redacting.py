"""Partial disclosure: boxes are kept on the case, then burned into a new file; the original stays (条例 第三十七条).

Burning is work of a job: ordered by ``order``, done by ``burn``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.acts.models import Attachment, Work
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.selectors.work import works_of
from gongkai.office.acts.services import work as works
from gongkai.office.acts.services.attachments import RefusedFileError, attach, store
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.policy import policy
from gongkai.office.applications.redaction import apart
from gongkai.office.applications.redaction.boxes import GROUNDS, Box, count_by_ground
from gongkai.office.applications.selectors.enclosing import REDACTED
from gongkai.office.bodies.services.changes import StaleError

BURN = "applications.burn"  # the job, by its name
MOST_BOXES = 2000
_CHANGED = "遮盖区域在生成期间已被修改，没有生成；请核对现有区域后再次生成。"


def lent(original: Attachment) -> AbstractContextManager[Path]:
    """A plain copy, for as long as a program needs it. Raises ``StoreError``."""
    return store().lent(original.file.sha256, f"original.{original.file.kind.suffix}")


def case_of(original: Attachment) -> Application:
    """The case whose paper it is."""
    case: Application = Application.objects.get(pk=original.thing_id)
    return case


@verb("applications.redact", "标记遮盖区域", policy=policy)
def mark(
    actor: Actor, case: Application, *, original: Attachment, boxes: Sequence[Box], version: int | None = None
) -> Done:
    """Keep the boxes of one file, in place of earlier ones. Raises ``StaleError``, ``Refused``."""
    if len(boxes) > MOST_BOXES:
        raise Refused(f"一份文件最多标记{MOST_BOXES}处。")
    kept = Redaction.objects.filter(application=case, attachment_id=original.pk).first()
    if kept is not None and version is not None and kept.version != version:
        raise StaleError(kept, version)
    kept = kept or Redaction(application=case, attachment_id=original.pk, version=0)
    kept.boxes = [asdict(box) for box in boxes]
    # What was burned before no longer shows what is marked now, nor would what is being burned.
    kept.burned_id, kept.counts = None, {}
    kept.version += 1
    kept.save()
    burning = works_of(original).get(BURN)
    if burning is not None and burning.is_open:
        works.stop(burning, _CHANGED)
    return Done(case, {"文件": original.name, "处数": len(boxes)})


def order(actor: Actor, case: Application, *, original: Attachment, version: int | None) -> Work:
    """Have the boxes burned in by a job; what is being burned already is enough.

    ``version``: of the boxes, as the person saw them. Raises ``StaleError``, ``Refused``.
    """
    with transaction.atomic():
        _demand(actor, case)
        # Held against whoever marks at the same time: they find the work that is to be stopped, or come first.
        of_file = Redaction.objects.select_for_update(no_key=True).filter(application=case, attachment_id=original.pk)
        kept = of_file.first()
        if kept is None or not kept.boxes:
            raise Refused("还没有标记要遮盖的区域。")
        if version != kept.version:
            raise StaleError(kept, version or 0)
        if kept.burned_id:
            raise Refused("已经按现有的遮盖区域生成过，不用再次生成。")
        return works.ask(actor, BURN, original, version=kept.version)


def burn(work: Work, hand: works.Hand) -> None:
    """The work: a new file of the case with the boxes burned in and proved. Raises ``Refused``, ``StoppedError``."""
    original = Attachment.objects.select_related("file").get(pk=work.thing_id)
    case, actor = case_of(original), works.actor_of(work)
    _demand(actor, case)  # before the work; the act asks again
    kept = Redaction.objects.get(application=case, attachment_id=original.pk)
    if kept.version != work.facts["version"]:
        raise Refused(_CHANGED)
    boxes = [Box.of(values) for values in kept.boxes]
    try:
        with lent(original) as path:
            content = apart.redacted(path, boxes, hand.heed)
    except (apart.RedactionError, StoreError) as error:
        raise Refused(f"{error}。") from error
    name = f"{Path(original.name).stem[:80]}（已遮盖）.pdf"
    upload = UploadedFile(ContentFile(content), name, "application/pdf", len(content))
    try:
        with transaction.atomic():
            made = attach(actor, case, upload, label=REDACTED)
            _burned(actor, case, kept, made, boxes)
            works.finish(work, made=made.pk)
    except RefusedFileError as refusal:
        raise Refused(f"{refusal}。") from refusal


@verb("applications.burn", "生成遮盖后的文件", policy=policy)
def _burned(actor: Actor, case: Application, kept: Redaction, made: Attachment, boxes: Sequence[Box]) -> Done:
    now = Redaction.objects.select_for_update().get(pk=kept.pk)
    if now.version != kept.version:
        raise Refused(_CHANGED)
    now.counts, now.burned_id = count_by_ground(boxes), made.pk
    now.save(update_fields=["counts", "burned_id", "changed_at"])
    counts = {GROUNDS[ground]: count for ground, count in now.counts.items()}
    return Done(case, {"遮盖后的文件": made.name, "各依据处数": counts})


def _demand(actor: Actor, case: Application) -> None:
    verdict = policy.may(actor, "applications.burn", case)
    if not verdict:
        raise Refused(verdict.why)

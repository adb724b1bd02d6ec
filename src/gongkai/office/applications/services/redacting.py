"""Partial disclosure: boxes are kept on the case, then burned into a new file; the original stays (条例 第三十七条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.office.acts.attachments.store import FileStore
from gongkai.office.acts.models import Attachment
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.services.attachments import attach
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.policy import policy
from gongkai.office.applications.redaction import apart
from gongkai.office.applications.redaction.boxes import GROUNDS, Box, count_by_ground
from gongkai.office.bodies.services.changes import StaleError

REDACTED = "遮盖后的文件"  # the label of what may leave the case file
MOST_BOXES = 2000


def path_of(original: Attachment) -> Path:
    """Where the content lies."""
    return FileStore(Path(settings.DATA) / "files").path(original.file.sha256)


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
    # What was burned before no longer shows what is marked now.
    kept.burned_id, kept.counts = None, {}
    kept.version += 1
    kept.save()
    return Done(case, {"文件": original.name, "处数": len(boxes)})


def burn(actor: Actor, case: Application, *, original: Attachment) -> Attachment:
    """A new file of the case with the boxes burned in and proved. Raises ``Refused``, ``RefusedFileError``."""
    verdict = policy.may(actor, "applications.burn", case)
    if not verdict:  # before the work; the act asks again
        raise Refused(verdict.why)
    kept = Redaction.objects.filter(application=case, attachment_id=original.pk).first()
    if kept is None or not kept.boxes:
        raise Refused("还没有标记要遮盖的区域。")
    boxes = [Box.of(values) for values in kept.boxes]
    try:
        content = apart.redacted(path_of(original), boxes)
    except apart.RedactionError as error:
        raise Refused(f"{error}。") from error
    name = f"{Path(original.name).stem[:80]}（已遮盖）.pdf"
    with transaction.atomic():
        upload = UploadedFile(ContentFile(content), name, "application/pdf", len(content))
        made = attach(actor, case, upload, label=REDACTED)
        _burned(actor, case, kept, made, boxes)
    return made


@verb("applications.burn", "生成遮盖后的文件", policy=policy)
def _burned(actor: Actor, case: Application, kept: Redaction, made: Attachment, boxes: Sequence[Box]) -> Done:
    now = Redaction.objects.select_for_update().get(pk=kept.pk)
    if now.version != kept.version:
        raise Refused("生成期间遮盖区域已被修改，请再次生成。")
    now.counts, now.burned_id = count_by_ground(boxes), made.pk
    now.save(update_fields=["counts", "burned_id", "changed_at"])
    counts = {GROUNDS[ground]: count for ground, count in now.counts.items()}
    return Done(case, {"遮盖后的文件": made.name, "各依据处数": counts})

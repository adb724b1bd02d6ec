"""Drafts go after their days: with their personal data and their files."""

from __future__ import annotations

import datetime
import logging

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.office.acts.models import Attachment, StoredFile
from gongkai.office.portal.models import Draft, Tally
from gongkai.office.portal.selectors.drafts import KEPT_DAYS

_log = logging.getLogger(__name__)
_COUNTED_DAYS = 2


def expire(now: datetime.datetime | None = None) -> int:
    """Remove drafts untouched for ``KEPT_DAYS`` days and old counts. How many drafts."""
    now = now or timezone.now()
    Tally.objects.filter(since__lt=now - datetime.timedelta(days=_COUNTED_DAYS)).delete()
    old = Draft.objects.filter(changed_at__lt=now - datetime.timedelta(days=KEPT_DAYS))
    removed = 0
    for pk in list(old.values_list("pk", flat=True)):
        removed += _remove(pk, now - datetime.timedelta(days=KEPT_DAYS))
    if removed:
        _log.info("removed %d drafts", removed)
    return removed


def _remove(pk: int, before: datetime.datetime) -> int:
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(pk=pk, changed_at__lt=before).first()
        if draft is None:  # its owner came back just now
            return 0
        remove_files(draft)
        draft.delete()
    return 1


def remove_files(draft: Draft) -> None:
    """Its attachments, and the records of contents that nothing else has; the store's sweep then takes the contents."""
    papers = Attachment.objects.filter(thing_type=Draft._meta.label_lower, thing_id=str(draft.pk))
    files = list(papers.values_list("file_id", flat=True))
    papers.delete()
    for file in StoredFile.objects.filter(pk__in=files, attachments=None):
        try:
            with transaction.atomic():
                file.delete()
        except IntegrityError:  # somebody attaches the same content at this moment: then it stays
            continue

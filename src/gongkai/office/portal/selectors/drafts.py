"""A draft by its key."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.portal import keys
from gongkai.office.portal.models import Draft

KEPT_DAYS = 14  # without a change


def draft_of(key: str) -> Draft | None:
    """``key`` as typed or as the cookie has it; ``None`` for an unknown or expired one."""
    kept = keys.tidied(key)
    if len(kept) != keys.LENGTH:
        return None
    since = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    # Without its case: on all pages but the receipt there is none yet.
    drafts = Draft.objects.select_related("body")
    return drafts.filter(key_hash=keys.hash_of(kept), changed_at__gte=since).first()


def expires_on(draft: Draft) -> datetime.date:
    """The last day on which it is surely there."""
    return timezone.localdate(draft.changed_at) + datetime.timedelta(days=KEPT_DAYS - 1)


def files_of(draft: Draft) -> QuerySet[Attachment]:
    """In the order in which they came."""
    return attachments_of(draft)

"""Attachments of a thing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gongkai.office.acts.models import Attachment


def attachments_of(thing: Any) -> QuerySet[Attachment]:
    """In the order in which they came, with their files; one query. The page must be allowed to show ``thing``."""
    of_thing = Attachment.objects.filter(thing_type=thing._meta.label_lower, thing_id=str(thing.pk))
    return of_thing.select_related("file")

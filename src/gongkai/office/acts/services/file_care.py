"""Care of the store, by jobs: leftovers of dead writers, content nobody claims, originals that lost their hash."""

from __future__ import annotations

import logging

from django.apps import apps
from django.db import models
from django.utils import timezone

from gongkai.office.acts.attachments.store import DamagedError
from gongkai.office.acts.models import StoredFile
from gongkai.office.acts.services.attachments import examine_later, store

_log = logging.getLogger(__name__)
_AT_A_TIME = 10 * 1024**3  # bytes that are read in one verification


def claimed(hashes: list[str]) -> set[str]:
    """Which of these a record of any app claims: every model with a column ``sha256`` keeps its files in the store."""
    found: set[str] = set()
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields if isinstance(field, models.CharField)}
        if "sha256" in names and model._meta.managed and not model._meta.proxy:
            found.update(model._base_manager.filter(sha256__in=hashes).values_list("sha256", flat=True))
    return found


def sweep() -> None:
    """Remove leftovers and what no record claims after a day; give a job to what was not looked through or scanned."""
    leftovers = store().sweep()
    unclaimed = store().remove_unclaimed(claimed)
    if leftovers or unclaimed:
        _log.info("removed %d leftovers and %d files without a record", leftovers, len(unclaimed))
    examine_later(StoredFile.objects.all())


def verify(most: int = _AT_A_TIME) -> list[str]:
    """Read the originals that were verified longest ago, at most ``most`` bytes; the hashes of those that are damaged.

    A damaged one is marked, and unmarked when it is whole again (restored, or handed in once more).
    """
    damaged, left = [], most
    for file in StoredFile.objects.order_by("verified_at").iterator(chunk_size=500):
        left -= file.size
        if left < 0 and file.size <= most:
            break
        try:
            store().verify(file.sha256)
            broken = False
        except DamagedError as error:
            _log.error("stored file %s: %s", file.sha256, error)
            damaged.append(file.sha256)
            broken = True
        StoredFile.objects.filter(pk=file.pk).update(verified_at=timezone.now(), damaged=broken)
    return damaged

"""Care of the store: leftovers of dead writers, content nobody claims, originals that lost their hash, old keys.

By jobs every night; what seals anew under the current key is part of ``rotate_data_keys``, too.
"""

from __future__ import annotations

import logging

from django.apps import apps
from django.db import models
from django.utils import timezone

from gongkai.office.acts.attachments.errors import DamagedError, LockedError, StoreError
from gongkai.office.acts.models import StoredFile
from gongkai.office.acts.personal.rotation import ELSEWHERE, Progress, Rotated
from gongkai.office.acts.services.attachments import examine_later, store

_log = logging.getLogger(__name__)
_AT_A_TIME = 10 * 1024**3  # bytes that are read in one verification
_TOLD = 100  # files sealed anew between two words of progress
_SHOWN = 12  # of a hash, in messages


def claimed(hashes: list[str]) -> set[str]:
    """Which of these a record of any app claims: every model with a column ``sha256`` keeps its files in the store."""
    found: set[str] = set()
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields if isinstance(field, models.CharField)}
        if "sha256" in names and model._meta.managed and not model._meta.proxy:
            found.update(model._base_manager.filter(sha256__in=hashes).values_list("sha256", flat=True))
    return found


def sweep() -> None:
    """Remove leftovers and what no record claims after a day; seal what is in the clear, or under an old key; give a
    job to what was not looked through or scanned."""
    leftovers = store().sweep()
    unclaimed = store().remove_unclaimed(claimed)
    if leftovers or unclaimed:
        _log.info("removed %d leftovers and %d files without a record", leftovers, len(unclaimed))
    examine_later(StoredFile.objects.all())
    resealed = reseal()
    if resealed.done:
        _log.info("sealed %d files anew", resealed.done)
    if resealed.broken:
        _log.error("%d files could not be sealed anew, %s for one", len(resealed.broken), resealed.broken[0])


def reseal(progress: Progress = lambda _: None) -> Rotated:
    """Seal the files anew that are in the clear, as they were once kept, or under another than the current key.

    What is done is seen in the files, so it may be stopped at any moment. The broken ones are named by their hash.
    """
    result = Rotated("存储的文件")
    for sha256 in store().outdated():
        try:
            store().reseal(sha256)
        except StoreError:
            if sha256 in store():  # else nobody claimed it, and it was removed meanwhile
                result.broken.append(sha256[:_SHOWN])
            continue
        result.done += 1
        if result.done % _TOLD == 0:
            progress(result)
    if result.done:
        progress(result)
    return result


ELSEWHERE.append(reseal)


def verify(most: int = _AT_A_TIME) -> list[str]:
    """Read the originals that were verified longest ago, at most ``most`` bytes; the hashes of those that are damaged.

    A damaged one is marked, and unmarked when it is whole again (restored, or handed in once more). One whose key is
    missing is not judged: it is looked at again the next time.
    """
    damaged, locked, left = [], 0, most
    for file in StoredFile.objects.order_by("verified_at").iterator(chunk_size=500):
        left -= file.size
        if left < 0 and file.size <= most:
            break
        try:
            store().verify(file.sha256)
            broken = False
        except LockedError:
            locked, left = locked + 1, left + file.size
            continue
        except DamagedError as error:
            _log.error("stored file %s: %s", file.sha256, error)
            damaged.append(file.sha256)
            broken = True
        StoredFile.objects.filter(pk=file.pk).update(verified_at=timezone.now(), damaged=broken)
    if locked:
        _log.error("%d stored files cannot be verified: their data key is missing", locked)
    return damaged

"""The end of a batch: everything is read, comparisons are made, and that is written down once."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone

from gongkai.office.acts.policy import SYSTEM, Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.models import Batch, Document, State
from gongkai.office.analysis.models.state import OPEN
from gongkai.office.analysis.policy import policy
from gongkai.office.analysis.selectors.earlier import to_compare
from gongkai.office.analysis.services.comparing import compare


def finish(batch_id: int, apart: Apart) -> None:
    """Compare what was read and close the batch; nothing when it is closed, or not all of it is read."""
    batch = Batch.objects.filter(pk=batch_id, finished_at=None).first()
    if batch is None or batch.documents.filter(state__in=OPEN).exists():
        return
    compare(to_compare(batch), apart)
    with suppress(Refused):  # another process was quicker, or the batch was removed
        close(SYSTEM, batch)


@verb("analysis.finish", "读取完毕", policy=policy)
def close(actor: Actor, batch: Batch) -> Done:
    """Write down that a batch is read, and what came of it."""
    batch.finished_at = timezone.now()
    batch.save(update_fields=["finished_at"])
    states = list(Document.objects.filter(batch=batch).values_list("state", flat=True))
    return Done(batch, {"read": states.count(State.READ), "failed": states.count(State.FAILED)})

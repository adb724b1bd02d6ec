"""Removing a batch: rows and results go, the log keeps the names of what there was."""

from __future__ import annotations

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.analysis.models import Batch, Document
from gongkai.office.analysis.policy import policy
from gongkai.office.analysis.services import jobs, originals

_NAMED = 200  # documents that the log names; the rest is counted


@verb("analysis.remove", "删除分析批次", policy=policy)
def remove(actor: Actor, batch: Batch) -> Done:
    """Remove a batch with its documents and results. The ``ground`` of the act is why."""
    names = list(batch.documents.values_list("name", flat=True)[:_NAMED])
    count = batch.documents.count()
    following = list(Document.objects.filter(previous__batch=batch).exclude(batch=batch).values_list("pk", flat=True))
    gone = Batch(pk=batch.pk, name=batch.name, body_id=batch.body_id)
    originals.release(batch)
    batch.delete()
    # Their findings spoke of a report that is there no longer.
    jobs.compare_later(following)
    return Done(gone, {"files": names, "count": count})

"""Reading again: after a fault of ours was mended, or what failed failed by chance."""

from __future__ import annotations

from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.analysis.models import Batch, Document, State
from gongkai.office.analysis.policy import policy
from gongkai.office.analysis.services import jobs


@verb("analysis.read_again", "重新读取", policy=policy)
def read_again(actor: Actor, batch: Batch, *, document: Document | None = None, failed_only: bool = False) -> Done:
    """Have a batch, or one ``document`` of it, read anew from the originals; what was read before is shown until then.

    Files that were not taken have no original and stay as they are; what waits anyway goes on waiting.
    """
    chosen = batch.documents.filter(state__in=[State.FAILED] if failed_only else [State.FAILED, State.READ])
    if document is not None:
        chosen = chosen.filter(pk=document.pk)
    chosen = chosen.exclude(sha256="")
    ids = list(chosen.order_by("number").values_list("pk", flat=True))
    if ids:
        Document.objects.filter(pk__in=ids).update(state=State.WAITING, reason="", tries=0, touched_at=timezone.now())
        batch.finished_at = None
        batch.save(update_fields=["finished_at"])
        jobs.read_later(ids)
    return Done(batch, {"count": len(ids), **({"document": document.name} if document else {})})

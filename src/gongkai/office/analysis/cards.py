"""Cards of the desk: what I uploaded last, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.analysis.models import Batch, Document, State
from gongkai.office.analysis.showing.states import batch_badge
from gongkai.office.look.cards import Card, CardItem

_SHOWN = 5
_RECENT = timedelta(days=30)


def cards(actor: Actor) -> Iterable[Card]:
    """Two cards at most; nothing for people who have uploaded nothing in the last month."""
    if actor.person is None:
        return
    since = timezone.now() - _RECENT
    mine = Batch.objects.visible_to(actor.person).filter(person=actor.person, at__gte=since)
    # Chosen before they are counted, which takes every document of theirs; and counted they have lost their order.
    newest = list(mine.order_by("-at", "-pk").values_list("pk", flat=True)[:_SHOWN])
    batches = list(Batch.objects.filter(pk__in=newest).counted().order_by("-at", "-pk"))
    if not batches:
        return
    yield Card(
        "我上传的报告",
        href=reverse("analysis:batches") + "?mine=yes",
        items=[
            CardItem(batch.name, reverse("analysis:batch", args=[batch.pk]), f"{batch.count}份", batch_badge(batch))
            for batch in batches
        ],
        group="overview",
        order=200,
    )
    failed = Document.objects.filter(Q(batch__in=mine), state=State.FAILED)
    found = list(failed.order_by("-pk")[:_SHOWN])
    if found:
        yield Card(
            "未能读取的报告",
            failed.count(),
            reverse("analysis:documents") + "?state=failed&mine=yes",
            [CardItem(one.name, reverse("analysis:document", args=[one.pk]), one.reason[:60]) for one in found],
            "caution",
            200,
            "waiting",
        )

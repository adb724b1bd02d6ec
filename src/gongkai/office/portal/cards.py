"""Words of applicants to which nothing has happened yet, for the team of their body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone

from gongkai.office.applications.models import CaseEvent
from gongkai.office.applications.selectors.seeing import team_bodies
from gongkai.office.look.cards import Card, CardItem
from gongkai.office.portal.models import Message

_ITEMS = 5


def cards(actor: Any) -> Iterable[Card]:
    """A message is done with when the case goes on after it."""
    if actor.person is None:
        return
    mine = team_bodies(actor.person)
    if not mine:
        return
    later = CaseEvent.objects.filter(application=OuterRef("application"), at__gt=OuterRef("at"))
    waiting = (
        Message.objects.filter(application__body_id__in=mine, application__finished_on=None)
        .filter(~Exists(later))
        .select_related("application")
        .order_by(F("at").asc())
    )
    found = list(waiting[: _ITEMS + 1])
    if not found:
        return
    items = [
        CardItem(
            str(message.application),
            reverse("applications:case", args=[message.application_id]),
            day=timezone.localdate(message.at),
        )
        for message in found[:_ITEMS]
    ]
    count = len(found) if len(found) <= _ITEMS else waiting.count()
    yield Card("申请人留言", count, reverse("applications:cases"), items, tone="info", order=30)

"""Words of applicants to which nothing has happened yet, for the team of their body."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from gongkai.office.acts.models import Act
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.seeing import team_bodies
from gongkai.office.look.cards import Card, CardItem
from gongkai.office.portal.models import Message

_ITEMS = 5
_AFTERWARDS = datetime.timedelta(days=30)


def cards(actor: Any) -> Iterable[Card]:
    """A message is done with when somebody of the office has done something with the case since.

    What comes after the reply calls for no act of the course: after thirty days it is the file's alone.
    """
    if actor.person is None:
        return
    mine = team_bodies(actor.person)
    if not mine:
        return
    later = Act.objects.filter(
        thing_type=Application._meta.label_lower,
        thing_id=Cast(OuterRef("application_id"), CharField()),
        at__gt=OuterRef("at"),
        actor_id__isnull=False,  # the applicant, and the clock, have not read it
    )
    young = Q(application__finished_on=None) | Q(at__gt=timezone.now() - _AFTERWARDS)
    waiting = (
        Message.objects.filter(young, application__body_id__in=mine)
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

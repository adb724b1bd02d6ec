"""How the log stands."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.office.audit.models import Verification

State = Verification.State
_LATE = datetime.timedelta(hours=36)  # one night may fail
_LOST = datetime.timedelta(hours=6)  # no verification takes so long: its job is gone


def verdicts() -> QuerySet[Verification]:
    """Finished ones, the newest first."""
    return Verification.objects.filter(state__in=(State.INTACT, State.BROKEN)).order_by("-finished_at", "-pk")


def under_way() -> Verification | None:
    """The one that is waiting or running, if any."""
    since = timezone.now() - _LOST
    return Verification.objects.filter(state__in=(State.WAITING, State.RUNNING), asked_at__gte=since).first()


def is_late(last: Verification | None) -> bool:
    """Whether no verification was finished for a day and a half: then the worker does not run."""
    return last is None or last.finished_at is None or last.finished_at < timezone.now() - _LATE

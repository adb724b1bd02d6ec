"""What is out of date goes: sessions, counts of failures, requests that nobody answered."""

from __future__ import annotations

import datetime

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from gongkai.office.bodies.sign_in.models import OutsideRequest, UnknownAttempts

# 网络安全法 21: logs are kept for six months at least; the acts themselves stay for ever.
_KEPT = datetime.timedelta(days=190)


def tidy() -> None:
    """May run at any time, and any number of times."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    UnknownAttempts.objects.filter(day__lt=(now - _KEPT).date()).delete()
    OutsideRequest.objects.filter(last_at__lt=now - _KEPT).delete()

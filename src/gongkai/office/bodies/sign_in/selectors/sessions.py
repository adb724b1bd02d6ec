"""Where a person is signed in."""

from __future__ import annotations

import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from gongkai.office.bodies.models import Person


def live_sessions(person: Person) -> QuerySet[UserSession]:
    """The sessions that still open doors, the newest first."""
    now = timezone.now()
    there = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return UserSession.objects.filter(
        Exists(there),
        user=person,
        created_at__gt=now - datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE),
        last_seen_at__gt=now - datetime.timedelta(seconds=settings.GONGKAI_SESSION_IDLE_SECONDS),
    ).order_by("-created_at", "-pk")

"""Sessions end: their row and the browser's."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.selectors.sessions import live_sessions


def end_all(person: Person, *, keep: str = "") -> int:
    """End the person's sessions, but for the one with the key ``keep``. Returns how many were still alive.

    For acts that take a person's standing away (deactivation): call it within the act.
    """
    alive = live_sessions(person).exclude(session_key=keep).count()
    _end(list(UserSession.objects.filter(user=person).exclude(session_key=keep).values_list("session_key", flat=True)))
    return alive


def end_oldest(person: Person, *, keep: str) -> int:
    """Leave at most ``SESSION_LIMIT`` sessions, ``keep`` among them. Returns how many ended."""
    alive = list(live_sessions(person).exclude(session_key=keep).values_list("session_key", flat=True))
    stay = {keep, *alive[: settings.SESSION_LIMIT - 1]}
    gone = UserSession.objects.filter(user=person).exclude(session_key__in=stay)
    _end(list(gone.values_list("session_key", flat=True)))  # the dead ones are swept away with them
    return max(0, len(alive) - (settings.SESSION_LIMIT - 1))


def end_one(session: UserSession) -> None:
    """End one session."""
    _end([session.session_key])


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()

"""Sessions end when they are too old or unused for too long; what signed-in people see stays in no cache."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.office.bodies.gate import actor_of
from gongkai.office.bodies.sign_in.services import door
from gongkai.office.bodies.sign_in.state import BEGUN, SEEN

_PRECISION = 60  # seconds: a page within the same minute need not write the session again


class Watch:
    """Middleware, behind the one that knows who is signed in. Whose session ends is treated like any stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            self._look(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            # The back button after signing out, the next person at the same computer, a proxy: none may show it.
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def _look(self, request: HttpRequest) -> None:
        session, now = request.session, int(time.time())
        begun, seen = session.setdefault(BEGUN, now), session.get(SEEN, now)
        if now - begun > settings.SESSION_COOKIE_AGE:
            _end(request, "登录时间已满")
        elif now - seen > settings.GONGKAI_SESSION_IDLE_SECONDS:
            _end(request, "长时间没有操作")
        elif now - seen >= _PRECISION or SEEN not in session:
            session[SEEN] = now
            rows = UserSession.objects.filter(session_key=session.session_key)
            rows.update(last_seen_at=timezone.now(), ip=request.META.get("REMOTE_ADDR") or "0.0.0.0")


def _end(request: HttpRequest, why: str) -> None:
    actor = actor_of(request)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    door.time_out(actor, actor.person, why=why)

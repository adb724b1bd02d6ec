"""A session ends after hours in any case, and after minutes in which nothing was done."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_BEGUN, _SEEN = "begun_at", "seen_at"
_PRECISION = 60  # seconds: a page loaded within the same minute need not write the session again


class SessionLimits:
    """Middleware, behind the one that knows who is signed in. Who is signed out is treated like any stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            now = int(time.time())
            begun = request.session.setdefault(_BEGUN, now)
            seen = request.session.get(_SEEN, now)
            if now - begun > settings.SESSION_COOKIE_AGE or now - seen > settings.GONGKAI_SESSION_IDLE_SECONDS:
                logout(request)
            elif now - seen >= _PRECISION or _SEEN not in request.session:
                request.session[_SEEN] = now
        return self.get_response(request)

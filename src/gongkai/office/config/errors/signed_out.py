"""A form that arrives after the session ended: the person is not merely sent to sign in, which would lose the form."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from gongkai.office.config.errors.page import error_page
from gongkai.office.config.errors.words import SIGNED_OUT


class SignedOut:
    """Middleware around the gate: in place of its redirect, the page that keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sent_away = response.status_code == 302 and response.headers.get("Location", "").startswith(
            f"{resolve_url(settings.LOGIN_URL)}?"
        )
        if sent_away and request.method == "POST" and not request.user.is_authenticated:
            return error_page(request, 403, words=SIGNED_OUT, sign_in=True)
        return response

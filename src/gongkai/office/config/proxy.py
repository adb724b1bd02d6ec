"""Behind a reverse proxy the address of a request is the proxy's; here it becomes the person's again."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class Proxy:
    """Middleware, used only with ``GONGKAI_PROXY=1``.

    Of ``X-Forwarded-For`` the last entry counts: the proxy wrote it; those before it anybody may have invented.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        if told:
            request.META["REMOTE_ADDR"] = told
        return self.get_response(request)

"""Every request has a number that a clerk can read out on the telephone; with it its lines in the log are found."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

HEADER = "X-Request-Number"
LENGTH = 6  # 30^6 a day: of 100,000 requests of one day about seven share a number
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O 1 I L U, which are misread

current: ContextVar[str] = ContextVar("request_number", default="")  # of the request (or job) being worked on
_log = logging.getLogger("gongkai.request")


def new_number() -> str:
    """Such as ``20261122-3F7K2M``: the day (local time) and signs drawn by lot."""
    return f"{timezone.localdate():%Y%m%d}-{''.join(secrets.choice(_SIGNS) for _ in range(LENGTH))}"


class RequestNumber:
    """Middleware, the outermost: ``request.number``, the header, and one line of log for every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = new_number()
        request.number = number  # type: ignore[attr-defined]
        token = current.set(number)
        begin = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
            _log.info("request", extra={"facts": _facts(request, response, time.perf_counter() - begin)})
        finally:
            current.reset(token)
        return response


def _facts(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    """Never values of the query: people search for names. Never a person's name: the id is enough to find it."""
    # The person only when the page has asked for them already; the log must not cost a query.
    person = getattr(request, "_cached_user", None)
    facts: dict[str, object] = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "person": person.pk if person is not None and person.is_authenticated else None,
    }
    if request.GET:
        facts["query"] = sorted(request.GET)
    return facts

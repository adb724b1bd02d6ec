"""What Django calls when a request fails (``handler400`` … in ``urls``, ``CSRF_FAILURE_VIEW``)."""

from __future__ import annotations

import re

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from gongkai.office.config.errors.page import error_page
from gongkai.office.config.errors.words import ENDED_MEANWHILE, EXPIRED

_CHINESE = re.compile(r"[一-鿿]")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 when there was too much of it. A session that ended meanwhile is told as what it is."""
    if isinstance(exception, SessionInterrupted):
        return error_page(request, 400, words=ENDED_MEANWHILE, sign_in=True)
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason that the policy gave."""
    return error_page(request, 403, why=_sentence(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_page(request, 404, why=_sentence(exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is too old or lacking; the page has a fresh one, so sending again succeeds."""
    return error_page(request, 403, words=EXPIRED)


def _sentence(exception: Exception) -> str:
    """The exception's own words when they were written for people here; libraries write English."""
    words = str(exception)
    return words if _CHINESE.search(words) and "\n" not in words else ""

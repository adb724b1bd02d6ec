"""What is larger than the office takes is refused before it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongkai.office.config.errors.page import error_page


class UploadLimit:
    """Middleware: 413 by the declared length. A body without one is not read at all (WSGI)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if declared.isdigit() and int(declared) > settings.UPLOAD_BYTES:
            return error_page(request, 413)
        return self.get_response(request)

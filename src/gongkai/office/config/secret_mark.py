"""What bears the mark of a state secret is refused before anything is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.office.acts.secret_mark import mark_in
from gongkai.office.config.errors.page import error_page
from gongkai.office.config.errors.words import STATE_SECRET


class SecretMark:
    """Middleware: 422 for a form with such a text or with a file of such a name. What was typed is given back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """After the checks of the form's token and of who asks: theirs come first."""
        if request.method == "POST" and any(map(mark_in, _words(request))):
            return error_page(request, 422, words=STATE_SECRET)
        return None


def _words(request: HttpRequest) -> Iterator[str]:
    for _, values in request.POST.lists():
        yield from map(str, values)
    for _, files in request.FILES.lists():
        yield from (file.name or "" for file in files)

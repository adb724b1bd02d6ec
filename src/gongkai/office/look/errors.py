"""Error pages that say what to do, carry the number of the request, and lose nothing that was typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Secrets do not travel back into a page.
_NEVER_SHOWN = ("password", "csrf", "token", "otp", "code", "secret")
_MOST_FIELDS = 500


def error_page(
    request: HttpRequest, *, status: int, title: str, text: str, number: str = "", typed: bool = False
) -> HttpResponse:
    """A page with ``status``. ``typed``: what was posted is shown for copying, and one button posts it once more.

    ``number`` is the request number that the log knows. Files cannot be kept: the page says so.
    """
    fields = _typed(request) if typed and request.method == "POST" else []
    context = {
        "title": title,
        "text": text,
        "number": number,
        "typed": fields,
        "files": [file.name for file in request.FILES.values()] if fields else [],
        "again": request.get_full_path(),
    }
    return render(request, "look/error_page.html", context, status=status)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        posted = request.POST.lists()
    except Exception:  # a body that cannot be read is one reason why we may be here
        return []
    found = [(name, text) for name, texts in posted for text in texts if not _is_secret(name)]
    return found[:_MOST_FIELDS]


def _is_secret(name: str) -> bool:
    return any(part in name.lower() for part in _NEVER_SHOWN)

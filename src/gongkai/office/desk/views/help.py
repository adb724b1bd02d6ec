"""The manual inside the office. Open to all: who cannot sign in needs it most."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.office.bodies.gate import open_to_all
from gongkai.office.desk.manual_pages import page, pages


@open_to_all
@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """What there is to read."""
    return render(request, "desk/help.html", {"title": "用户手册", "pages": pages()})


@open_to_all
@require_safe
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter."""
    one = page(slug)
    if one is None:
        raise Http404
    every = pages()
    at = every.index(one)
    context = {
        "title": one.title,
        "breadcrumbs": [("用户手册", reverse("desk:help"))],
        "page": one,
        "pages": every,
        "before": every[at - 1] if at else None,
        "after": every[at + 1] if at + 1 < len(every) else None,
    }
    return render(request, "desk/help_page.html", context)

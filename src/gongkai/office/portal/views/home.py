"""The home, the bodies, how to apply; the size of print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongkai.office.look.words import date_cn
from gongkai.office.portal.print_size import LARGE
from gongkai.office.portal.selectors.bodies import bodies, guide_of
from gongkai.office.portal.selectors.drafts import expires_on
from gongkai.office.portal.views.page import own_draft, public, show

_YEAR = 365 * 24 * 3600


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every body with its address; a search that needs no script."""
    words = request.GET.get("q", "").strip()[:60]
    draft = own_draft(request)
    waiting = draft if draft is not None and not draft.application_id else None
    context = {
        "title": "政府信息依申请公开",
        "words": words,
        "bodies": list(bodies(words)),
        "waiting": date_cn(expires_on(waiting)) if waiting else "",
    }
    return show(request, "home.html", context)


@public
@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """What the guide states of a body (条例 第十二条), and the way to apply to it."""
    found = get_object_or_404(bodies(), pk=pk)
    return show(request, "body.html", {"title": found.name, "body": found, "guide": guide_of(found)})


@public
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """Who may apply, how, and by when there is an answer; in plain words."""
    return show(request, "how.html", {"title": "怎样申请"})


@public
@require_safe
def print_size(request: HttpRequest, size: str) -> HttpResponse:
    """``large`` or ``usual``; kept on this device, then back to where one was."""
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith(reverse("portal:home")):
        back = reverse("portal:home")
    response = redirect(back)
    if size == "large":
        response.set_cookie(LARGE, "1", max_age=_YEAR, path="/", samesite="Lax", httponly=True)
    else:
        response.delete_cookie(LARGE, path="/", samesite="Lax")
    return response

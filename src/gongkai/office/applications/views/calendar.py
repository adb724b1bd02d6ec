"""Deadlines as a calendar for one's own programs (RFC 5545): a secret address for each person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.office.applications.models import CalendarFeed
from gongkai.office.applications.selectors.feed import calendar_of
from gongkai.office.applications.services.listing import close_calendar, hash_of, open_calendar
from gongkai.office.bodies.gate import may, open_to_all, signed_in


@never_cache
@may("applications.keep_calendar")
@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Whether there is one; the address itself is shown only when it is made."""
    feed = CalendarFeed.objects.filter(person_id=request.user.pk).first()
    return render(request, "applications/calendar.html", _context(feed))


@never_cache
@may("applications.keep_calendar")
@require_POST
def open_page(request: HttpRequest) -> HttpResponse:
    """A new address; the old one opens nothing any more."""
    secret = open_calendar(request.actor)  # type: ignore[attr-defined]
    feed = CalendarFeed.objects.get(person_id=request.user.pk)
    address = request.build_absolute_uri(reverse("applications:feed", args=[secret]))
    return render(request, "applications/calendar.html", {**_context(feed), "address": address})


@signed_in
@require_POST
def close_page(request: HttpRequest) -> HttpResponse:
    """No more."""
    close_calendar(request.actor, None)  # type: ignore[attr-defined]
    messages.success(request, "期限日历已停用")
    return redirect("applications:cases")


@never_cache
@open_to_all
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever knows the address reads it: it names no applicant and no subject, only numbers and days."""
    found = CalendarFeed.objects.filter(secret_hash=hash_of(secret)).select_related("person").first()
    if found is None or not found.person.is_active:
        raise Http404
    text = calendar_of(found.person, request.build_absolute_uri("/"))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return response


def _context(feed: CalendarFeed | None) -> dict[str, object]:
    return {"title": "期限日历", "feed": feed, "breadcrumbs": [("申请", reverse("applications:cases"))]}

"""What axes asks the office: by which name and address to count failures, and what the locked-out page says."""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.selectors.locks import opens_at


def account_key(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The sign-in name as it is written in the office: in other capitals it is no other name, with a count of its own.

    Of a name that nobody has, a fingerprint: people type passwords into the wrong field.
    """
    typed = str((credentials or {}).get("username") or "").strip()[:255]
    known: dict[str, str] = request.__dict__.setdefault("_account_keys", {})
    if typed not in known:
        account = Person.objects.filter(account__iexact=typed).values_list("account", flat=True).first()
        known[typed] = account or "?" + salted_hmac("sign_in.lockout", typed.casefold()).hexdigest()[:40]
    return known[typed]


def address(request: HttpRequest) -> str | None:
    """Where the request came from; behind a proxy the middleware has put the person's address there."""
    return request.META.get("REMOTE_ADDR") or None


def page(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Too many failures: when it opens again. The same for names that nobody has."""
    now = timezone.now()
    opens = opens_at(account_key(request, credentials), address(request)) or now + settings.AXES_COOLOFF_TIME
    locked = render(request, "sign_in/locked.html", {"title": "暂时不能登录", "opens": opens}, status=429)
    locked["Retry-After"] = str(max(1, math.ceil((opens - now).total_seconds())))
    return locked


def too_many(request: HttpRequest) -> HttpResponse:
    """The library's limits on how often a page may be used (``handler429`` of the addresses)."""
    return render(request, "sign_in/too_many.html", {"title": "请稍后再试"}, status=429)

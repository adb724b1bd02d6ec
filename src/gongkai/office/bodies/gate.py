"""The gate before every page: a view says to whom it opens, and one that says nothing stays shut."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from gongkai.office.acts.policy import Actor, policy_for

View = Callable[..., HttpResponse]
_MARK = "opens_to"


def open_to_all(view: View) -> View:
    """For pages without secrets: sign-in, health, the pattern book, what the public sees."""
    setattr(view, _MARK, "all")
    return view


def signed_in(view: View) -> View:
    """For everybody with an account in use."""
    setattr(view, _MARK, "signed in")
    return view


def may(code: str) -> Callable[[View], View]:
    """For those who might do ``code`` (a verb, or reading) to something; the verb or the query judges the thing."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            verdict = policy_for(code).may(request.actor, code)
            if not verdict:
                raise PermissionDenied(verdict.why)
            return view(request, *args, **kwargs)

        setattr(guarded, _MARK, code)
        return guarded

    return mark


def opens_to(view: Any) -> str | None:
    """The mark of a view: ``all``, ``signed in``, a verb's code; ``None``: nobody."""
    return getattr(view, _MARK, None)


class Gate:
    """Middleware: puts ``request.actor``; sends strangers to sign-in; refuses unmarked views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before the view runs."""
        mark = opens_to(view)
        if mark == "all":
            return None
        if mark is None:
            raise PermissionDenied("这个页面没有设定开放范围。")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return None


def actor_of(request: HttpRequest) -> Actor:
    """Who acts by this request."""
    return Actor(
        person=request.user if request.user.is_authenticated else None,
        request_number=getattr(request, "number", ""),
        address=request.META.get("REMOTE_ADDR", ""),
    )

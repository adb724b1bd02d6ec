"""What every page's frame shows; a context processor (``gongkai.office.look.frame.frame``) gives it as ``frame``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from gongkai.office.look.navigation import Group, navigation, signed_in


@dataclass(frozen=True)
class PersonLine:
    """Who is signed in, and as what: 「张敏」「县财政局　审核人」; ``href`` leads to the person's own page."""

    name: str
    role: str = ""
    href: str = ""


@dataclass(frozen=True)
class Action:
    """A link beside the heading of a page. ``primary``: the one thing most people come for."""

    label: str
    href: str
    icon: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Tab:
    """One of several views of a thing, each with an address of its own; ``count`` stands behind the label."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


def _unknown(request: HttpRequest) -> PersonLine | None:
    return PersonLine(str(request.user)) if signed_in(request) else None


_describe: Callable[[HttpRequest], PersonLine | None] = _unknown


def describe_person_with(describe: Callable[[HttpRequest], PersonLine | None]) -> None:
    """The app that knows people calls this in ``AppConfig.ready``; ``None`` means that nobody is signed in."""
    global _describe  # noqa: PLW0603 - one for the whole process, set once at start-up
    _describe = describe


class Frame:
    """Asked for by base.html piece by piece: a page that shows no navigation pays for none."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def navigation(self) -> list[Group]:
        return navigation(self._request)

    @cached_property
    def person(self) -> PersonLine | None:
        return _describe(self._request)

    @cached_property
    def home(self) -> str:
        """The desk; before there is one, the root."""
        return _reverse("desk:home") or "/"

    @cached_property
    def sign_in(self) -> str | None:
        return _reverse("account_login")

    @cached_property
    def sign_out(self) -> str | None:
        """Where the sign-out button posts to."""
        return _reverse("account_logout")


def _reverse(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}

"""Requests without a server: a page of the look needs no database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

Ask = Callable[..., HttpRequest]


@pytest.fixture
def ask() -> Ask:
    """``ask("/list/?q=x")``; with ``post={…}`` what a form sends; ``user`` by default nobody."""

    # Models cannot be loaded yet when pytest reads this file.
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.cookie import CookieStorage

    def request(
        address: str = "/", *, post: dict[str, Any] | None = None, user: Any = None, **headers: str
    ) -> HttpRequest:
        factory = RequestFactory(headers=headers)
        made = factory.get(address) if post is None else factory.post(address, post)
        made.user = user or AnonymousUser()
        made._messages = CookieStorage(made)  # type: ignore[attr-defined] - where the messages app looks
        return made

    return request

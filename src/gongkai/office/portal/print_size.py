"""The size of print that somebody chose on this device; told by the request alone, for error pages too."""

from __future__ import annotations

from django.http import HttpRequest

LARGE = "gongkai_large"  # the cookie


def is_large(request: HttpRequest) -> bool:
    """Whether the large print is chosen."""
    return request.COOKIES.get(LARGE) == "1"

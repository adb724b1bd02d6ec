"""What browsers are told about every page: what it may load, where its forms may go, what it may not use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

# Devices and abilities that no page of the office has need of.
PERMISSIONS_POLICY = ", ".join(
    f"{ability}=()"
    for ability in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def content_security_policy(*, sign_in_server: str, https: bool) -> dict[str, Any]:
    """For django-csp: nothing but what the office itself serves, and no script or style inside a page.

    ``sign_in_server``: the address of 统一身份认证, to which the sign-in form is sent on; empty without one.
    """
    parts = urlsplit(sign_in_server)
    outside = [f"{parts.scheme}://{parts.netloc}"] if sign_in_server else []
    return {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "frame-ancestors": ["'none'"],
            "form-action": ["'self'", *outside],
            **({"upgrade-insecure-requests": True} if https else {}),
        }
    }


class PermissionsPolicy:
    """Middleware: the header ``Permissions-Policy``, which Django does not know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

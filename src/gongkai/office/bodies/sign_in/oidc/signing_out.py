"""Who came by 统一身份认证 signs out there too (OpenID Connect RP-Initiated Logout 1.0)."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.office.bodies.sign_in.state import OUTSIDE


def end_session_address(request: HttpRequest) -> str:
    """Where to send the browser after signing out; empty when the session has nothing to do with the provider."""
    came = request.session.get(OUTSIDE) or {}
    if not came.get("end"):
        return ""
    asked = {
        "id_token_hint": came["token"],
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("account_login")),
    }
    return f"{came['end']}{'&' if '?' in came['end'] else '?'}{urlencode(asked)}"

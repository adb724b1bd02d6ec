"""What a person must do before anything else: change a password, enrol a second factor, put recovery codes down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.office.bodies.gate import opens_to
from gongkai.office.bodies.sign_in.selectors.factors import factors, must_have_factor
from gongkai.office.bodies.sign_in.state import FACTOR, must_change_password

_ALWAYS = {"account_logout", "account_reauthenticate"}
_PASSWORD = "account_change_password"
_ENROL, _CODES = "mfa_activate_totp", "mfa_view_recovery_codes"
_ENROLLING = {_ENROL, _CODES, "mfa_download_recovery_codes", "mfa_reauthenticate", "sign_in:keep_codes"}


class Duties:
    """Middleware, behind the gate."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before the view runs."""
        if opens_to(view) == "all" or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        if name in _ALWAYS:
            return None
        if must_change_password(request):
            return None if name == _PASSWORD else _first(request, _PASSWORD)
        if name in _ENROLLING or name == _PASSWORD or request.session.get(FACTOR):
            return None
        if not must_have_factor(request.user):
            return None
        has = factors(request.user)
        if has.totp is None:
            return _first(request, _ENROL)
        if has.codes_open:
            return _first(request, _CODES)
        request.session[FACTOR] = True
        return None


def _first(request: HttpRequest, name: str) -> HttpResponse:
    """To the page that comes first; a page that was only to be seen is shown afterwards."""
    back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()}) if request.method == "GET" else ""
    response: HttpResponse = redirect(f"{reverse(name)}?{back}" if back else reverse(name))
    if request.headers.get("HX-Request"):
        response = HttpResponse(headers={"HX-Redirect": response["Location"]})
    return response

"""Second factors on one's own account."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.bodies.gate import signed_in
from gongkai.office.bodies.sign_in.selectors.factors import Factors, factors, must_have_factor
from gongkai.office.bodies.sign_in.services import factors as verbs
from gongkai.office.bodies.sign_in.state import FACTOR
from gongkai.office.bodies.sign_in.views.own import crumbs, oneself

_SHOWN_FOR = datetime.timedelta(minutes=30)
_MFA = "allauth.mfa"


class _Act:
    """Mixed into a page of the library: what it does when the form is right is done inside ``verb``."""

    verb: Any

    def form_valid(self, form: Any) -> HttpResponse:
        """The library's answer."""
        made: list[HttpResponse] = []
        request = self.request  # type: ignore[attr-defined]
        type(self).verb(request.actor, oneself(request), lambda: made.append(super(_Act, self).form_valid(form)))  # type: ignore[misc]
        return made[0]


class Enrol(_Act, ActivateTOTPView):
    """The QR code, and the first code from the telephone."""

    verb = staticmethod(verbs.enrol_factor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret in groups, for telephones without a camera."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        must = must_have_factor(self.request.user)
        return {
            **context,
            "title": "启用动态口令",
            "secret": grouped,
            "must": must,
            "breadcrumbs": [] if must else crumbs(),
        }


class GiveUp(_Act, DeactivateTOTPView):
    """No second factor any more."""

    verb = staticmethod(verbs.give_up_factor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A question, or why it may not be."""
        return {**super().get_context_data(**kwargs), "title": "停用动态口令", "breadcrumbs": crumbs()}

    def form_valid(self, form: Any) -> HttpResponse:
        """The session no longer vouches for it."""
        response = super().form_valid(form)
        self.request.session.pop(FACTOR, None)
        messages.success(self.request, "动态口令已停用。")
        return response


class Renew(_Act, GenerateRecoveryCodesView):
    """New recovery codes in place of the old."""

    verb = staticmethod(verbs.renew_recovery_codes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A question."""
        return {**super().get_context_data(**kwargs), "title": "重新生成恢复码", "breadcrumbs": crumbs()}


_FORM = require_http_methods(["GET", "HEAD", "POST"])
_give_up, _renew = GiveUp.as_view(), Renew.as_view()
enrol = signed_in(_FORM(Enrol.as_view()))


@signed_in
@_FORM
def give_up(request: HttpRequest) -> HttpResponse:
    """Where there is one."""
    return _give_up(request) if factors(oneself(request)).totp else _nothing_yet(request)


@signed_in
@_FORM
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Where there is a factor that they stand in for."""
    return _renew(request) if factors(oneself(request)).totp else _nothing_yet(request)


@signed_in
@require_safe
@reauthentication_required(app=_MFA)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, until the person says that they are put down, and for half an hour at most; then how many are left."""
    has = factors(oneself(request))
    if has.recovery is None:
        return _nothing_yet(request)
    context = {
        "title": "恢复码",
        "breadcrumbs": crumbs(),
        "codes": _spelled(has) if _are_shown(has) else [],
        "left": has.codes_left,
        "total": settings.MFA_RECOVERY_CODE_COUNT,
        "open": has.codes_open,
    }
    return render(request, "mfa/recovery_codes/index.html", context)


@signed_in
@require_safe
@reauthentication_required(app=_MFA)
def download_codes(request: HttpRequest) -> HttpResponse:
    """The same as a text file."""
    has = factors(oneself(request))
    if not _are_shown(has):
        return redirect("mfa_view_recovery_codes")
    text = render_to_string("mfa/recovery_codes/download.txt", {"codes": _spelled(has), "person": request.user})
    response = HttpResponse(text.replace("\n", "\r\n"), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = (
        "attachment; filename=\"recovery-codes.txt\"; filename*=UTF-8''%E6%81%A2%E5%A4%8D%E7%A0%81.txt"
    )
    return response


@signed_in
@require_POST
def keep_codes(request: HttpRequest) -> HttpResponse:
    """The person has put them down."""
    verbs.keep_recovery_codes(request.actor, oneself(request))
    messages.success(request, "恢复码已确认保存。")
    return redirect("mfa_index")


def _nothing_yet(request: HttpRequest) -> HttpResponse:
    messages.info(request, "还没有启用动态口令。")
    return redirect("mfa_index")


def _are_shown(has: Factors) -> bool:
    return has.codes_open and timezone.now() - has.recovery.created_at < _SHOWN_FOR


def _spelled(has: Factors) -> list[str]:
    return [f"{code[:4]} {code[4:]}" for code in has.recovery.wrap().get_unused_codes()]

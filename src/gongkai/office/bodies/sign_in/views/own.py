"""A person's own page: what they sign in with, and where they are signed in."""

from __future__ import annotations

from allauth.account.views import PasswordChangeView, PasswordResetView
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.bodies.gate import open_to_all, signed_in
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in import state
from gongkai.office.bodies.sign_in.mail import mail_is_set_up
from gongkai.office.bodies.sign_in.selectors.factors import factors, must_have_factor
from gongkai.office.bodies.sign_in.selectors.passwords import due_at, set_at
from gongkai.office.bodies.sign_in.selectors.sessions import live_sessions
from gongkai.office.look.components import Fact

SECURITY = "登录安全"


def oneself(request: HttpRequest) -> Person:
    """The signed-in person, read anew."""
    return Person.objects.get(pk=request.user.pk)


def crumbs() -> list[tuple[str, str]]:
    """The way to pages below the person's own."""
    return [(SECURITY, reverse("mfa_index"))]


@signed_in
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """What one signs in with."""
    person = oneself(request)
    has = factors(person)
    linked = SocialAccount.objects.filter(user=person).first()
    password = [Fact("登录名", person.account)]
    if person.has_usable_password():
        password += [Fact("密码设定时间", set_at(person)), Fact("须在此前更换", due_at(person) or "不限")]
    context = {
        "title": SECURITY,
        "password": password,
        "has_password": person.has_usable_password(),
        "factors": has,
        "must_have_factor": must_have_factor(person),
        "sessions": live_sessions(person).count(),
        "limit": settings.SESSION_LIMIT,
        "outside_name": settings.OIDC_NAME,
        "outside": linked,
        "outside_offered": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
    }
    return render(request, "sign_in/security.html", context)


class ChangePassword(PasswordChangeView):
    """One's own password."""

    extra_context = {"title": "更改密码"}  # noqa: RUF012 - the library's own way

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """With the reason when it must be changed first."""
        return {**super().get_context_data(**kwargs), "must": state.must_change_password(self.request)}


_change_password = ChangePassword.as_view()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Who has no password gets the first one from the security administrator."""
    if not request.user.has_usable_password():
        return render(request, "sign_in/no_password.html", {"title": "没有密码", "provider": settings.OIDC_NAME})
    return _change_password(request)


_ask_for_link = PasswordResetView.as_view(extra_context={"title": "忘记密码"})


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """A link by mail where the office can send mail; else whom to ask."""
    if not mail_is_set_up():
        return render(request, "sign_in/whom_to_ask.html", {"title": "忘记密码"})
    return _ask_for_link(request)

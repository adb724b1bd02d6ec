"""Addresses of signing in. Of the library's pages only those that the office uses, each with its mark for the gate.

Their names are the library's: it looks for them.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.bodies.gate import open_to_all, signed_in
from gongkai.office.bodies.sign_in.views import factors, links, outside, own, people, sessions


def _read(view: Any, title: str) -> Any:
    """A page of the library that is only looked at."""
    return require_safe(view.as_view(extra_context={"title": title}))


def _form(view: Any, title: str) -> Any:
    """A page of the library with a form; by itself it would answer PUT too."""
    return require_http_methods(["GET", "HEAD", "POST"])(view.as_view(extra_context={"title": title}))


_ours = [
    path("outside/", outside.leave, name="outside"),
    path("outside/back/", outside.back, name="outside_back"),
    path("recovery-codes/kept/", factors.keep_codes, name="keep_codes"),
    path("people/", people.people, name="people"),
    path("people/locked/", people.locked, name="locked"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/password/", people.reset_password, name="reset_password"),
    path("people/<int:pk>/factors/", people.reset_factors, name="reset_factors"),
    path("people/<int:pk>/sessions/", people.end_sessions, name="end_sessions"),
    path("people/<int:pk>/unlock/", people.unlock, name="unlock"),
    path("people/<int:pk>/unlink/", links.unlink, name="unlink"),
    path("links/", links.requests, name="requests"),
    path("links/linked/", links.linked, name="linked"),
    path("links/<int:pk>/", links.link, name="link"),
    path("links/<int:pk>/dismiss/", links.dismiss, name="dismiss"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", open_to_all(_form(account.LoginView, "登录")), name="account_login"),
    path("logout/", open_to_all(_form(account.LogoutView, "退出登录")), name="account_logout"),
    path(
        "inactive/",
        open_to_all(_read(account.AccountInactiveView, "账号已停用")),
        name="account_inactive",
    ),
    path("again/", signed_in(_form(account.ReauthenticateView, "再次确认身份")), name="account_reauthenticate"),
    path("password/", own.change_password, name="account_change_password"),
    path("password/forgotten/", own.forgotten, name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        open_to_all(_read(account.PasswordResetDoneView, "邮件已发送")),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_to_all(_form(account.PasswordResetFromKeyView, "设定新密码")),
        name="account_reset_password_from_key",
    ),
    path(
        "password/forgotten/done/",
        open_to_all(_read(account.PasswordResetFromKeyDoneView, "密码已更改")),
        name="account_reset_password_from_key_done",
    ),
    path("security/", own.security, name="mfa_index"),
    path("code/", open_to_all(_form(mfa.AuthenticateView, "动态口令")), name="mfa_authenticate"),
    path("code/again/", signed_in(_form(mfa.ReauthenticateView, "再次确认身份")), name="mfa_reauthenticate"),
    path("code/enrol/", factors.enrol, name="mfa_activate_totp"),
    path("code/give-up/", factors.give_up, name="mfa_deactivate_totp"),
    path("recovery-codes/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/renew/", factors.renew_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", factors.download_codes, name="mfa_download_recovery_codes"),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("outside/cancelled/", outside.cancelled, name="socialaccount_login_cancelled"),
    path("", include((_ours, "sign_in"))),
]

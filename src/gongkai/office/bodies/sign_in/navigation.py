"""Entries of the menu."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from gongkai.office.acts.policy import policy_for
from gongkai.office.look.navigation import Entry


def _who_may(code: str) -> Callable[[HttpRequest], bool]:
    def shown(request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated and policy_for(code).may(request.actor, code))

    return shown


ENTRIES = [
    Entry("登录安全", "mfa_index", "admin", icon="shield-lock", order=95),
    Entry("人员登录", "sign_in:people", "admin", icon="key", order=60, shown=_who_may("bodies.reset_password")),
    Entry("登录锁定", "sign_in:locked", "admin", icon="lock", order=61, shown=_who_may("bodies.unlock")),
    Entry(
        "外部账号", "sign_in:requests", "admin", icon="link", order=62, shown=_who_may("bodies.link_outside_account")
    ),
]

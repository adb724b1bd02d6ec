"""What a session knows about its own sign-in."""

from __future__ import annotations

import time

from django.http import HttpRequest

from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.selectors.passwords import due_at

BEGUN, SEEN, BY_PASSWORD, DUE, FACTOR, OUTSIDE = (
    "begun_at",
    "seen_at",
    "by_password",
    "password_due_at",
    "factor_kept",
    "outside",
)


def begin(request: HttpRequest, person: Person, *, by_password: bool) -> None:
    """Somebody has just signed in."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())
    request.session[BY_PASSWORD] = by_password
    if by_password:
        password_changed(request, person)


def password_changed(request: HttpRequest, person: Person) -> None:
    """Note when it must be changed next."""
    due = due_at(person)
    request.session[DUE] = due.timestamp() if due else None


def must_change_password(request: HttpRequest) -> str:
    """Why the password must be changed before anything else; empty: it need not.

    Who came by 统一身份认证 did not use it.
    """
    if not request.session.get(BY_PASSWORD, True):
        return ""
    if request.user.must_change_password:
        return "您用的是管理员发放的一次性密码，请先改成自己的密码。"
    due = request.session.get(DUE)
    return "您的密码已使用到期，请先更换。" if due and due < time.time() else ""

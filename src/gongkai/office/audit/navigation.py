"""Entries of the navigation."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from gongkai.office.audit.policy import policy
from gongkai.office.look.navigation import Entry


def _may(code: str) -> Callable[[HttpRequest], bool]:
    def shown(request: HttpRequest) -> bool:
        actor = getattr(request, "actor", None)
        return actor is not None and bool(policy.may(actor, code))

    return shown


ENTRIES = [
    Entry("操作日志", "audit:log", "admin", "history", 800, _may("audit.read")),
    Entry("日志校验", "audit:verification", "admin", "shield-check", 810, _may("audit.see_verification")),
]

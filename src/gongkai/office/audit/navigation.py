"""Entries of the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.office.audit.policy import policy
from gongkai.office.look.navigation import Entry


def _may(code: str, request: HttpRequest) -> bool:
    return bool(policy.may(request.actor, code))  # type: ignore[attr-defined]


ENTRIES = [
    Entry("操作日志", "audit:log", "admin", "history", 800, lambda request: _may("audit.read", request)),
    Entry(
        "日志校验",
        "audit:verification",
        "admin",
        "shield-check",
        810,
        lambda request: _may("audit.see_verification", request),
    ),
]

"""What this app adds to the navigation."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from gongkai.office.acts.policy import policy_for
from gongkai.office.look.navigation import Entry


def _may(code: str) -> Callable[[HttpRequest], bool]:
    def shown(request: HttpRequest) -> bool:
        actor = getattr(request, "actor", None)
        return actor is not None and bool(policy_for(code).may(actor, code))

    return shown


ENTRIES = [
    Entry("申请", "applications:cases", "applications", icon="inbox", order=10, shown=_may("applications.see")),
    Entry(
        "登记申请",
        "applications:new_case",
        "applications",
        icon="file-plus",
        order=20,
        shown=_may("applications.submitted"),
    ),
    Entry(
        "更正申请",
        "applications:rectifications",
        "applications",
        icon="pencil",
        order=25,
        shown=_may("applications.see"),
    ),
    Entry("工作量", "applications:workload", "applications", icon="users", order=30, shown=_may("applications.see")),
    Entry(
        "文书措辞",
        "applications:wordings",
        "applications",
        icon="file-text",
        order=60,
        shown=_may("applications.change_wording"),
    ),
]

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
    Entry("机关", "bodies:bodies", "admin", icon="sitemap", order=10, shown=_may("bodies.see_bodies")),
    Entry("人员", "bodies:people", "admin", icon="users", order=20, shown=_may("bodies.see_people")),
    Entry("角色一览", "bodies:rights", "admin", icon="shield-check", order=30, shown=_may("bodies.see_rights")),
    Entry("从表格导入", "bodies:imports", "admin", icon="upload", order=40, shown=_may("bodies.upload_import")),
    Entry("我的账号", "bodies:me", "admin", icon="user-cog", order=90),
]

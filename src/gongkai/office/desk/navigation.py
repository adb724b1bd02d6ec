"""Entries of the navigation."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.office.desk.policy import policy
from gongkai.office.look.navigation import Entry


def _sees_mail(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and bool(policy.may(actor, "desk.see_mail"))


ENTRIES = [
    Entry("我的待办", "desk:home", "desk", "home", 0),
    Entry("邮件发送", "desk:mail", "admin", "mail", 700, _sees_mail),
    Entry("用户手册", "desk:help", "desk", "help", 900, lambda request: True),
]

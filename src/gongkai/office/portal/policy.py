"""Who may touch a draft: the portal itself, on behalf of whoever holds its key; nobody of the staff."""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.rules import RolePolicy, rule


def _portal_only(actor: Actor, thing: Any) -> str:
    return "" if actor.system else "申请草稿属于申请人，提交以前工作人员不能办理。"


policy = RolePolicy(
    "portal",
    # A role that nobody needs for it is named, so that the table never reads as "everybody signed in".
    {"portal.attach": rule(Role.REGISTRAR, guard=_portal_only)},
    lambda thing: getattr(thing, "body_id", None),
)

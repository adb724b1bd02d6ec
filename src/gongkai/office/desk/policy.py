"""Who sees to mails that did not get through. The home page is everybody's, and shows each what is theirs."""

from __future__ import annotations

from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.rules import RolePolicy, rule

policy = RolePolicy(
    "desk",
    {
        "desk.see_mail": rule(Role.SYSTEM_ADMINISTRATOR),
        "desk.send_again": rule(Role.SYSTEM_ADMINISTRATOR, by_system=False),
    },
    lambda thing: None,
)

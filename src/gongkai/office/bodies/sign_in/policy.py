"""Who may do what about signing in: entered into the app's one policy."""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.rules import rule


def _not_oneself(actor: Actor, thing: Any) -> str:
    """Otherwise a session left open would do to take the account over for good."""
    if isinstance(thing, Person) and actor.person is not None and thing.pk == actor.person.pk:
        return "本人的密码和动态口令请在“登录安全”中更改，或者由另一名安全保密管理员办理。"
    return ""


# What people do for themselves, and what the door notes down about them: no role is needed.
_OWN = (
    "bodies.sign_in",
    "bodies.fail_sign_in",
    "bodies.fail_unknown_sign_in",
    "bodies.lock_sign_in",
    "bodies.sign_out",
    "bodies.time_out",
    "bodies.change_password",
    "bodies.enrol_factor",
    "bodies.give_up_factor",
    "bodies.renew_recovery_codes",
    "bodies.keep_recovery_codes",
    "bodies.end_own_sessions",
    "bodies.note_outside_account",
)

RULES = {
    **{code: rule() for code in _OWN},
    "bodies.reset_password": rule(Role.SECURITY_ADMINISTRATOR, guard=_not_oneself),
    "bodies.reset_factors": rule(Role.SECURITY_ADMINISTRATOR, guard=_not_oneself),
    "bodies.end_sessions": rule(Role.SECURITY_ADMINISTRATOR),
    "bodies.unlock": rule(Role.SECURITY_ADMINISTRATOR),
    "bodies.link_outside_account": rule(Role.SYSTEM_ADMINISTRATOR),
    "bodies.unlink_outside_account": rule(Role.SYSTEM_ADMINISTRATOR),
    "bodies.dismiss_outside_request": rule(Role.SYSTEM_ADMINISTRATOR),
}

policy.rules.update(RULES)

__all__ = ["RULES", "policy"]

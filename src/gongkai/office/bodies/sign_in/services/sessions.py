"""People see where they are signed in and end it there; the security administrator ends it for them."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.policy import policy
from gongkai.office.bodies.sign_in.services.ending import end_all, end_one


@verb("bodies.end_own_sessions", "结束本人其他登录", policy=policy)
def end_own_sessions(actor: Actor, person: Person, *, only: UserSession | None = None, keep: str = "") -> Done:
    """End ``only``, or all but the one with the key ``keep``."""
    if only is None:
        return Done(person, {"结束": end_all(person, keep=keep)})
    end_one(only)
    return Done(person, {"结束": 1, "其地址": only.ip})


@verb("bodies.end_sessions", "结束他人登录", policy=policy)
def end_sessions(actor: Actor, person: Person) -> Done:
    """All of them, at once."""
    return Done(person, {"结束": end_all(person)})

"""Second factors come and go. The library makes them; the act is ours.

``change`` is what the library does: it runs inside the act, so that there is no factor without its act.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.policy import policy
from gongkai.office.bodies.sign_in.selectors.factors import factors
from gongkai.office.bodies.sign_in.services.ending import end_all

Change = Callable[[], object]


@verb("bodies.enrol_factor", "启用动态口令", policy=policy)
def enrol_factor(actor: Actor, person: Person, change: Change) -> Done:
    """A telephone that makes codes, and recovery codes beside it."""
    change()
    return Done(person)


@verb("bodies.give_up_factor", "停用动态口令", policy=policy)
def give_up_factor(actor: Actor, person: Person, change: Change) -> Done:
    """By the person, who by the roles held need not have one."""
    change()
    return Done(person)


@verb("bodies.renew_recovery_codes", "重新生成恢复码", policy=policy)
def renew_recovery_codes(actor: Actor, person: Person, change: Change) -> Done:
    """The older codes are worth nothing any more."""
    change()
    return Done(person)


@verb("bodies.keep_recovery_codes", "确认已保存恢复码", policy=policy)
def keep_recovery_codes(actor: Actor, person: Person) -> Done:
    """The person has put them down; they are not shown again."""
    recovery = factors(person).recovery
    if recovery is not None:
        recovery.wrap().mark_as_viewed()
    return Done(person)


@verb("bodies.reset_factors", "重置动态口令", policy=policy)
def reset_factors(actor: Actor, person: Person) -> Done:
    """The telephone is lost and the recovery codes too: the person signs in by password and enrols anew."""
    had = sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    Authenticator.objects.filter(user=person).delete()
    return Done(person, {"清除": had, "结束的登录": end_all(person)})

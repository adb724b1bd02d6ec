"""The security administrator lets somebody in again who mistyped too often."""

from __future__ import annotations

from axes.models import AccessAttempt

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.policy import policy
from gongkai.office.bodies.sign_in.selectors.locks import locks


@verb("bodies.unlock", "解除登录锁定", policy=policy)
def unlock(actor: Actor, person: Person) -> Done:
    """From every address."""
    addresses = sorted({lock.address for lock in locks(person)})
    AccessAttempt.objects.filter(username=person.account).delete()
    return Done(person, {"地址": addresses})

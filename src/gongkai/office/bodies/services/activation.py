"""An account is put out of use, or into use again."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Person, RoleHolding, StandIn
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.services.changes import change
from gongkai.office.bodies.services.terms import end_terms


@verb("bodies.deactivate_person", "停用账号", policy=policy)
def deactivate_person(actor: Actor, person: Person, *, version: int | None = None) -> Done:
    """The person can no longer sign in, and all rights end at once.

    They do not come back with the account: otherwise the system administrator would give rights, which is the security
    administrator's part (三员分立).
    """
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    ended = end_terms(RoleHolding.objects.filter(person=person).from_day(today), yesterday)
    stood_in = StandIn.objects.filter(Q(absent=person) | Q(deputy=person)).from_day(today)
    end_terms(stood_in, yesterday)
    return Done(person, {**change(person, {"is_active": False}, version), "终止角色": ended})


@verb("bodies.reactivate_person", "启用账号", policy=policy)
def reactivate_person(actor: Actor, person: Person, *, version: int | None = None) -> Done:
    """The person may sign in again, without roles until new ones are given."""
    return Done(person, change(person, {"is_active": True}, version))

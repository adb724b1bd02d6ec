"""People: whom one sees, with the roles that they have today."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from gongkai.office.bodies.models import Person, RoleHolding, StandIn
from gongkai.office.bodies.selectors.standing import staff_reach


def visible_people(person: Person) -> QuerySet[Person]:
    """Oneself, and the people of the bodies that one reaches: who work there, or hold a role there today or later."""
    bodies = staff_reach(person)
    if bodies is None:
        return Person.objects.all()
    holders = RoleHolding.objects.from_day(timezone.localdate()).filter(body__in=bodies).values("person")
    return Person.objects.filter(Q(pk=person.pk) | Q(body__in=bodies) | Q(pk__in=holders))


def with_roles(people: QuerySet[Person]) -> QuerySet[Person]:
    """Each with ``roles_now`` and ``deputising_now`` (lists) and the body: three queries in all."""
    today = timezone.localdate()
    holdings = RoleHolding.objects.on(today).select_related("body").order_by("body__order", "body_id", "pk")
    deputising = StandIn.objects.on(today).select_related("absent", "body")
    return people.select_related("body").prefetch_related(
        Prefetch("holdings", holdings, to_attr="roles_now"), Prefetch("deputies", deputising, to_attr="deputising_now")
    )


def colleagues(bodies: Collection[int], *, without: Person) -> QuerySet[Person]:
    """Who may stand in for ``without`` in one of the bodies: those who work there or hold a role there."""
    holders = RoleHolding.objects.from_day(timezone.localdate()).filter(body__in=bodies).values("person")
    return Person.objects.filter(Q(body__in=bodies) | Q(pk__in=holders), is_active=True).exclude(pk=without.pk)

"""A small world for tests: two departments and the county's office, and one person for each role."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from gongkai.office.bodies.models import Body, Person, RoleHolding
from gongkai.office.bodies.roles import COUNTY_WIDE, Role
from gongkai.office.bodies.sign_in.state import FACTOR

SINCE = datetime.date(2020, 1, 1)
NO_ROLE = "no_role"

# What an address may need: kind → makes one thing of a body. Apps' tests add theirs.
THINGS: dict[str, Callable[[World, Body], Any]] = {}


def thing(kind: str) -> Callable[[Callable[[World, Body], Any]], Callable[[World, Body], Any]]:
    """Register how a thing of ``kind`` is made; its primary key (or the string returned) goes into the address."""

    def register(make: Callable[[World, Body], Any]) -> Callable[[World, Body], Any]:
        THINGS[kind] = make
        return make

    return register


@dataclass
class World:
    """``own``: the body in which the people hold their roles. ``other``: one with which they have nothing to do."""

    county: Body
    office: Body
    own: Body
    other: Body
    people: dict[str, Person]
    made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def sign_in(self, client: Client, role: str) -> None:
        """Sign ``client`` in as the person of this role (or of none), past the pages of sign-in."""
        client.force_login(self.people[role])
        session = client.session
        session[FACTOR] = True  # as after the second factor, which some roles must give
        session.save()

    def thing(self, kind: str, whose: str) -> Any:
        """The key of a thing of ``own`` or ``other``."""
        if (kind, whose) not in self.made:
            one = THINGS[kind](self, getattr(self, whose))
            self.made[kind, whose] = getattr(one, "pk", one)
        return self.made[kind, whose]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens within is taken back."""
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)


def build_world() -> World:
    """Make it, directly: the services that make such things have tests of their own."""
    county = Body.objects.create(kind="county_government", name="清源县人民政府", short_name="清源县", order=1)
    office = Body.objects.create(kind="government_office", name="清源县人民政府办公室", parent=county, order=2)
    own = Body.objects.create(kind="department", name="清源县民政局", parent=county, order=3)
    other = Body.objects.create(kind="department", name="清源县教育局", parent=county, order=4)
    people = {NO_ROLE: Person.objects.create(account=NO_ROLE, name="无角色者", body=own)}
    for role in Role:
        body = office if role in COUNTY_WIDE else own
        people[role.value] = Person.objects.create(account=role.value, name=f"{role.label}甲", body=body)
        RoleHolding.objects.create(person=people[role.value], role=role, body=body, valid_from=SINCE)
    return World(county, office, own, other, people)


@thing("body")
def _body(world: World, body: Body) -> Body:
    return body


@thing("person")
def _person(world: World, body: Body) -> Person:
    return Person.objects.create(account=f"person-{body.pk}", name="王某", body=body)

"""A small county: made through the services, as the office makes its own."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.services.body_facts import create_body
from gongkai.office.bodies.services.people import create_person
from gongkai.office.bodies.services.rights import grant_role

LONG_AGO = datetime.date(2020, 1, 1)


@dataclass
class County:
    """A government, its office, a bureau, a township; three administrators in the office; a clerk in the bureau."""

    government: Body
    office: Body
    bureau: Body
    township: Body
    system: Person
    security: Person
    auditor: Person
    clerk: Person

    def person(self, account: str, body: Body | None = None, *roles: Role) -> Person:
        """Somebody new, with roles in the body since long ago."""
        body = body or self.bureau
        person = create_person(SYSTEM, body, account=account, name=f"{account}某")
        for role in roles:
            grant_role(SYSTEM, person, role, body, valid_from=LONG_AGO)
        return person


def acting(person: Person) -> Actor:
    """``person`` at the screen, as read anew by a request."""
    return Actor(person=Person.objects.get(pk=person.pk), request_number="r1", address="10.0.0.1")


def make_county() -> County:
    """Also for tests that commit."""
    government = create_body(SYSTEM, None, kind="county_government", name="青禾县人民政府")
    office = create_body(SYSTEM, government, kind="government_office", name="青禾县人民政府办公室", order=1)
    bureau = create_body(SYSTEM, government, kind="department", name="青禾县财政局", order=2)
    township = create_body(SYSTEM, government, kind="township", name="青禾县柳河镇人民政府", order=3)
    people = {
        account: create_person(SYSTEM, body, account=account, name=name)
        for account, name, body in (
            ("system", "周系统", office),
            ("security", "安全平", office),
            ("auditor", "沈审计", office),
            ("clerk", "张敏", bureau),
        )
    }
    grant_role(SYSTEM, people["system"], Role.SYSTEM_ADMINISTRATOR, office, valid_from=LONG_AGO)
    grant_role(SYSTEM, people["security"], Role.SECURITY_ADMINISTRATOR, office, valid_from=LONG_AGO)
    grant_role(SYSTEM, people["auditor"], Role.AUDITOR, office, valid_from=LONG_AGO)
    grant_role(SYSTEM, people["clerk"], Role.HANDLER, bureau, valid_from=LONG_AGO)
    return County(government, office, bureau, township, **people)

"""Several writers at once on a real server: what the guards promise holds whoever comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from office.bodies.county import make_county

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.bodies.models import Body, RoleHolding, StandIn
from gongkai.office.bodies.roles import ADMINISTRATORS, Role
from gongkai.office.bodies.services.reorganisation import abolish_body
from gongkai.office.bodies.services.rights import end_role, grant_role
from gongkai.office.bodies.services.stand_ins import set_stand_in
from gongkai.office.bodies.services.tree import is_within, move_body

TODAY = timezone.localdate()


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each of the deeds gave or raised, all begun at the same moment on connections of their own."""
    begin = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            begin.wait()
            results[place] = deeds[place]()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def refused(results: list[object]) -> list[object]:
    """Those that were refused in words; anything else that went wrong fails the test."""
    wrong = [r for r in results if isinstance(r, Exception) and not isinstance(r, ValidationError)]
    assert not wrong, wrong
    return [r for r in results if isinstance(r, ValidationError)]


@pytest.mark.django_db(transaction=True)
def test_of_several_grants_of_administrators_roles_to_one_person_one_holds() -> None:
    county = make_county()
    person = county.person("lin", county.office)
    results = at_once(
        *(
            lambda role=role, body=body: grant_role(SYSTEM, person, role, body, valid_from=TODAY)
            for role in ADMINISTRATORS
            for body in (county.office, county.government)
        )
    )
    assert len({h.role for h in RoleHolding.objects.filter(person=person)}) == 1
    assert len(refused(results)) == 4
    assert Act.objects.filter(verb="bodies.grant_role", thing_name__startswith="lin某：").count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_role_given_by_many_at_once_is_held_once() -> None:
    county = make_county()
    results = at_once(*[lambda: grant_role(SYSTEM, county.clerk, Role.REVIEWER, county.bureau, valid_from=TODAY)] * 6)
    assert len(refused(results)) == 5
    assert RoleHolding.objects.filter(person=county.clerk, role=Role.REVIEWER).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_a_body_abolished_while_roles_are_given_ends_without_roles(attempt: int) -> None:
    county = make_county()
    results = at_once(
        lambda: abolish_body(SYSTEM, county.township, TODAY),
        *(
            lambda role=role: grant_role(SYSTEM, county.clerk, role, county.township, valid_from=TODAY)
            for role in (Role.REVIEWER, Role.SIGNATORY, Role.HANDLER)
        ),
    )
    refused(results)
    assert Body.objects.get(pk=county.township.pk).abolished_on == TODAY
    assert not RoleHolding.objects.filter(body=county.township).from_day(TODAY).exists()


@pytest.mark.django_db(transaction=True)
def test_two_security_administrators_cannot_end_each_other() -> None:
    county = make_county()
    other = county.person("second", county.office, Role.SECURITY_ADMINISTRATOR)
    holdings = RoleHolding.objects.filter(role=Role.SECURITY_ADMINISTRATOR, person__in=(county.security, other))
    results = at_once(*(lambda one=one: end_role(SYSTEM, one, TODAY) for one in holdings))
    assert len(refused(results)) == 1
    assert RoleHolding.objects.filter(role=Role.SECURITY_ADMINISTRATOR, valid_to=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_deputies_named_at_once_one_stands_in() -> None:
    county = make_county()
    deputies = [county.person("one"), county.person("two")]
    results = at_once(
        *(
            lambda deputy=deputy: set_stand_in(
                SYSTEM, county.clerk, deputy, county.bureau, valid_from=TODAY, valid_to=TODAY
            )
            for deputy in deputies
        )
    )
    assert len(refused(results)) == 1
    assert StandIn.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_close_no_ring() -> None:
    county = make_county()
    results = at_once(
        lambda: move_body(SYSTEM, county.bureau, county.township),
        lambda: move_body(SYSTEM, county.township, county.bureau),
    )
    assert len(refused(results)) == 1
    bureau, township = (Body.objects.get(pk=b.pk) for b in (county.bureau, county.township))
    assert is_within(bureau, county.government)
    assert is_within(township, county.government)

"""Several writers at once on a real server: what the guards promise holds whoever comes first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from office.bodies.county import County, make_county

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.bodies.models import Body, Person, RoleHolding, StandIn
from gongkai.office.bodies.roles import ADMINISTRATORS, Role
from gongkai.office.bodies.services.reorganisation import abolish_body, merge_body
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


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def granting(county: County) -> object:
    return grant_role(SYSTEM, county.clerk, Role.REVIEWER, county.bureau, valid_from=TODAY)


def standing_in(county: County) -> object:
    deputy = Person.objects.get(account="deputy")
    return set_stand_in(SYSTEM, county.clerk, deputy, county.bureau, valid_from=TODAY, valid_to=TODAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", [granting, standing_in])
def test_a_merger_and_who_gives_rights_to_its_people_do_not_wait_for_each_other(
    deed: Callable[[County], object],
) -> None:
    """The one comes from the body to its people, the other from a person to the body; here at the worst moment."""
    county = make_county()
    county.person("deputy")
    person_held = threading.Event()

    def hold_still(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if '"bodies_person"' in sql and "FOR NO KEY UPDATE" in sql and not person_held.is_set():
            person_held.set()
            end = time.monotonic() + 5
            while not waits_for_a_lock() and time.monotonic() < end:
                time.sleep(0.02)
        return found

    def give() -> object:
        with connection.execute_wrapper(hold_still):
            return deed(county)

    def merge() -> object:
        assert person_held.wait(5)
        return merge_body(SYSTEM, county.bureau, county.township, TODAY)

    assert refused(at_once(give, merge)) == []
    assert Person.objects.get(pk=county.clerk.pk).body_id == county.township.pk
    for rights in (RoleHolding, StandIn):
        assert not rights.objects.filter(body=county.bureau).from_day(TODAY).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_people_who_get_roles_in_each_others_bodies_do_not_wait_for_each_other(attempt: int) -> None:
    county = make_county()
    people = [
        (county.person("one", county.bureau), county.township),
        (county.person("two", county.township), county.bureau),
    ]
    roles = (Role.REVIEWER, Role.HANDLER, Role.SIGNATORY)
    results = at_once(
        *(
            lambda person=person, body=body, role=role: grant_role(SYSTEM, person, role, body, valid_from=TODAY)
            for role in roles
            for person, body in people
        )
    )
    assert refused(results) == []
    assert RoleHolding.objects.filter(person__in=[person for person, _ in people]).count() == 6

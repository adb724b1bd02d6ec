"""Lists, the tree and the overview ask the database as often for a thousand rows as for ten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from office.bodies.county import LONG_AGO, County, acting
from office.bodies.test_pages import at

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.cards import cards
from gongkai.office.bodies.models import Body, FormerName, Person, RoleHolding, StandIn
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.bodies import listed_bodies, options, tree
from gongkai.office.bodies.selectors.people import visible_people, with_roles
from gongkai.office.bodies.selectors.rights import ending_soon, rights_of, staffing
from gongkai.office.bodies.services.importing.known import Known

TODAY = timezone.localdate()


def grow(county: County, size: int) -> None:
    """``size`` bodies with a former name, a person, a role and a deputy each."""
    start = Body.objects.count()
    numbers = range(start, start + size)
    bodies = Body.objects.bulk_create(
        Body(kind="department", name=f"局{n}", parent=county.government, order=n) for n in numbers
    )
    FormerName.objects.bulk_create(FormerName(body=b, name=f"原{b.name}", until=LONG_AGO) for b in bodies)
    people = Person.objects.bulk_create(Person(account=f"g{b.pk}", name=f"人{b.pk}", body=b) for b in bodies)
    RoleHolding.objects.bulk_create(
        RoleHolding(person=p, role=Role.HANDLER, body=p.body, valid_from=LONG_AGO) for p in people
    )
    RoleHolding.objects.bulk_create(
        RoleHolding(person=county.clerk, role=Role.REVIEWER, body=b, valid_from=LONG_AGO) for b in bodies
    )
    StandIn.objects.bulk_create(
        StandIn(absent=p, deputy=county.clerk, body=p.body, valid_from=TODAY, valid_to=TODAY) for p in people
    )
    # The server learns of so many rows by itself only after a while, and plans for none until then.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE bodies_body, bodies_formername, bodies_person, bodies_roleholding, bodies_standin")


SELECTORS: dict[str, tuple[int, Callable[[County], Any]]] = {
    "tree": (4, lambda county: tree()),
    "options": (1, lambda county: options()),
    "listed bodies": (1, lambda county: list(listed_bodies())),
    "people with roles": (3, lambda county: list(with_roles(visible_people(county.auditor)))),
    "staffing": (3, lambda county: [one.issues for one in staffing()]),
    "ending soon": (1, lambda county: list(ending_soon(TODAY))),
    "rights of a person": (3, lambda county: rights_of(county.clerk)),
    "known to an import": (4, lambda county: Known()),
}


@pytest.mark.parametrize("name", SELECTORS)
def test_a_selector_asks_the_same_number_of_questions_at_ten_and_a_thousand(
    county: County, name: str, django_assert_num_queries: Any
) -> None:
    queries, ask = SELECTORS[name]
    visible_people(county.auditor)  # the auditor's own standing is asked for once, and kept
    grow(county, 10)
    with django_assert_num_queries(queries):
        ask(county)
    grow(county, 990)
    with django_assert_num_queries(queries):
        ask(county)


@pytest.mark.parametrize("name", ["bodies", "tree", "people", "rights", "create_body", "imports"])
def test_a_page_asks_the_same_number_of_questions_whatever_the_size(county: County, name: str) -> None:
    client = at(county.auditor if name == "rights" else county.system)
    counts = []
    for size in (60, 940):
        grow(county, size)
        client.get(reverse(f"bodies:{name}"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"bodies:{name}")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["security", "system", "clerk"])
def test_the_cards_of_the_desk_ask_the_same_number_of_questions_whatever_the_size(county: County, who: str) -> None:
    counts = []
    for size in (10, 500):
        grow(county, size)
        actor: Actor = acting(getattr(county, who))
        with CaptureQueriesContext(connection) as asked:
            assert list(cards(actor))
        counts.append(len(asked))
    assert counts[0] == counts[1]

"""Deadlines as a calendar: a secret address for each person, no applicant in it, lines as RFC 5545 has them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from office.applications.casework import as_person, registered
from office.applications.pages import at, page, text
from office.world import World, build_world

from gongkai.office.applications.models import CalendarFeed
from gongkai.office.applications.selectors.feed import folded
from gongkai.office.applications.services.assigning import assign
from gongkai.office.bodies.models import Person, RoleHolding


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def address(world: World, role: str) -> str:
    """The one that is shown once."""
    answer = at(world, role).post(page("open_calendar"))
    return str(answer.context["address"]).replace("http://testserver", "")


def test_the_handlers_calendar_has_their_cases_and_no_applicant(world: World) -> None:
    mine = registered(world, timezone.localdate().isoformat(), applicant_name="张小明")
    registered(world, timezone.localdate().isoformat())
    assign(as_person(world, "registrar"), mine, to=world.people["handler"])
    found = text(Client().get(address(world, "handler")))
    assert found.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert found.endswith("END:VCALENDAR\r\n")
    assert found.count("BEGIN:VEVENT") == 1
    assert f"DTSTART;VALUE=DATE:{mine.due:%Y%m%d}" in found
    assert f"/applications/{mine.pk}/" in found.replace("\r\n ", "")
    assert "张小明" not in found
    assert text(Client().get(address(world, "reviewer"))).count("BEGIN:VEVENT") == 2


def test_a_new_address_closes_the_old_and_only_its_hash_is_kept(world: World) -> None:
    old = address(world, "handler")
    new = address(world, "handler")
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert CalendarFeed.objects.get().secret_hash not in new
    at(world, "handler").post(page("close_calendar"))
    assert Client().get(new).status_code == 404


def test_the_calendar_of_somebody_who_left_is_shut(world: World) -> None:
    mine = registered(world, timezone.localdate().isoformat())
    assign(as_person(world, "registrar"), mine, to=world.people["handler"])
    feed = address(world, "handler")
    RoleHolding.objects.filter(person=world.people["handler"]).delete()
    assert "BEGIN:VEVENT" not in text(Client().get(feed))
    Person.objects.filter(pk=world.people["handler"].pk).update(is_active=False)
    assert Client().get(feed).status_code == 404


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(line: str) -> None:
    parts = folded(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line

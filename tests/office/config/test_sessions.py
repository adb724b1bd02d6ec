"""Signing out by itself: after hours in any case, after minutes without anything done."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.test import Client

from gongkai.office.bodies.models import Body, Person
from gongkai.office.config import session_limits

pytestmark = [pytest.mark.django_db, pytest.mark.urls("office.config.broken_urls")]


@pytest.fixture
def client() -> Client:
    body = Body.objects.create(kind="department", name="青禾县财政局")
    client = Client()
    client.force_login(
        Person.objects.create(account="zhangmin", name="张敏", body=body), "django.contrib.auth.backends.ModelBackend"
    )
    assert client.get("/inside").status_code == 200
    return client


def back_in_time(client: Client, *, begun: float = 0, seen: float = 0) -> None:
    """As if the sign-in, or what was done last, lay so many seconds back."""
    session = client.session
    session[session_limits._BEGUN] = int(time.time() - begun)
    session[session_limits._SEEN] = int(time.time() - seen)
    session.save()


def test_who_does_nothing_for_too_long_is_signed_out(client: Client) -> None:
    back_in_time(client, begun=3600, seen=settings.GONGKAI_SESSION_IDLE_SECONDS + 5)
    assert client.get("/inside").status_code == 302


def test_who_works_on_stays(client: Client) -> None:
    for _ in range(3):
        back_in_time(client, begun=3600, seen=settings.GONGKAI_SESSION_IDLE_SECONDS - 60)
        assert client.get("/inside").status_code == 200
        assert time.time() - client.session[session_limits._SEEN] < 5


def test_after_the_longest_time_who_works_on_signs_in_again(client: Client) -> None:
    back_in_time(client, begun=settings.SESSION_COOKIE_AGE + 5)
    assert client.get("/inside").status_code == 302


def test_a_second_page_within_the_minute_writes_nothing(client: Client, django_assert_num_queries: object) -> None:
    back_in_time(client, begun=100, seen=10)
    with django_assert_num_queries(2) as asked:  # type: ignore[operator]
        client.get("/inside")
    assert not [query["sql"] for query in asked.captured_queries if query["sql"].startswith("UPDATE")]

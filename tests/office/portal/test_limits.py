"""Limits are said, with the time and the other ways, and lose nothing."""

from __future__ import annotations

import datetime

from django.db import connection
from django.utils import timezone
from office.portal.citizen import Citizen, text
from office.world import World

from gongkai.office.applications.models import Application
from gongkai.office.portal.models import Tally
from gongkai.office.portal.services.expiring import expire


def test_too_many_of_one_address_are_told_when_to_go_on_and_what_else_there_is(world: World, settings) -> None:
    settings.PORTAL_LIMITS = {"address": 1}
    world.own.contact_address = "清源县人民路8号"
    world.own.save()
    Citizen(world).fill().submit()
    second = Citizen(world).fill()
    stopped = second.post("check")
    assert stopped.status_code == 429
    assert 0 < int(stopped["Retry-After"]) <= 3600
    page = text(stopped)
    for words in ("请在", "没有丢失", "当面和邮寄", "清源县人民路8号"):
        assert words in page
    elsewhere = Citizen(world, "198.51.100.4").fill()
    elsewhere.submit()
    Tally.objects.update(since=timezone.now() - datetime.timedelta(hours=2))  # an hour later
    second.submit()
    assert Application.objects.count() == 3


def test_a_body_that_is_flooded_says_so_and_others_go_on(world: World, settings) -> None:
    settings.PORTAL_LIMITS = {"body": 1}
    Citizen(world).fill().submit()
    assert "现在向这个机关提交申请的人过多" in text(Citizen(world, "198.51.100.4").fill().post("check"))
    Citizen(world).fill(body={"body": world.other.pk}).submit()


def test_what_is_counted_names_no_address_and_goes_after_two_days(world: World) -> None:
    Citizen(world, "203.0.113.77").fill().submit()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(portal_tally::text, ' ') FROM portal_tally")
        assert "203.0.113.77" not in cursor.fetchone()[0]
    assert expire(timezone.now() + datetime.timedelta(days=3)) == 0
    assert not Tally.objects.exists()

"""The same draft submitted from several windows at once, over connections of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from office.portal.citizen import Citizen
from office.world import build_world

from gongkai.office.acts.models import Act, Mail
from gongkai.office.applications.models import Application


def test_eight_windows_that_submit_one_draft_at_once_make_one_case(transactional_db: None) -> None:
    citizen = Citizen(build_world()).fill()

    def press(_: int) -> str:
        window = Citizen(citizen.world)
        window.client.cookies = citizen.client.cookies
        try:
            return str(window.post("check").url)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as windows:
        led = list(windows.map(press, range(8)))
    assert led == ["/open/apply/receipt/"] * 8
    assert Application.objects.count() == 1
    assert Mail.objects.count() == 1
    assert Act.objects.filter(verb="applications.submitted").count() == 1

"""Cases brought to their decision by the pages, as three people do it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from office.applications.casework import as_person, registered
from office.applications.pages import at, happen, page
from office.world import World

from gongkai.office.applications.models import Application
from gongkai.office.applications.services.assigning import assign
from gongkai.statute import calendar

TODAY = timezone.localdate()
SEARCH = {
    "search_systems": "公文系统、档案室",
    "search_words": "低保名单",
    "search_people": "王某",
    "search_on": TODAY.isoformat(),
}


def drafting(world: World, used: int = 3, **fields: str) -> Application:
    """A case being drafted."""
    case = registered(world, calendar.at(calendar.index(TODAY) - 1 - used).isoformat(), **fields)
    case = assign(as_person(world, "registrar"), case, to=world.people["handler"])
    assert happen(at(world, "handler"), case, "draft").status_code == 302
    case.refresh_from_db()
    return case


def decide(world: World, case: Application, outcome: str, **typed: Any) -> Any:
    """By the form."""
    case.refresh_from_db()
    typed = {"version": case.version, "outcome": outcome, "reason": "依据条例答复如下", **typed}
    return at(world, "handler").post(page("decide", case.pk), typed)


def sign_off(world: World, case: Application) -> None:
    happen(at(world, "handler"), case, "submit_review")
    case.refresh_from_db()
    at(world, "reviewer").post(page("review", case.pk), {"version": case.version})
    case.refresh_from_db()
    at(world, "signatory").post(page("sign", case.pk), {"version": case.version})

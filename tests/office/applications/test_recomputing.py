"""A year whose days off are not decided gives estimates; once they are, the open cases follow, an act each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from office.applications.casework import done, registered
from office.world import World, build_world

from gongkai.office.acts.models import Act
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.recomputing import recompute_all
from gongkai.statute import calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def undecided(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """As it was before the notice for 2024 came out."""
    known = {year: entry for year, entry in calendar.years().items() if year < 2024}
    with monkeypatch.context() as before:
        before.setattr(calendar, "years", lambda: known)
        calendar.table.cache_clear()
        yield before
    calendar.table.cache_clear()


def test_open_cases_follow_the_notice_with_an_act_each_and_others_stay(
    world: World, undecided: pytest.MonkeyPatch
) -> None:
    estimated = registered(world, "2024-01-25")
    finished = done(registered(world, "2024-01-25"), "withdrawn", "2024-01-26")
    certain = registered(world, "2023-11-01")
    assert estimated.provisional
    assert not certain.provisional
    acts = Act.objects.count()
    assert recompute_all() == 0, "nothing was decided yet"

    undecided.undo()
    calendar.table.cache_clear()
    assert recompute_all() == 1
    case = Application.objects.get(pk=estimated.pk)
    assert (case.due, case.provisional) == (datetime.date(2024, 2, 27), False)
    assert Application.objects.get(pk=finished.pk).version == finished.version
    act = Act.objects.latest("pk")
    assert (Act.objects.count(), act.verb) == (acts + 1, "applications.recompute_due")
    assert act.detail["期限"] == "2024-02-27"
    assert act.detail["原期限"] != "2024-02-27"
    assert recompute_all() == 0, "done twice, it does nothing more"

"""Two press the button at once: one letter goes out, under one number, in one mail."""

from __future__ import annotations

import pytest
from django.utils import timezone
from office.applications.casework import as_person, done, registered
from office.at_once import at_once
from office.world import World, build_world

from gongkai.office.acts.models import Mail, Sequence
from gongkai.office.acts.policy import Refused
from gongkai.office.applications.models import Letter
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.services.lettering import write_letter
from gongkai.office.applications.services.posting import send_letter
from gongkai.statute import calendar

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


def draft(world: World) -> Letter:
    on = calendar.at(calendar.index(TODAY) - 3).isoformat()
    case = registered(world, on, email="a@county.example")
    due = calendar.add_working_days(TODAY, 10)
    case = done(case, "request_correction", on, data={"text": "请写明年份", "correction_due": due.isoformat()})
    content = Content({"corrections": "请写明年份", "correction_due": due})
    letter: Letter = write_letter(as_person(world, "handler"), case, kind="correction", content=content)
    return letter


def test_one_letter_is_sent_once(db: None) -> None:
    world = build_world()
    letter = draft(world)
    handler = as_person(world, "handler")
    found = at_once(*[lambda: send_letter(handler, letter, way="email")] * 4)
    assert [type(one) for one in found if one] == [Refused] * 3
    assert Mail.objects.count() == 1
    assert Sequence.objects.get(kind="letter 公开补").last == 1


def test_numbers_of_letters_sent_at_once_have_neither_twins_nor_gaps(db: None) -> None:
    world = build_world()
    letters = [draft(world) for _ in range(5)]
    handler = as_person(world, "handler")
    found = at_once(*[lambda one=one: send_letter(handler, one, way="post") for one in letters])
    assert found == [None] * 5
    numbers = sorted(int(one.number.rpartition("〕")[2][:-1]) for one in Letter.objects.all())
    assert numbers == [1, 2, 3, 4, 5]

"""条例 第三十五条: good reasons, and a later date that the applicant is told; from then on it is the last day."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from office.applications.casework import as_person, registered
from office.applications.pages import at, happen, page, text
from office.applications.test_calendar_pages import address
from office.world import World, build_world

from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.services.assigning import assign
from gongkai.office.look.words import date_cn
from gongkai.statute import calendar

TODAY = timezone.localdate()
LATER = calendar.add_working_days(TODAY, 40)
REASONS = {"text": "系为诉讼举证所需", "reason": "涉及多个年度的档案，需要逐卷查找"}


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def asked(world: World) -> Application:
    """Reasons were asked for."""
    case = registered(world, calendar.at(calendar.index(TODAY) - 4).isoformat())
    case = assign(as_person(world, "registrar"), case, to=world.people["handler"])
    assert happen(at(world, "handler"), case, "excessive", text="本月申请已有36件").status_code == 302
    case.refresh_from_db()
    return case


def test_the_later_date_is_that_of_the_case_the_list_the_calendar_and_the_letter(
    world: World, asked: Application
) -> None:
    handler, before = at(world, "handler"), asked.due
    typed = {**REASONS, "until": LATER.isoformat(), "applicant_told": "on"}
    preview = handler.post(page("event", asked.pk, "reason_accepted"), {"version": asked.version, **typed})
    assert f"由{date_cn(before)}变为{date_cn(LATER)}" in text(preview)
    assert happen(handler, asked, "reason_accepted", **typed).status_code == 302
    asked.refresh_from_db()
    assert (asked.due, asked.state) == (LATER, "RECEIVED")
    shown = text(handler.get(page("case", asked.pk)))
    assert f"确定延迟至{date_cn(LATER)}以前答复" in shown
    assert "条例 第三十五条" in shown
    assert f"延迟至{date_cn(LATER)}以前答复" in shown
    assert "延长答复期限</strong>：已确定延迟答复的期限，不再按第三十三条延长" in shown
    assert date_cn(LATER) in text(handler.get(page("cases")))
    assert f"DTSTART;VALUE=DATE:{LATER:%Y%m%d}" in text(Client().get(address(world, "handler")))
    (offer,) = handler.get(page("case", asked.pk)).context["due_letters"]
    form = handler.get(offer.href).context["form"]
    filled = {name: form[name].value() for name in form.fields}
    answer = handler.post(offer.href, {name: value for name, value in filled.items() if value is not None})
    assert answer.status_code == 302, text(answer)
    letter = text(handler.get(page("letter", asked.pk, Letter.objects.get().pk)))
    assert f"延迟至{date_cn(LATER)}以前答复" in letter
    assert REASONS["reason"] in letter


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"until": LATER.isoformat()}, "延迟答复的期限须告知申请人（条例 第三十五条）"),
        ({"until": TODAY.isoformat(), "applicant_told": "on"}, "延迟答复的期限应晚于原届满日（条例 第三十五条）"),
        ({"until": LATER.isoformat(), "applicant_told": "on", "reason": ""}, "请写明不能如期答复的原因"),
        ({}, "请一并确定延迟答复的期限"),
    ],
)
def test_a_later_date_without_its_conditions_is_refused(
    world: World, asked: Application, typed: dict[str, str], said: str
) -> None:
    answer = at(world, "handler").post(
        page("event", asked.pk, "reason_accepted"), {"version": asked.version, **REASONS, **typed}
    )
    assert said in text(answer)
    asked.refresh_from_db()
    assert asked.state == "REASON_REQUESTED"


def test_good_reasons_without_a_later_date_leave_the_clock_alone(world: World, asked: Application) -> None:
    before = asked.due
    assert happen(at(world, "handler"), asked, "reason_accepted", text="理由合理").status_code == 302
    asked.refresh_from_db()
    assert (asked.due, asked.state) == (before, "RECEIVED")
    assert at(world, "handler").get(page("case", asked.pk)).context["due_letters"] == []
    assert isinstance(before, datetime.date)

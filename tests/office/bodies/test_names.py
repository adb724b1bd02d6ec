"""What a body is called on which day."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office.bodies.county import County, acting

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.bodies.models import Body, FormerName
from gongkai.office.bodies.selectors.bodies import find_body, names_by_date
from gongkai.office.bodies.services.names import (
    add_alias,
    correct_name,
    record_former_name,
    remove_alias,
    rename_body,
)

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
days = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31))


def body_with(former: list[tuple[datetime.date, str]], name: str = "现名") -> Body:
    """A body that is in no database."""
    body = Body(pk=1, name=name)
    rows = [FormerName(name=old, until=until) for until, old in former]
    body._prefetched_objects_cache = {"former_names": rows}
    return body


@given(st.dictionaries(days, st.text(min_size=1, max_size=5), max_size=6), days)
def test_on_every_day_a_body_has_the_one_name_whose_term_holds_the_day(
    former: dict[datetime.date, str], day: datetime.date
) -> None:
    body = body_with(list(former.items()))
    later = [until for until in former if until > day]
    assert body.name_on(day) == (former[min(later)] if later else "现名")


@given(st.dictionaries(days, st.text(min_size=1, max_size=5), max_size=6))
def test_terms_of_names_touch_and_do_not_overlap(former: dict[datetime.date, str]) -> None:
    body = body_with(list(former.items()))
    names = names_by_date(body)
    assert [one.since for one in names[:-1]] == [one.until for one in names[1:]]
    for one in names:
        if one.since:
            assert body.name_on(one.since) == one.name
        if one.until:
            assert body.name_on(one.until - DAY) == one.name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(dates=st.lists(st.dates(datetime.date(2021, 1, 1), TODAY), min_size=1, max_size=4, unique=True))
def test_renamed_again_and_again_every_day_keeps_its_name(county: County, dates: list[datetime.date]) -> None:
    body = Body.objects.create(kind="department", name="名0")
    for number, day in enumerate(sorted(dates), start=1):
        body = rename_body(SYSTEM, body, f"名{number}", day)
    fresh = Body.objects.get(pk=body.pk)
    for number, day in enumerate(sorted(dates), start=1):
        assert fresh.name_on(day - DAY) == f"名{number - 1}"
        assert fresh.name_on(day) == f"名{number}"
    assert fresh.name == f"名{len(dates)}"
    fresh.former_names.all().delete()
    fresh.delete()


def test_a_renaming_is_refused_when_it_would_muddle_the_terms(county: County) -> None:
    rename_body(
        acting(county.system), county.bureau, "青禾县财政和国资局", datetime.date(2024, 3, 1), ground="青编〔2024〕1号"
    )
    body = Body.objects.get(pk=county.bureau.pk)
    for name, on, words in (
        ("新名", TODAY + DAY, "不能晚于今天"),
        ("新名", datetime.date(2024, 3, 1), "上一次更名（2024年3月1日）之后"),
        ("青禾县财政和国资局", TODAY, "相同"),
        ("青禾县人民政府", TODAY, "已有同名的机关"),
    ):
        with pytest.raises(ValidationError, match=words):
            rename_body(acting(county.system), body, name, on)
    assert Act.objects.get(verb="bodies.rename_body").ground == "青编〔2024〕1号"


def test_a_name_of_earlier_times_goes_between(county: County) -> None:
    rename_body(SYSTEM, county.bureau, "丙", datetime.date(2022, 1, 1))
    record_former_name(SYSTEM, county.bureau, "甲", datetime.date(2010, 1, 1))
    body = Body.objects.get(pk=county.bureau.pk)
    assert [body.name_on(datetime.date(year, 6, 1)) for year in (2009, 2010, 2021, 2022)] == [
        "甲",
        "青禾县财政局",
        "青禾县财政局",
        "丙",
    ]
    with pytest.raises(ValidationError, match="已有一次更名"):
        record_former_name(SYSTEM, body, "乙", datetime.date(2022, 1, 1))


def test_a_correction_leaves_no_former_name(county: County) -> None:
    correct_name(acting(county.system), county.bureau, "青禾县财政厅", ground="录入错误")
    body = Body.objects.get(pk=county.bureau.pk)
    assert body.name_on(datetime.date(2021, 1, 1)) == "青禾县财政厅"


def test_a_body_is_found_by_all_its_names(county: County) -> None:
    add_alias(SYSTEM, county.bureau, "县财政")
    rename_body(SYSTEM, county.bureau, "青禾县财政和国资局", TODAY, short_name="财政国资局")
    for text in ("县财政", "青禾县财政和国资局", "财政国资局", "青禾县财政局"):
        assert find_body(text) == [county.bureau]
    assert find_body("没有的局") == []
    remove_alias(SYSTEM, county.bureau, "县财政")
    assert find_body("县财政") == []
    with pytest.raises(ValidationError, match="没有这个别名"):
        remove_alias(SYSTEM, county.bureau, "县财政")

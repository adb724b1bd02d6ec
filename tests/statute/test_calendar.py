"""Working days: every notice as entered, the examples of the specification, and what holds of all years."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from shared_files import SPEC, needs_shared

from gongkai.statute import calendar
from gongkai.statute.errors import OutOfRangeError

CASES = yaml.safe_load(Path(__file__).with_name("working_days.yaml").read_text(encoding="utf-8"))
DAYS = st.dates(date(2008, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['received']}+{c['add']}")
def test_working_days_are_counted_as_in_the_examples(case: dict[str, Any]) -> None:
    assert calendar.add_working_days(case["received"], case["add"]) == case["due"]
    assert calendar.working_days(case["received"], case["due"]) == case["add"]
    assert case["due"] != case.get("monday_to_friday")


@needs_shared
def test_the_examples_are_all_those_of_the_specification() -> None:
    wanted = yaml.safe_load((SPEC / "applications.yaml").read_text(encoding="utf-8"))["deadline_tests"]
    written = {(c["received"], c["add"], c["due"]) for c in CASES}
    assert {(w["received"], w["add"], w["due"]) for w in wanted} <= written


@needs_shared
def test_the_years_of_the_specification_are_entered_day_for_day() -> None:
    wanted = yaml.safe_load((SPEC / "applications.yaml").read_text(encoding="utf-8"))["calendar"]["years"]
    for number, raw in wanted.items():
        off: set[date] = set()
        for entry in raw["days_off"]:
            first, _, last = str(entry).partition("..")
            start, end = date.fromisoformat(first), date.fromisoformat(last or first)
            off |= {start + timedelta(n) for n in range((end - start).days + 1)}
        year = calendar.years()[number]
        assert set(year.days_off) == off
        assert list(year.worked) == raw["shifted_workdays"]


def test_every_year_from_2008_on_is_there() -> None:
    assert list(calendar.years()) == list(range(2008, max(calendar.years()) + 1))


# What the law gives beyond weekends: 11 days until 2024, 13 from 2025; a notice only moves days. Two years gave more.
MORE = {2015: 12, 2020: 13}


@pytest.mark.parametrize("number", calendar.years())
def test_a_notice_frees_as_many_days_as_the_law_gives(number: int) -> None:
    year = calendar.years()[number]
    freed = sum(day.weekday() < 5 for day in year.days_off) - len(year.worked)
    assert freed == MORE.get(number, 13 if number >= 2025 else 11)


@pytest.mark.parametrize("number", calendar.years())
def test_days_worked_are_weekend_days_of_that_year_or_the_end_of_the_last(number: int) -> None:
    year = calendar.years()[number]
    assert all(day.weekday() >= 5 for day in year.worked)
    assert not set(year.worked) & set(year.days_off)
    for day in (*year.worked, *year.days_off):
        assert date(number - 1, 12, 28) < day <= date(number, 12, 31)


def test_every_notice_has_a_title_of_its_year() -> None:
    for year in calendar.years().values():
        assert all(str(year.year) in n.title or str(year.year) in (n.number or "") for n in year.notices)


def test_the_last_days_of_the_last_year_known_may_still_be_moved() -> None:
    last = max(calendar.years())
    assert not calendar.provisional(date(last, 12, 28))
    assert calendar.provisional(date(last, 12, 29))


def test_an_estimate_leaves_out_weekends_and_holidays_of_fixed_date() -> None:
    year = max(calendar.years()) + 1
    for day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)):
        assert not calendar.is_working_day(date(year, *day))
    assert calendar.is_working_day(date(2027, 1, 4))
    assert not calendar.is_working_day(date(2027, 1, 9))


@pytest.mark.parametrize("day", [date(2007, 12, 31), date(2100, 1, 1)])
def test_a_day_outside_the_known_years_is_said_with_the_years(day: date) -> None:
    with pytest.raises(OutOfRangeError, match="2008-01-01 至 2099-12-31"):
        calendar.index(day)
    assert calendar.table().last.year == 2099


@given(DAYS, st.integers(1, 60))
def test_a_sum_is_a_working_day_and_counts_back(start: date, days: int) -> None:
    end = calendar.add_working_days(start, days)
    assert calendar.is_working_day(end)
    assert end > start
    assert calendar.working_days(start, end) == days
    assert calendar.on_or_after(end) == end


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_sums_can_be_made_in_two_goes(start: date, first: int, second: int) -> None:
    there = calendar.add_working_days(start, first)
    assert calendar.add_working_days(there, second) == calendar.add_working_days(start, first + second)


@given(DAYS, st.integers(1, 60))
def test_notices_explain_the_difference_from_monday_to_friday(start: date, days: int) -> None:
    end = calendar.add_working_days(start, days)
    weekdays = sum((start + timedelta(n)).weekday() < 5 for n in range(1, (end - start).days + 1))
    off = sum(len(change[1]) for change in calendar.changes(start, end))
    worked = sum(len(change[2]) for change in calendar.changes(start, end))
    if not calendar.provisional(end):
        assert weekdays - off + worked == days

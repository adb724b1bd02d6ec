"""Values as offices write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.office.look.words import date_cn, datetime_cn, in_words, size_cn


def test_a_day() -> None:
    assert date_cn(date(2024, 1, 26)) == "2024年1月26日"


def test_a_moment_late_in_greenwich_is_the_next_day_here() -> None:
    assert date_cn(datetime(2024, 1, 25, 16, 4, tzinfo=UTC)) == "2024年1月26日"
    assert datetime_cn(datetime(2024, 1, 25, 16, 4, tzinfo=UTC)) == "2024年1月26日 00:04"


def test_a_day_has_no_time() -> None:
    assert datetime_cn(date(2024, 1, 26)) == "2024年1月26日"


@pytest.mark.parametrize("function", [date_cn, datetime_cn, size_cn])
def test_nothing_is_nothing(function: Any) -> None:
    assert function(None) == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 字节"),
        (1023, "1023 字节"),
        (1024, "1 KB"),
        (1536, "1.5 KB"),
        (182_340, "178 KB"),
        (20 * 1024**2, "20 MB"),
        (3 * 1024**5, "3072 TB"),
    ],
)
def test_sizes(size: int, words: str) -> None:
    assert size_cn(size) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "—"), ("", "—"), (0, "0"), (True, "是"), (False, "否"), (date(2024, 1, 26), "2024年1月26日"), ("甲", "甲")],
)
def test_any_value(value: object, words: str) -> None:
    assert in_words(value) == words

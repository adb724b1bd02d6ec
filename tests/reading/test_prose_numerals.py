"""Printed numerals and their values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.prose.numerals import value_of

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """``number`` (1 to 99,999,999) as written: 一千零二十万零三百."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return chinese(number // 10_000) + "万" + (gap + chinese(rest) if rest else "")
    out, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + unit
        zero = not digit
    return out


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    value = value_of(chinese(number))
    assert value is not None
    assert value[0] == number


@given(st.integers(0, 10**12))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert value_of(f"{number:,}") == value_of(str(number)) == (number, 0)


@pytest.mark.parametrize(
    ("printed", "value", "places"),
    [
        ("17", 17, 0),
        ("２１", 21, 0),
        ("99.42", Decimal("99.42"), 2),
        ("368万", 3_680_000, -4),
        ("1.2万", 12_000, -3),
        ("84.67万", 846_700, -2),
        ("1.25亿", 125_000_000, -6),
        ("十", 10, 0),
        ("两千零五", 2005, 0),
        ("三百六十八万", 3_680_000, -4),
        ("二〇二三", 2023, 0),
        ("九十八点五", Decimal("98.5"), 1),
    ],
)
def test_value_and_printed_decimals(printed: str, value: int | Decimal, places: int) -> None:
    assert value_of(printed) == (value, places)


@pytest.mark.parametrize("printed", ["1.2.3", "三五", "万", "1,23", "12,5", "5,", "", "九点十"])
def test_what_is_no_single_number_is_not_read(printed: str) -> None:
    assert value_of(printed) is None

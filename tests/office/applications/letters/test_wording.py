"""Dates, amounts, law: how letters write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.wording import capitals, cited, clause, passage, plain

DIGITS = {digit: number for number, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read(text: str) -> int:
    """The amount that capitals say; read as people do, place by place."""
    total = group = digit = 0
    for sign in text.removeprefix("人民币").removesuffix("元整"):
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in PLACES:
            group, digit = group + digit * PLACES[sign], 0
        else:
            total, group, digit = (total + group + digit) * 10_000, 0, 0
    return total + group + digit


@given(st.integers(min_value=0, max_value=99_999_999))
def test_capitals_say_the_amount(yuan: int) -> None:
    text = capitals(yuan)
    assert read(text) == yuan
    assert "零零" not in text
    assert yuan == 0 or not text.endswith("零元整")


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (0, "零"),
        (5, "伍"),
        (10, "壹拾"),
        (105, "壹佰零伍"),
        (2200, "贰仟贰佰"),
        (4003, "肆仟零叁"),
        (10_000, "壹万"),
        (10_005, "壹万零伍"),
        (23_040, "贰万叁仟零肆拾"),
        (1_000_500, "壹佰万零伍佰"),
    ],
)
def test_capitals_as_a_receipt_writes_them(yuan: int, words: str) -> None:
    assert capitals(yuan) == f"人民币{words}元整"


@pytest.mark.parametrize("yuan", [-1, 100_000_000])
def test_what_is_no_fee_has_no_capitals(yuan: int) -> None:
    with pytest.raises(LetterError):
        capitals(yuan)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("条例 第三十六条第（一）项", "《中华人民共和国政府信息公开条例》第三十六条第（一）项"),
        ("档案法", "《中华人民共和国档案法》"),
        ("行政复议法（2017年修正） 第六条", "《中华人民共和国行政复议法》第六条"),
        ("国办函〔2020〕109号 第四条", "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第四条"),
    ],
)
def test_law_is_cited_by_its_full_name(source: str, words: str) -> None:
    assert cited(source) == words


def test_an_instrument_that_is_not_known_is_not_cited() -> None:
    with pytest.raises(KeyError):
        cited("某办法 第一条")


def test_values_are_cleaned_and_names_left_alone() -> None:
    assert plain("买买提·艾力") == "买买提·艾力"
    assert plain("\u202e甲\t乙\u00a0丙\x07") == "甲 乙 丙"
    assert clause("要求公开甲、乙。；\n") == "要求公开甲、乙"
    assert passage("甲\r\n\r\n 乙 \x0b丙") == "甲\n乙\n丙"

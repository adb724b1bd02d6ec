"""Identity numbers are held against GB 11643: region, birthday, check character."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office.acts.personal.numbers import identity_number, identity_numbers

from gongkai.office.acts.personal.identity import check_character, fault, lengthened, normalised

# The example of the standard itself (GB 11643—1999, appendix).
EXAMPLE = "11010519491231002X"
TODAY = datetime.date(2024, 12, 31)


def test_the_example_of_the_standard_is_right() -> None:
    assert check_character(EXAMPLE) == "X"
    assert fault(EXAMPLE) is None
    assert fault("440524188001010014") is None


@given(identity_numbers)
def test_numbers_that_were_made_right_are_right(number: str) -> None:
    assert fault(number, TODAY) is None
    assert fault(number.lower(), TODAY) is None
    assert fault(f" {number[:6]} {number[6:14]} {number[14:]} ", TODAY) is None


@given(identity_numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, at: int, by: int) -> None:
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert fault(wrong, TODAY) is not None


@given(identity_numbers, st.integers(0, 15))
def test_two_digits_turned_round_are_always_found(number: str, at: int) -> None:
    turned = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert turned == number or fault(turned, TODAY) is not None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "18 位"),
        ("1101051949123100", "18 位"),
        ("110105194912310O2X", "18 位"),
        ("A" * 18, "18 位"),
        (identity_number(region="990101"), None),
        (identity_number(region="170101"), "地区代码"),
        (identity_number(birthday="19900230"), "出生日期"),
        (identity_number(birthday="20991231"), "出生日期"),
        (identity_number(birthday="18000101"), "出生日期"),
        ("110105194912310021", "校验位"),
        ("110105491231002", None),
        ("110105491332002", "出生日期"),
    ],
)
def test_what_is_wrong_is_said(number: str, said: str | None) -> None:
    sentence = fault(number, TODAY)
    assert sentence is None if said is None else said in (sentence or "")


def test_a_number_of_fifteen_digits_is_lengthened_to_its_holders_new_one() -> None:
    assert lengthened("110105491231002") == EXAMPLE
    assert lengthened(EXAMPLE) == EXAMPLE
    assert lengthened("E1234567") == "E1234567"


def test_numbers_typed_in_full_width_are_normalised() -> None:
    assert normalised("１１０１０５１９４９１２３１００２ｘ") == EXAMPLE

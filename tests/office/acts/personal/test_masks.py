"""A mask shows what tells two people apart and never the middle."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from office.acts.personal.numbers import bank_card, identity_numbers, mobiles

from gongkai.office.acts.personal import masks
from gongkai.office.acts.personal.kinds import KINDS

CASES = yaml.safe_load(Path(__file__).with_name("masks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']} {case['given']}")
def test_masks_are_as_written(case: dict[str, str]) -> None:
    assert KINDS[case["kind"]].mask(case["given"]) == case["shown"]


@given(identity_numbers)
def test_the_birthday_in_an_identity_number_is_never_shown(number: str) -> None:
    shown = masks.identity(number)
    assert len(shown) == 18
    assert shown[6:14] == "*" * 8
    assert number[6:14] not in shown


@given(mobiles)
def test_the_middle_of_a_mobile_number_is_never_shown(number: str) -> None:
    assert masks.phone(number) == f"{number[:3]}****{number[7:]}"


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60))
def test_any_text_has_a_mask_that_hides_its_middle(kind: str, text: str) -> None:
    shown = KINDS[kind].mask(text)
    inner = "".join(text.split())
    if kind not in ("person", "email", "address") and inner:
        assert "*" in shown
        assert len(inner) < 5 or inner not in shown


@given(st.text("一二三四五六七八九十路街号楼室", min_size=1, max_size=30))
def test_of_an_address_without_a_division_nothing_is_shown(text: str) -> None:
    assert masks.address(text) == "****"


def test_of_a_bank_card_the_last_four_are_shown() -> None:
    card = bank_card()
    assert masks.account(card) == f"**** {card[-4:]}"

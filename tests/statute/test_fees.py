"""The information processing fee: the examples of the specification, and that steps and sums agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from shared_files import SPEC, needs_shared

from gongkai.statute.citations import cited
from gongkai.statute.errors import OutOfRangeError
from gongkai.statute.fees import ITEM, PAGE, fee, tariff

CASES = yaml.safe_load(Path(__file__).with_name("fees.yaml").read_text(encoding="utf-8"))
DAY = date(2024, 3, 1)


@pytest.mark.parametrize(("basis", "count"), [(b, n) for b in (ITEM, PAGE) for n in CASES[b]])
def test_the_amount_is_as_in_the_examples(basis: str, count: int) -> None:
    assert fee(basis, count, DAY).yuan == CASES[basis][count]


@needs_shared
def test_the_examples_are_all_those_of_the_specification() -> None:
    wanted = yaml.safe_load((SPEC / "applications.yaml").read_text(encoding="utf-8"))["fees"]["examples"]
    assert wanted["by_item"].items() <= CASES[ITEM].items()
    assert wanted["by_page"].items() <= CASES[PAGE].items()


@pytest.mark.parametrize("case", CASES["more"], ids=str)
def test_what_came_before_in_the_month_counts(case: dict[str, int]) -> None:
    assert fee(ITEM, case["count"], DAY, already=case["already"]).yuan == case["yuan"]


def test_steps_say_how_the_amount_comes_about() -> None:
    result = fee(PAGE, 101, DAY)
    assert [step.words for step in result.steps] == [
        "第1至30页：不收费",
        "第31至100页：每页10元，计700元",
        "第101页：每页20元，计20元",
    ]
    assert {step.article for step in result.steps} == {"国办函〔2020〕109号 第五条"}
    assert all(cited(step.article) for step in result.steps)


@given(st.sampled_from([ITEM, PAGE]), st.integers(0, 300), st.integers(0, 300))
def test_a_month_costs_the_same_however_it_is_split(basis: str, first: int, second: int) -> None:
    whole = fee(basis, first + second, DAY)
    assert fee(basis, first, DAY).yuan + fee(basis, second, DAY, already=first).yuan == whole.yuan
    assert sum(step.yuan for step in whole.steps) == whole.yuan
    assert sum(step.last - step.first + 1 for step in whole.steps) == first + second


def test_there_was_no_such_fee_before_2021() -> None:
    with pytest.raises(OutOfRangeError, match="2021-01-01"):
        fee(ITEM, 20, date(2020, 12, 31))
    assert fee(ITEM, 20, date(2021, 1, 1)).yuan == 1000


@pytest.mark.parametrize(("count", "already"), [(-1, 0), (1, -1)])
def test_negative_numbers_are_refused(count: int, already: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        fee(ITEM, count, DAY, already)


def test_an_unknown_basis_is_refused() -> None:
    with pytest.raises(KeyError):
        tariff("hour", DAY)

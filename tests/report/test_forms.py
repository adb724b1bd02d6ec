"""The forms are whole: rows, columns and labels as the notices set them, and every year has one."""

from __future__ import annotations

import pytest

from gongkai.report import form_for_year, forms, load_form


def test_the_form_of_2021_has_twenty_five_rows_of_seven_columns_and_fifteen_remedies() -> None:
    form = load_form("2021")
    assert len(form.tables["applications"].cells) == 25 * 7
    assert len(form.tables["remedies"].cells) == 15
    assert len(form.tables["proactive"].cells) == 10
    assert [c.number for c in form.chapters] == [1, 2, 3, 4, 5, 6]
    assert len(form.aspects) == 5


def test_the_form_of_2019_has_one_row_for_other_handling_and_counts_procurement() -> None:
    form = load_form("2019")
    rows = form.tables["applications"].rows
    assert "other_other" in rows
    assert not {"other_no_supplement", "other_fee_unpaid"} & set(rows)
    assert "proactive.procurement.amount" in form.cells


def test_both_forms_have_twenty_one_and_nineteen_outcomes() -> None:
    counts = {
        name: sum(row.section == "outcome" for row in load_form(name).tables["applications"].rows.values())
        for name in forms()
    }
    assert counts == {"2019": 19, "2021": 21}


@pytest.mark.parametrize(("year", "name"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_a_year_has_the_form_that_was_in_force(year: int, name: str) -> None:
    assert form_for_year(year).name == name


def test_a_year_before_the_first_form_has_none() -> None:
    with pytest.raises(KeyError, match="2018"):
        form_for_year(2018)


def test_an_unknown_form_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="2019、2021"):
        load_form("2023")

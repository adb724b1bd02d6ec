"""Every layout met in the wild gives the figures that were printed in it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.layouts import FORM, LAYOUTS, TITLE

from gongkai import reading
from gongkai.figures import BLANK


def figures(seed: int, largest: int) -> dict[str, str]:
    numbers = random.Random(seed)
    return {cell: str(numbers.randint(0, largest)) for cell in FORM.cells}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), largest=st.sampled_from([0, 1, 9, 12345]))
def test_layout_gives_every_figure_as_printed(layout: str, seed: int, largest: int) -> None:
    printed = figures(seed, largest)
    report = reading.open(LAYOUTS[layout](printed))
    assert report.form == "2021"
    wrong = {c: (v, report.figures[c]) for c, v in printed.items() if str(report.figures[c].value) != v}
    assert not wrong
    assert not [n for n in report.notes if n.kind != "header_damaged"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_gives_title_chapters_and_no_table_in_the_prose(layout: str) -> None:
    report = reading.open(LAYOUTS[layout](figures(7, 99)))
    assert (report.title, report.agency, report.year) == (TITLE, "清源县水务局", 2022)
    assert [c.key for c in report.chapters] == [c.key for c in FORM.chapters]
    texts = [c.text for c in report.chapters]
    assert [bool(t) for t in texts] == [True, False, False, False, True, True], texts


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_places_every_figure_where_it_stands(layout: str) -> None:
    printed = figures(3, 98765)
    report = reading.open(LAYOUTS[layout](printed))
    for cell, figure in report.figures.items():
        assert figure.place is not None
        assert report.text[figure.place.start : figure.place.end] == printed[cell]


BLANKS_SEEN = sorted(
    set(LAYOUTS) - {"one_cell_a_line", "one_cell_a_line_apart", "spaces", "vertical_labels", "broken_heads"}
)


@pytest.mark.parametrize("layout", BLANKS_SEEN)
def test_a_blank_cell_is_unread_and_never_zero(layout: str) -> None:
    printed = figures(5, 9) | {"applications.granted.research": "", "applications.received.total": ""}
    report = reading.open(LAYOUTS[layout](printed))
    for cell, figure in report.figures.items():
        if printed[cell]:
            assert str(figure.value) == printed[cell], cell
        else:
            assert (figure.value, figure.reason) == (None, BLANK), (cell, figure)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_no_figure_is_ever_invented_when_cells_are_blank(layout: str, data: st.DataObject) -> None:
    printed = figures(data.draw(st.integers(0, 99)), 50)
    for cell in data.draw(st.lists(st.sampled_from(FORM.cells), max_size=12)):
        printed[cell] = ""
    report = reading.open(LAYOUTS[layout](printed))
    for cell, figure in report.figures.items():
        assert figure.value is None or str(figure.value) == printed[cell], (cell, figure, printed[cell])

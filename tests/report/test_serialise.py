"""A report goes to JSON and back without loss."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.figures import REASONS, Figure, Place
from gongkai.report import Chapter, Claim, Note, Report, from_json, load_form, to_json
from gongkai.report.model import Paragraph

words = st.text(max_size=12)
offsets = st.integers(0, 10**6)
places = st.builds(
    Place,
    offsets,
    offsets,
    st.none() | st.integers(1, 300),
    st.none() | st.tuples(*[st.floats(0, 2000, allow_nan=False)] * 4),
)
values = st.integers(-9, 10**9) | st.decimals(-(10**9), 10**9, allow_nan=False, places=4)
figures = st.builds(Figure, values, words, st.none() | places, st.none(), st.tuples(words)) | st.builds(
    Figure, st.none(), st.none() | words, st.none() | places, st.sampled_from(sorted(REASONS))
)
paragraphs = st.builds(Paragraph, words, offsets, offsets)
chapters = st.builds(
    Chapter,
    st.none() | words,
    st.none() | st.integers(1, 9),
    words,
    paragraphs,
    st.lists(paragraphs, max_size=2).map(tuple),
)
days = st.none() | st.dates(date(2019, 1, 1), date(2030, 1, 1))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    form = draw(st.sampled_from(["2019", "2021"]))
    drawn = draw(st.lists(figures, min_size=1, max_size=5))
    return Report(
        title=draw(st.none() | words),
        title_place=draw(st.none() | places),
        agency=draw(st.none() | words),
        kind=draw(st.sampled_from([None, "township", "department"])),
        year=draw(st.none() | st.integers(2019, 2030)),
        form=form,
        figures={cell: drawn[i % len(drawn)] for i, cell in enumerate(load_form(form).cells)},
        chapters=draw(st.lists(chapters, max_size=3)),
        preface=tuple(draw(st.lists(paragraphs, max_size=2))),
        signature=tuple(draw(st.lists(paragraphs, max_size=2))),
        published_on=draw(days),
        signed_on=draw(days),
        index_number=draw(st.none() | words),
        claims=draw(
            st.lists(
                st.builds(Claim, values, words, words, words, words, places, st.tuples(offsets, offsets), words),
                max_size=3,
            )
        ),
        notes=draw(
            st.lists(st.builds(Note, words, words, st.none() | words, st.tuples(words), st.none() | places), max_size=3)
        ),
        text=draw(words),
        source_format=draw(words),
        pages=tuple(draw(st.lists(offsets, max_size=3))),
    )


@given(reports())
def test_round_trip_is_lossless(report: Report) -> None:
    assert from_json(json.loads(json.dumps(to_json(report), ensure_ascii=False))) == report


def test_values_are_plain_numbers_and_unread_is_null() -> None:
    form = load_form("2021")
    report = Report(form="2021", figures=dict.fromkeys(form.cells, Figure(None, "", None, "blank")))
    report.figures["proactive.fees.amount_10k_cny"] = Figure(Decimal("84.6700"), "84.6700")
    report.figures["remedies.reconsideration.total"] = Figure(0, "0")
    tables = to_json(report)["tables"]
    assert tables["proactive"]["fees"] == {"amount_10k_cny": 84.67}
    assert tables["remedies"]["reconsideration"] == dict.fromkeys(("upheld", "corrected", "other", "pending")) | {
        "total": 0
    }


@pytest.mark.parametrize("raw", [{}, {"schema": "gongkai/report/9"}, {"schema": "gongkai/report/1"}])
def test_anything_else_is_refused_in_words(raw: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="年度报告数据"):
        from_json(raw)

"""The repair hint: it names the broken cell, and every cell it names truly balances the table."""

from __future__ import annotations

from checks.specimen import build
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai import checks
from gongkai.checks.hints import candidates, identities
from gongkai.checks.registry import Case
from gongkai.report import Report, load_form

FORM = load_form("2021")
OUTCOMES = [row.key for row in FORM.tables["applications"].rows.values() if row.section == "outcome"]
APPLICANTS = [c for c in FORM.tables["applications"].columns if c != "total"]
RESULTS = ["upheld", "corrected", "other", "pending"]


@st.composite
def balanced_applications(draw: st.DrawFn) -> dict[str, int]:
    """Table 3 with every identity holding."""
    cells: dict[str, int] = {}
    for column in APPLICANTS:
        done = draw(st.dictionaries(st.sampled_from(OUTCOMES), st.integers(0, 40), max_size=4))
        carried_out = draw(st.integers(0, 5))
        total = sum(done.values())
        carried_in = draw(st.integers(0, total + carried_out))
        figures = {**dict.fromkeys(OUTCOMES, 0), **done, "total": total, "carried_out": carried_out}
        figures |= {"carried_in": carried_in, "received": total + carried_out - carried_in}
        cells |= {f"applications.{row}.{column}": value for row, value in figures.items()}
    for row in FORM.tables["applications"].rows:
        cells[f"applications.{row}.total"] = sum(cells[f"applications.{row}.{column}"] for column in APPLICANTS)
    return cells


@st.composite
def balanced_remedies(draw: st.DrawFn) -> dict[str, int]:
    """Table 4 with every identity holding."""
    cells: dict[str, int] = {}
    for row in FORM.tables["remedies"].rows:
        values = draw(st.lists(st.integers(0, 20), min_size=4, max_size=4))
        cells |= {f"remedies.{row}.{column}": value for column, value in zip(RESULTS, values, strict=True)}
        cells[f"remedies.{row}.total"] = sum(values)
    return cells


def _with(report: Report, cell: str, value: int) -> Case:
    figures = dict(report.figures)
    figures[cell] = figures[cell]._replace(value=value)
    return Case(Report(form=report.form, year=report.year, figures=figures))


def _break(data: st.DataObject, cells: dict[str, int]) -> tuple[Report, str, int]:
    broken = data.draw(st.sampled_from(sorted(cells)))
    old = cells[broken]
    new = data.draw(st.integers(0, 99).filter(lambda value: value != old))
    return build({"cells": {**cells, broken: new}}), broken, old


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_one_broken_cell_is_among_the_candidates_and_each_candidate_balances(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(["applications", "remedies"]))
    cells = data.draw(balanced_applications() if table == "applications" else balanced_remedies())
    assert candidates(Case(build({"cells": cells})), table) == {}
    report, broken, old = _break(data, cells)
    found = candidates(Case(report), table)
    assert found[broken] == old
    for cell, value in found.items():
        assert value >= 0
        assert all(residual == 0 for _, residual in identities(_with(report, cell, value), table))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_other_single_cell_balances(data: st.DataObject) -> None:
    cells = data.draw(balanced_applications())
    report, _, _ = _break(data, cells)
    found = candidates(Case(report), "applications")
    cell = data.draw(st.sampled_from(sorted(set(cells) - set(found))))
    value = data.draw(st.integers(0, 150))
    assert any(residual for _, residual in identities(_with(report, cell, value), "applications"))


def test_the_hint_is_said_in_words_on_every_failing_finding_and_the_print_stays() -> None:
    cells = {
        "applications.received.business": 5,
        "applications.received.total": 5,
        "applications.granted.business": 3,
        "applications.granted.total": 5,
        "applications.total.business": 5,
        "applications.total.total": 5,
    }
    report = build({"cells": cells})
    found = checks.run(report)
    assert {f.check for f in found} == {"outcomes-total-wrong", "applicants-total-wrong"}
    assert {f.hint for f in found} == {"改这一格即可全部平衡：商业企业·予以公开 3→5"}
    assert report.value("applications.granted.business") == 3


def test_several_candidates_are_all_named() -> None:
    (finding,) = checks.run(build({"cells": {"remedies.reconsideration.total": 2}}))
    assert finding.hint is not None
    assert finding.hint.startswith("改下列任一格即可全部平衡：")
    for way in ("行政复议·结果维持 0→2", "行政复议·尚未审结 0→2", "行政复议·总计 2→0"):
        assert way in finding.hint


def test_a_negative_value_is_no_candidate() -> None:
    (finding,) = checks.run(build({"cells": {"remedies.reconsideration.upheld": 11}}), only=["remedies-total-wrong"])
    assert finding.hint == "改下列任一格即可全部平衡：行政复议·结果维持 11→0；行政复议·总计 0→11"


def test_no_hint_when_more_than_one_cell_must_change() -> None:
    cells = {"remedies.reconsideration.upheld": 10, "remedies.litigation_after_reconsideration.upheld": 5}
    assert {f.hint for f in checks.run(build({"cells": cells}))} == {None}


def test_last_years_figure_binds_the_hint() -> None:
    previous = build(
        {
            "year": 2022,
            "cells": {
                "applications.carried_out.*": 0,
                "applications.carried_out.business": 2,
                "applications.carried_out.total": 2,
                "applications.received.business": 2,
                "applications.received.total": 2,
            },
        }
    )
    cells = {
        "applications.carried_in.total": 2,
        "applications.total.total": 2,
        "applications.total.business": 2,
        "applications.granted.business": 2,
        "applications.granted.total": 2,
    }
    found = checks.run(build({"cells": cells}), previous=previous)
    assert {f.hint for f in found} == {"改这一格即可全部平衡：商业企业·上年结转政府信息公开申请数量 0→2"}


def test_a_figure_with_decimals_is_not_rounded_into_a_hint() -> None:
    cells = {"remedies.reconsideration.upheld": "1.5", "remedies.reconsideration.total": 1}
    (finding,) = checks.run(build({"cells": cells}), only=["remedies-total-wrong"])
    assert finding.hint == "改这一格即可全部平衡：行政复议·结果维持 1.5→1"


def test_merged_rows_take_no_part() -> None:
    cells = {
        "applications.other_other.business": 2,
        "applications.total.business": 2,
        "applications.total.total": 2,
        "applications.received.business": 2,
        "applications.received.total": 2,
        "applications.other_other.total": 1,
    }
    found = checks.run(build({"cells": cells, "merged": True}), skip=["figure-missing"])
    assert {f.hint for f in found} == {"改这一格即可全部平衡：总计·其他处理·其他 1→2"}

"""Many reports are one: the sums, what they are made of, who is missing, what is refused. Cases: ``rollup/*.yaml``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.checks import FAILS, run
from gongkai.figures import ROW_MERGED, Figure, unread
from gongkai.report import Form, Report, from_json, load_form, to_json
from gongkai.rollup import RollupError, explain, missing, rollup

CASES = Path(__file__).with_name("rollup")
COUNTY = "清源县人民政府"
ARITHMETIC = (
    "applications-unbalanced",
    "outcomes-total-wrong",
    "applicants-total-wrong",
    "remedies-total-wrong",
    "in-force-impossible",
    "figure-invalid",
)
COVERED = ("other_no_supplement", "other_fee_unpaid")


def cases(*names: str) -> list[Any]:
    files = [(name, yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))) for name in names]
    return [pytest.param(case, id=f"{name}-{case['what']}") for name, found in files for case in found]


def value(said: int | str | None) -> int | Decimal | None:
    """A value of the cases: an amount stands in quotes."""
    return Decimal(said) if isinstance(said, str) else said


def member(agency: str | None, values: Mapping[str, Figure], year: int | None, form: str | None) -> Report:
    zeros = dict.fromkeys(load_form(form).cells, Figure(0, "0")) if form else {}
    return Report(agency=agency, year=year, form=form, kind="department", figures={**zeros, **values})


def merge_rows(figures: dict[str, Figure]) -> None:
    """（六） printed as one row: the third takes the numbers of the group."""
    for column in load_form("2021").tables["applications"].columns:
        rows = [f"applications.{row}.{column}" for row in (*COVERED, "other_other")]
        total = sum(figures[cell].value or 0 for cell in rows)
        figures |= {cell: unread(ROW_MERGED) for cell in rows[:2]} | {rows[2]: Figure(total, str(total))}


def member_of(case: Mapping[str, Any], year: int) -> Report:
    form = case.get("form", "2021")
    report = member(case["agency"], {}, case.get("year", year), form)
    report.title = case.get("title")
    if case.get("merged"):
        merge_rows(report.figures)
    for pattern, said in case.get("cells", {}).items():
        matching = [cell for cell in report.figures if fnmatchcase(cell, pattern)]
        assert matching, pattern
        figure = unread(said["reason"], "") if isinstance(said, dict) else Figure(value(said), str(said))
        report.figures |= dict.fromkeys(matching, figure)
    return report


def rolled(case: Mapping[str, Any]) -> Report:
    year = case.get("year", 2023)
    members = [member_of(m, year) for m in case["members"]]
    return rollup(members, case.get("agency", COUNTY), year, case.get("required", ()))


@pytest.mark.parametrize("case", cases("sums", "incomplete", "other_handling"))
def test_sums_and_what_they_are_made_of(case: Mapping[str, Any]) -> None:
    report = rolled(case)
    for cell, due in case["values"].items():
        assert report.value(cell) == value(due), cell
    for cell, due in case.get("reasons", {}).items():
        assert report.figures[cell].reason == due, cell
    for cell, due in case.get("explains", {}).items():
        assert explain(report, cell) == [(name, value(said)) for name, said in due], cell
    for cell, due in case.get("missing", {}).items():
        assert missing(report, cell) == [tuple(pair) for pair in due], cell


@pytest.mark.parametrize("case", cases("sums", "incomplete", "other_handling"))
def test_the_notes_say_who_and_why_and_nothing_else(case: Mapping[str, Any]) -> None:
    report = rolled(case)
    due = case.get("notes", [])
    assert [note.kind for note in report.notes] == [d["kind"] for d in due]
    for note, d in zip(report.notes, due, strict=True):
        assert [words for words in d["says"] if words not in note.message] == []
        if "cells" in d:
            assert set(note.cells) == {
                c for c in report.figures if any(f"{c}.".startswith(f"{x}.") for x in d["cells"])
            }


@pytest.mark.parametrize("case", cases("refused"))
def test_reports_that_cannot_be_one_are_refused_by_name_with_the_reason(case: Mapping[str, Any]) -> None:
    with pytest.raises(RollupError) as error:
        rolled(case)
    message = str(error.value)
    assert "\n" not in message
    assert message.startswith("无法汇总：")
    assert [words for words in case["says"] if words not in message] == []
    assert [words for words in case.get("not_says", []) if words in message] == []


def test_the_result_is_the_county_s_report_with_six_titles_and_no_prose() -> None:
    report = rollup([member("清源县水务局", {}, 2023, "2021")], COUNTY, 2023)
    assert (report.title, report.kind, report.agency) == (
        "清源县人民政府2023年政府信息公开工作年度报告",
        "county_government",
        COUNTY,
    )
    assert [c.title for c in report.chapters] == [c.title for c in load_form("2021").chapters]
    assert not any(c.paragraphs for c in report.chapters)
    assert all(report.text[c.heading.start : c.heading.end] == c.heading.text for c in report.chapters)
    assert run(report, only=("chapter-missing", "chapter-title-nonstandard")) == []


def test_a_long_list_of_wrong_reports_is_cut() -> None:
    with pytest.raises(RollupError, match="等 30 份") as error:
        rollup([member(f"清源县第{n}局", {}, 2022, "2021") for n in range(30)], COUNTY, 2023)
    assert "第29局" not in str(error.value)


def test_a_figure_that_is_no_sum_has_nothing_to_explain() -> None:
    report = member("清源县水务局", {}, 2023, "2021")
    assert explain(report, "applications.total.total") == []
    with pytest.raises(KeyError, match=r"没有“applications\.sum”这一格"):
        explain(report, "applications.sum")


@pytest.mark.parametrize("part", ["清源县水务局", "清源县水务局=many"])
def test_parts_of_another_making_are_refused_in_words(part: str) -> None:
    report = member("清源县", {"applications.total.total": Figure(1, parts=(part,))}, 2023, "2021")
    with pytest.raises(ValueError, match="不是“单位=数值”的写法"):
        explain(report, "applications.total.total")


def test_a_cell_that_a_member_s_data_lack_is_unread_not_zero() -> None:
    short = member("清源县水务局", {}, 2023, "2021")
    del short.figures["proactive.licensing.decisions"]
    report = rollup([short], COUNTY, 2023)
    assert report.value("proactive.licensing.decisions") is None
    assert missing(report, "proactive.licensing.decisions") == [("清源县水务局", "table_missing")]


# Properties over balanced reports.

counts = st.integers(0, 3) | st.just(0) | st.integers(0, 10**6)


def filled(form: Form, draw: st.DrawFn) -> dict[str, int | Decimal]:
    """Figures of one body that agree with each other."""
    table = form.tables["applications"]
    people = [c for c in table.columns if c != "total"]
    outcomes = [r.key for r in table.rows.values() if r.section == "outcome"]
    values: dict[str, int | Decimal] = {cell: draw(counts) for cell in form.tables["proactive"].cells}
    if form.name == "2021":
        values["proactive.fees.amount_10k_cny"] = draw(st.decimals(0, 10**6, places=4))
        for row in ("regulations", "normative_documents"):
            values[f"proactive.{row}.in_force"] = values[f"proactive.{row}.made"] + draw(counts)
    some = draw(st.lists(st.tuples(st.sampled_from(outcomes), st.sampled_from(people), counts), max_size=12))
    apps: dict[tuple[str, str], int] = {(row, column): 0 for row in table.rows for column in people}
    apps |= {(row, column): count for row, column, count in some}
    for column in people:
        done = sum(apps[row, column] for row in outcomes)
        later, before = draw(counts), draw(st.integers(0, done))
        apps |= {("total", column): done, ("carried_out", column): later, ("carried_in", column): before}
        apps["received", column] = done + later - before
    values |= {f"applications.{row}.{column}": count for (row, column), count in apps.items()}
    values |= {f"applications.{row}.total": sum(apps[row, c] for c in people) for row in table.rows}
    for row in form.tables["remedies"].rows:
        results = [draw(counts) for _ in range(4)]
        named = zip(("upheld", "corrected", "other", "pending", "total"), (*results, sum(results)), strict=True)
        values |= {f"remedies.{row}.{column}": count for column, count in named}
    return values


@st.composite
def counties(draw: st.DrawFn, gaps: bool = False) -> list[Report]:
    """Balanced reports of the bodies of a county; some print （六） as one row. ``gaps``: with unread cells."""
    form = load_form(draw(st.sampled_from(["2019", "2021"])))
    out = []
    for n in range(draw(st.integers(1, 4))):
        figures = {cell: Figure(number, str(number)) for cell, number in filled(form, draw).items()}
        if form.name == "2021" and draw(st.integers(0, 3)) == 0:
            merge_rows(figures)
        for cell in draw(st.lists(st.sampled_from(form.cells), max_size=4)) if gaps else ():
            figures[cell] = unread(draw(st.sampled_from(["blank", "null_mark", "cells_missing", "table_missing"])))
        out.append(member(f"清源县第{n}局", figures, 2020 if form.name == "2019" else 2023, form.name))
    return out


def summed(members: list[Report], required: tuple[str, ...] = ()) -> Report:
    return rollup(members, COUNTY, members[0].year or 0, required)


@settings(max_examples=40, deadline=None)
@given(counties())
def test_the_sum_of_balanced_reports_is_balanced_and_every_identity_is_decided(members: list[Report]) -> None:
    assert [finding for m in members for finding in run(m, only=ARITHMETIC)] == []
    assert run(summed(members), only=ARITHMETIC) == []


@settings(max_examples=40, deadline=None)
@given(counties())
def test_the_check_of_a_sum_against_its_parts_agrees(members: list[Report]) -> None:
    assert run(summed(members), parts=members, only=("rollup-mismatch",)) == []


@settings(max_examples=40, deadline=None)
@given(counties(gaps=True))
def test_gaps_leave_checks_undecided_but_never_failing(members: list[Report]) -> None:
    found = run(summed(members), parts=members, only=(*ARITHMETIC, "rollup-mismatch"))
    assert [finding for finding in found if finding.verdict == FAILS] == []


@settings(max_examples=40, deadline=None)
@given(counties(gaps=True))
def test_a_value_is_the_sum_of_its_parts_and_is_absent_only_where_a_part_is(members: list[Report]) -> None:
    report = summed(members)
    for cell, figure in report.figures.items():
        values = [number for _, number in explain(report, cell)]
        assert len(values) == len(members)
        if figure.value is not None:
            assert figure.value == sum(values)  # type: ignore[arg-type]
            assert missing(report, cell) == []
        else:
            assert missing(report, cell) != []


@settings(max_examples=40, deadline=None)
@given(counties(gaps=True), st.randoms(use_true_random=False))
def test_the_order_of_members_changes_no_value(members: list[Report], random: Random) -> None:
    shuffled = random.sample(members, len(members))
    first, second = summed(members), summed(shuffled)
    assert {c: f[:4] for c, f in first.figures.items()} == {c: f[:4] for c, f in second.figures.items()}
    assert all(sorted(first.figures[c].parts) == sorted(second.figures[c].parts) for c in first.figures)
    assert sorted(note.message for note in first.notes if "印作" not in note.message) == sorted(
        note.message for note in second.notes if "印作" not in note.message
    )


@settings(max_examples=40, deadline=None)
@given(counties(gaps=True))
def test_a_roll_up_goes_through_json_without_loss(members: list[Report]) -> None:
    report = summed(members, ("清源县民政局",))
    again = from_json(json.loads(json.dumps(to_json(report), ensure_ascii=False)))
    assert again == report
    assert [explain(again, c) for c in again.figures] == [explain(report, c) for c in report.figures]

"""The statutory tables: what each cell holds, and that cells fill the table without gap or overlap."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from rendering.reports import county

from gongkai.figures import TABLE_MISSING, Figure, unread
from gongkai.rendering.grid import GROUP, HEAD, VALUE, Grid, figure_text, row_name, tables
from gongkai.rendering.layout import TEXT_WIDTH
from gongkai.report import forms, load_form

HERE = Path(__file__).parent
TEXTS = yaml.safe_load((HERE / "figure_text.yaml").read_text(encoding="utf-8"))
LABELS = yaml.safe_load((HERE / "row_labels.yaml").read_text(encoding="utf-8"))


def filled(form: str) -> dict[str, Grid]:
    return tables(load_form(form), county(year=2020 if form == "2019" else 2023).figures)


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["holds"])
def test_what_stands_in_a_cell(case: dict) -> None:
    value = Decimal(case["value"]) if isinstance(case["value"], str) else case["value"]
    figure = Figure(value, case["printed"], None, case.get("reason"))
    assert figure_text(figure, case.get("signed", False)) == case["text"]


@pytest.mark.parametrize("form", forms())
def test_cells_fill_each_table_without_gap_or_overlap(form: str) -> None:
    for grid in filled(form).values():
        covered: set[tuple[int, int]] = set()
        for index, row in enumerate(grid.rows):
            column = 0
            for cell in row:
                while (index, column) in covered:
                    column += 1
                area = {(index + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan)}
                assert not area & covered, (grid.key, index, cell.text)
                covered |= area
        assert covered == {(r, c) for r in range(len(grid.rows)) for c in range(len(grid.widths))}, grid.key
        assert sum(grid.widths) == pytest.approx(TEXT_WIDTH)


@pytest.mark.parametrize("form", forms())
def test_every_cell_of_the_form_stands_once_in_a_table(form: str) -> None:
    keys = [cell.key for grid in filled(form).values() for row in grid.rows for cell in row if cell.role == VALUE]
    assert sorted(map(str, keys)) == sorted(load_form(form).cells)


@pytest.mark.parametrize("form", forms())
def test_rows_bear_the_labels_that_the_form_prints(form: str) -> None:
    shown = {}
    for row in filled(form)["applications"].rows:
        if row[-1].key:
            labels = [cell.text for cell in row if cell.key is None]
            shown[row[-1].key.split(".")[1]] = labels[-1]
    assert {key: shown[key] for key in LABELS[form]} == LABELS[form]


def test_groups_span_their_rows() -> None:
    groups = {
        cell.text: cell.rowspan for row in filled("2021")["applications"].rows for cell in row if cell.role == GROUP
    }
    expected = {
        "三、本年度办理结果": 22,
        "（三）不予公开": 8,
        "（四）无法提供": 3,
        "（五）不予处理": 5,
        "（六）其他处理": 3,
    }
    assert groups == expected


def test_remedies_have_heads_on_two_levels() -> None:
    first, second, third, values = filled("2021")["remedies"].rows
    assert [(c.text, c.rowspan, c.colspan) for c in first] == [("行政复议", 2, 5), ("行政诉讼", 1, 10)]
    assert [(c.text, c.colspan) for c in second] == [("未经复议直接起诉", 5), ("复议后起诉", 5)]
    assert len(third) == len(values) == 15


def test_a_block_with_one_value_column_spans_three() -> None:
    rows = filled("2021")["proactive"].rows
    licensing = next(row for row in rows if row[0].text == "行政许可")
    assert [cell.colspan for cell in licensing] == [1, 3]
    assert [cell.colspan for row in rows for cell in row if cell.text.startswith("第二十条")] == [4, 4, 4, 4]


def test_a_table_that_the_document_lacks_is_not_invented() -> None:
    report = county()
    for key in load_form("2021").tables["remedies"].cells:
        report.figures[key] = unread(TABLE_MISSING)
    assert set(tables(load_form("2021"), report.figures)) == {"proactive", "applications"}


def test_totals_are_strong_and_heads_are_not() -> None:
    cells = [cell for row in filled("2021")["applications"].rows for cell in row]
    assert all(cell.strong == ("total" in (cell.key or "").split(".")[1:]) for cell in cells)
    assert not any(cell.strong for cell in cells if cell.role == HEAD)


def test_a_row_is_named_by_its_labels() -> None:
    tables = load_form("2021").tables
    assert row_name(tables["applications"], "denied_process") == "（三）不予公开 6.属于四类过程性信息"
    assert row_name(tables["applications"], "carried_out") == "四、结转下年度继续办理"
    assert row_name(tables["remedies"], "direct_litigation") == "行政诉讼 未经复议直接起诉"
    assert row_name(tables["proactive"], "fees") == "行政事业性收费"

"""Every cell of the three tables: A5 (is it a count) and A6 (is there one)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from gongkai.checks.findings import ERROR, WARNING, Fault
from gongkai.checks.registry import NOTICE, Case, reading
from gongkai.figures import NOT_A_NUMBER, ROW_MERGED, TABLE_MISSING
from gongkai.report import forms, load_form
from gongkai.report.form import Column, Table

SOURCE = f"{NOTICE} 附件"
FEES = "proactive.fees.amount_10k_cny"  # P4 looks after it


@cache
def _columns(form: str) -> dict[str, Column]:
    tables = load_form(form).tables.values()
    return {f"{t.key}.{r.key}.{c}": t.columns[c] for t in tables for r in t.rows.values() for c in r.columns}


def _fits(value: int | Decimal, column: Column) -> bool:
    if value < 0 and not column.signed:
        return False
    if isinstance(value, int):
        return True
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= column.decimals


@reading(
    name="figure-invalid",
    id="A5",
    title="数值不是非负整数（金额：非负、至多四位小数）",
    severity=ERROR,
    source=SOURCE,
)
def figure_invalid(case: Case) -> Iterator[Fault]:
    """每一格：件数是非负整数（2019 年格式的“本年增/减”可带正负号），金额不为负。格内印的不是数字也算不合规。
    收费金额由 fee-invalid 核对；空格由 figure-missing 核对。"""
    values = case.values.values()
    if set(map(type, values)) == {int} and min(values) >= 0:  # type: ignore[type-var, operator]  # as in most reports
        return
    columns = _columns(case.form.name) if case.form else {}
    for cell, figure in case.report.figures.items():
        value = figure.value
        if cell not in columns or cell == FEES:
            continue
        if value is None:
            bad = figure.reason == NOT_A_NUMBER
        elif type(value) is int and value >= 0:
            continue
        else:
            bad = not _fits(value, columns[cell])
        if bad and case.form:
            found = figure.printed if figure.printed is not None else str(value)
            yield Fault(f"{case.form.cell_name(cell)}：“{found}”不是非负整数", found=found, cells=(cell,))


def _some(labels: list[str]) -> str:
    return "、".join(labels) if len(labels) < 4 else f"{labels[0]}…{labels[-1]}"


def _gaps(table: Table, empty: set[str]) -> Iterator[str]:
    """Rows with the same empty columns, told together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in table.rows.values():
        missing = tuple(c for c in row.columns if f"{table.key}.{row.key}.{c}" in empty)
        if missing:
            groups.setdefault(missing, []).append(row.name)
    for columns, rows in groups.items():
        heads = _some([table.columns[c].label.split("（")[0] for c in columns])
        many = f"{len(rows)} 行各" if len(rows) > 1 else ""
        yield f"{many}缺 {len(columns)} 格（{_some(rows)}：{heads}）"


def _missing(case: Case, table: Table) -> Fault | None:
    figures = case.report.figures
    reasons = {cell: figures[cell].reason if cell in figures else TABLE_MISSING for cell in table.cells}
    unread = {cell: r for cell, r in reasons.items() if r is not None and r != NOT_A_NUMBER}
    if not unread:
        return None
    if set(reasons.values()) == {TABLE_MISSING}:
        return Fault(f"“{table.title}”：文中没有这张表", cells=tuple(unread))
    merged = [table.rows[row] for row in case.merged] if table.key == "applications" else []
    said = list(_gaps(table, {cell for cell, reason in unread.items() if reason != ROW_MERGED}))
    if merged:
        numbers = "、".join(row.number for row in merged)
        said.append(f"“（六）{merged[0].group}”印作一行，缺 {len(merged)} 行（{numbers}）")
    return Fault(f"“{table.title}”：{'；'.join(said)}", cells=tuple(unread))


@reading(
    name="figure-missing",
    id="A6",
    title="表格缺数：应有数字的格为空或无法定位",
    severity=WARNING,
    source=SOURCE,
)
def figure_missing(case: Case) -> Iterator[Fault]:
    """三张表的每一格都应有数字，没有的填 0。每张表报一次，写明缺哪些行、哪些列；空格从不当作 0。"""
    if case.read:
        return
    form = case.form or case.due_form or load_form(forms()[-1])
    for table in form.tables.values():
        fault = _missing(case, table)
        if fault:
            yield fault

"""Table 3, applications: A1–A4, the arithmetic the form prescribes."""

from __future__ import annotations

from functools import cache

from gongkai.checks.findings import ERROR, Fault
from gongkai.checks.registry import NOTICE, Case, Subject, Values, identity
from gongkai.report import load_form
from gongkai.report.form import Table

SOURCE = f"{NOTICE} 附件 第三部分表格"
TABLE_NOTE = f"{SOURCE}注"
BALANCE = ("received", "carried_in", "total", "carried_out")


def _table(form: str) -> Table:
    return load_form(form).tables["applications"]


def _column(table: Table, column: str, rows: tuple[str, ...]) -> Subject:
    return Subject(table.columns[column].label, {row: f"applications.{row}.{column}" for row in rows})


@cache
def _balances(form: str) -> tuple[Subject, ...]:
    table = _table(form)
    return tuple(_column(table, column, BALANCE) for column in table.columns)


@cache
def _outcomes(form: str, merged: tuple[str, ...]) -> tuple[Subject, ...]:
    table = _table(form)
    rows = tuple(r.key for r in table.rows.values() if r.section == "outcome" and r.key not in merged)
    return tuple(_column(table, column, (*rows, "total")) for column in table.columns)


@cache
def _rows(form: str, merged: tuple[str, ...]) -> tuple[Subject, ...]:
    table = _table(form)
    return tuple(
        Subject(row.name, {column: f"applications.{row.key}.{column}" for column in row.columns})
        for row in table.rows.values()
        if row.key not in merged
    )


@cache
def _carried(form: str) -> tuple[Subject, ...]:
    return tuple(
        Subject(
            column.label,
            {"carried_in": f"applications.carried_in.{column.key}"},
            {"carried_out": f"applications.carried_out.{column.key}"},
        )
        for column in _table(form).columns.values()
    )


def balances(case: Case) -> tuple[Subject, ...]:
    return _balances(case.form.name) if case.form else ()


def outcomes(case: Case) -> tuple[Subject, ...]:
    """Each column's outcomes and total. Rows printed as one with another are left out: their number stands there."""
    return _outcomes(case.form.name, case.merged) if case.form else ()


def rows(case: Case) -> tuple[Subject, ...]:
    return _rows(case.form.name, case.merged) if case.form else ()


def carried(case: Case) -> tuple[Subject, ...]:
    return _carried(case.form.name) if case.form else ()


@identity(
    name="applications-unbalanced",
    id="A1",
    title="收办不平衡：第一项加第二项不等于第三项加第四项",
    severity=ERROR,
    source=TABLE_NOTE,
    subjects=balances,
    adds_up=True,
)
def applications_unbalanced(v: Values, label: str) -> Fault:
    """每一列：本年新收 + 上年结转 = 办理结果总计 + 结转下年度继续办理。"""
    received, done = v["received"] + v["carried_in"], v["total"] + v["carried_out"]
    return Fault(
        f"{label}：新收 {v['received']} + 结转 {v['carried_in']} = {received}，"
        f"办结 {v['total']} + 结转下年 {v['carried_out']} = {done}",
        expected=str(received),
        found=str(done),
    )


@identity(
    name="outcomes-total-wrong",
    id="A2",
    title="办理结果总计不等于各项之和",
    severity=ERROR,
    source=SOURCE,
    subjects=outcomes,
    adds_up=True,
)
def outcomes_total_wrong(v: Values, label: str) -> Fault:
    """每一列：（七）总计 = （一）至（六）各项办理结果之和。把（六）其他处理印作一行的，按一行计。"""
    total = v["total"]
    items = sum(v.values()) - total
    return Fault(f"{label}：各项办理结果之和为 {items}，总计印作 {total}", expected=str(items), found=str(total))


@identity(
    name="applicants-total-wrong",
    id="A3",
    title="总计列不等于各类申请人之和",
    severity=ERROR,
    source=SOURCE,
    subjects=rows,
    adds_up=True,
)
def applicants_total_wrong(v: Values, label: str) -> Fault:
    """每一行：总计 = 自然人 + 法人或其他组织各类之和。"""
    total = v["total"]
    items = sum(v.values()) - total
    return Fault(f"{label}：各类申请人之和为 {items}，总计印作 {total}", expected=str(items), found=str(total))


@identity(
    name="carry-over-broken",
    id="A4",
    title="上年结转与上年度报告的结转下年度不一致（逐列）",
    severity=ERROR,
    source=SOURCE,
    subjects=carried,
    needs="previous",
    first_year=2020,
)
def carry_over_broken(v: Values, label: str) -> Fault | None:
    """每一列：本年“上年结转” = 上年度报告“结转下年度继续办理”。需同时提供上年度报告。"""
    now, before = v["carried_in"], v["carried_out"]
    if now == before:
        return None
    return Fault(f"{label}：上年报告结转下年 {before}，本年上年结转印作 {now}", expected=str(before), found=str(now))

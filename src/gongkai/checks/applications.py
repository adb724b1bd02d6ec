"""Table 3, applications: A1–A4, the arithmetic the form prescribes."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.findings import ERROR, Fault
from gongkai.checks.registry import Case, Subject, Values, identity

TABLE = "国办公开办函〔2021〕30号 附件 表三注"


def columns(case: Case) -> Iterator[Subject]:
    """One subject for each column, holding every row."""
    if case.form:
        table = case.form.tables["applications"]
        for column in table.columns.values():
            yield Subject(column.label, {row: f"applications.{row}.{column.key}" for row in table.rows})


BALANCE = ("received", "carried_in", "total", "carried_out")


def balance(case: Case) -> Iterator[Subject]:
    for subject in columns(case):
        yield Subject(subject.label, {row: subject.cells[row] for row in BALANCE})


@identity(
    name="applications-unbalanced",
    id="A1",
    title="收办不平衡：第一项加第二项不等于第三项加第四项",
    severity=ERROR,
    source=TABLE,
    subjects=balance,
)
def applications_unbalanced(v: Values, label: str) -> Fault | None:
    """每一列：本年新收 + 上年结转 = 办理结果总计 + 结转下年度继续办理。"""
    received, done = v["received"] + v["carried_in"], v["total"] + v["carried_out"]
    if received == done:
        return None
    return Fault(
        f"{label}：新收 {v['received']} + 结转 {v['carried_in']} = {received}，"
        f"办结 {v['total']} + 结转下年 {v['carried_out']} = {done}",
        expected=str(received),
        found=str(done),
    )

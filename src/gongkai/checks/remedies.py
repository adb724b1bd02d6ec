"""Table 4, reconsideration and litigation: R1–R3."""

from __future__ import annotations

from functools import cache

from gongkai.checks.findings import ERROR, INFO, WARNING, Fault
from gongkai.checks.registry import NOTICE, Case, Subject, Values, identity
from gongkai.report import load_form

SOURCE = f"{NOTICE} 附件 第四部分表格"


@cache
def _groups(form: str) -> tuple[Subject, ...]:
    rows = load_form(form).tables["remedies"].rows.values()
    return tuple(Subject(row.label, {c: f"remedies.{row.key}.{c}" for c in row.columns}) for row in rows)


@cache
def _pending(form: str) -> tuple[Subject, ...]:
    return tuple(Subject(s.label, s.cells, {"before": s.cells["pending"]}) for s in _groups(form))


@cache
def _direct() -> tuple[Subject, ...]:
    return (Subject("未经复议直接起诉", {"total": "remedies.direct_litigation.total"}),)


def groups(case: Case) -> tuple[Subject, ...]:
    return _groups(case.form.name) if case.form else ()


def pending(case: Case) -> tuple[Subject, ...]:
    return _pending(case.form.name) if case.form else ()


def direct(case: Case) -> tuple[Subject, ...]:
    return _direct() if case.form else ()


@identity(
    name="remedies-total-wrong",
    id="R1",
    title="复议、诉讼总计不等于各结果之和",
    severity=ERROR,
    source=SOURCE,
    subjects=groups,
    adds_up=True,
)
def remedies_total_wrong(v: Values, label: str) -> Fault:
    """行政复议、未经复议直接起诉、复议后起诉三组，每组：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结。"""
    total = v["total"]
    items = sum(v.values()) - total
    return Fault(
        f"{label}：维持 {v['upheld']} + 纠正 {v['corrected']} + 其他 {v['other']} + 未审结 {v['pending']} = {items}，"
        f"总计印作 {total}",
        expected=str(items),
        found=str(total),
    )


@identity(
    name="pending-cases-vanished",
    id="R2",
    title="上年尚未审结的案件在本年不见",
    severity=WARNING,
    source=SOURCE,
    subjects=pending,
    needs="previous",
    first_year=2020,
)
def pending_cases_vanished(v: Values, label: str) -> Fault | None:
    """上年尚未审结的案件，本年要么审结要么仍未审结，都应计入本年总计：每组本年总计不少于上年尚未审结数。
    需同时提供上年度报告。"""
    # A printed total that is too small is R1's fault, not a lost case.
    counted = max(v["total"], v["upheld"] + v["corrected"] + v["other"] + v["pending"])
    if counted >= v["before"]:
        return None
    return Fault(
        f"{label}：上年尚未审结 {v['before']} 件，本年总计只有 {counted} 件",
        expected=f"不少于 {v['before']}",
        found=str(counted),
    )


@identity(
    name="direct-suit-needs-explanation",
    id="R3",
    title="复议前置后仍有直接起诉，需说明",
    severity=INFO,
    source="行政复议法 第二十三条第一款第（四）项",
    subjects=direct,
    first_year=2024,
)
def direct_suit_needs_explanation(v: Values, label: str) -> Fault | None:
    """2024 年起，不服不予公开决定须先申请行政复议。仍有未经复议直接起诉的，应是无法提供、不予处理等其他情形，
    宜作说明。"""
    if v["total"] == 0:
        return None
    return Fault(f"{label} {v['total']} 件：请说明属于哪种不需复议前置的情形", found=str(v["total"]))

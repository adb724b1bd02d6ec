"""A report and the reports of the bodies it sums: S1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.checks.findings import WARNING, Fault, Unread
from gongkai.checks.registry import Case, reading
from gongkai.figures import ROW_MERGED
from gongkai.report import Form, Report

# One suit against two bodies is one case of the county, and a joint document is one document (spec: roll-up).
_ONCE = ("remedies.", "proactive.normative_documents.", "proactive.regulations.")


def of_year(parts: Sequence[Report], year: int | None) -> tuple[Report, ...]:
    """Those of ``parts`` that are of ``year``, or of which it is not known."""
    return tuple(part for part in parts if year is None or part.year in (None, year))


def _groups(form: Form, reports: Sequence[Report]) -> list[tuple[str, ...]]:
    """The cells to compare: one by one, but the rows of a group together where some report prints them as one row."""
    rows = form.tables["applications"].rows
    merged = {
        row
        for row in rows
        if any((f := r.figures.get(f"applications.{row}.total")) and f.reason == ROW_MERGED for r in reports)
    }
    together = [row.key for row in rows.values() if row.group in {rows[m].group for m in merged}]
    columns = form.tables["applications"].columns
    joint = [tuple(f"applications.{row}.{column}" for row in together) for column in columns] if together else []
    return [(cell,) for cell in form.cells if cell not in {c for cells in joint for c in cells}] + joint


def _sum(report: Report, cells: tuple[str, ...]) -> int | None:
    """The sum of some cells, rows printed as part of another left out; ``None`` when one of them is unread."""
    figures = [report.figures.get(cell) for cell in cells]
    values = [f.value if f else None for f in figures if not (len(cells) > 1 and f and f.reason == ROW_MERGED)]
    return None if not values or None in values else sum(values)  # type: ignore[arg-type]


@reading(
    name="rollup-mismatch",
    id="S1",
    title="汇总数与各单位之和不一致",
    severity=WARNING,
    source="条例 第四十九条第二款",
    needs="parts",
)
def rollup_mismatch(case: Case) -> Iterator[Fault | Unread]:
    """汇总报告的每一格应等于各单位同一格之和。复议诉讼案件和规章、规范性文件按案号、文号去重，汇总数可以小于各单位之和，
    但不大于和、不小于其中最大的一家。有单位的数字没有读到的，该格不核对；其他年度的报告不计入。"""
    form, unread = case.form, []
    members = of_year(case.parts, case.report.year)
    if not members:
        yield Unread(f"未能核对：所给各单位的报告都不是 {case.report.year} 年度的")
        return
    for cells in _groups(form, (case.report, *members)) if form else ():
        whole, parts = _sum(case.report, cells), [_sum(part, cells) for part in members]
        known = [value for value in parts if value is not None]
        if whole is None or len(known) < len(parts):
            unread += list(cells)
            continue
        total = sum(known)
        once = cells[0].startswith(_ONCE)
        if form and whole != total and not (once and max(known) <= whole <= total):
            label = form.cell_name(cells[-1])
            label = label if len(cells) == 1 else f"{label.split('·')[0]}·{len(cells)} 行合计"
            message = f"{label}：汇总印作 {whole}，{len(parts)} 个单位之和为 {total}"
            yield Fault(message, expected=str(total), found=str(whole), cells=cells)
    if unread or not form:
        some = "、".join(form.cell_name(cell) for cell in unread[:3]) if form else "全部"
        more = f"等 {len(unread)} 格" if len(unread) > 3 else ""
        yield Unread(f"未能核对（有数字未读到）：{some}{more}", tuple(unread))

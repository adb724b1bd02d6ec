"""Table 2, proactive disclosure: P1–P6."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from gongkai.checks.findings import ERROR, WARNING, Fault, Unread
from gongkai.checks.names import below_prefecture
from gongkai.checks.registry import NOTICE, Case, Subject, Values, identity, reading
from gongkai.figures import NOT_A_NUMBER
from gongkai.report import load_form

SOURCE = f"{NOTICE} 附件 第二部分表格"
STOCK = ("made", "repealed", "in_force")
FEES = "proactive.fees.amount_10k_cny"
PLACES = 4  # 万元 to four places is one yuan
# What a body collects in a year hardly exceeds this many 万元; as 元 it easily does.
SUSPECT, SUSPECT_GOVERNMENT = 100_000, 1_000_000


@cache
def _stocks(form: str) -> tuple[Subject, ...]:
    rows = load_form(form).tables["proactive"].rows.values()
    return tuple(
        Subject(row.label, {c: f"proactive.{row.key}.{c}" for c in STOCK}) for row in rows if row.columns == STOCK
    )


@cache
def _stocks_and_before(form: str) -> tuple[Subject, ...]:
    return tuple(Subject(s.label, s.cells, {"before": s.cells["in_force"]}) for s in _stocks(form))


def stocks(case: Case) -> tuple[Subject, ...]:
    """Kinds of document with made, repealed and in force: the form of 2021 on."""
    return _stocks(case.form.name) if case.form else ()


def stocks_and_before(case: Case) -> tuple[Subject, ...]:
    return _stocks_and_before(case.form.name) if case.form else ()


@identity(
    name="in-force-not-continuous",
    id="P1",
    title="现行有效件数与上年不衔接",
    severity=WARNING,
    source=SOURCE,
    subjects=stocks_and_before,
    needs="previous",
    first_year=2021,
)
def in_force_not_continuous(v: Values, label: str) -> Fault | None:
    """规章、行政规范性文件：现行有效件数 = 上年现行有效件数 + 本年制发 − 本年废止。需同时提供上年度报告；
    上年度报告是 2019 年格式的，没有现行有效件数，不能核对。"""
    due = v["before"] + v["made"] - v["repealed"]
    if due == v["in_force"]:
        return None
    return Fault(
        f"{label}：上年现行有效 {v['before']} + 制发 {v['made']} − 废止 {v['repealed']} = {due}，印作 {v['in_force']}",
        expected=str(due),
        found=str(v["in_force"]),
    )


@identity(
    name="in-force-impossible",
    id="P2",
    title="现行有效件数小于本年制发减废止",
    severity=ERROR,
    source=SOURCE,
    subjects=stocks,
    first_year=2021,
)
def in_force_impossible(v: Values, label: str) -> Fault | None:
    """规章、行政规范性文件：本年制发的，除本年废止的以外，年末都有效，所以现行有效件数不小于制发减废止。"""
    least = v["made"] - v["repealed"]
    if v["in_force"] >= least:
        return None
    return Fault(
        f"{label}：制发 {v['made']} − 废止 {v['repealed']} = {least}，现行有效只有 {v['in_force']}",
        expected=f"不小于 {least}",
        found=str(v["in_force"]),
    )


@reading(
    name="regulations-beyond-power",
    id="P3",
    title="无规章制定权的机关填报规章",
    severity=ERROR,
    source="立法法 关于规章制定权的规定",
)
def regulations_beyond_power(case: Case) -> Fault | Unread | None:
    """规章只有国务院部门和省级、设区的市、自治州人民政府能制定。县级及以下机关的规章各格应为 0。"""
    columns = case.form.tables["proactive"].rows["regulations"].columns if case.form else ()
    read = {cell: case.values[cell] for cell in (f"proactive.regulations.{column}" for column in columns)}
    filled = tuple(cell for cell, value in read.items() if value)
    if not filled:
        return Unread("未能核对（所需数字未读到）：规章") if not read or None in read.values() else None
    county = below_prefecture(case.report)
    if county is None:
        return Unread("未能核对：看不出本机关是不是设区的市以上的机关")
    if not county:
        return None
    printed = "、".join(str(value) for value in read.values() if value is not None)
    message = f"规章填作 {printed}：县级及以下机关没有规章制定权，各格应为 0"
    return Fault(message, expected="0", found=printed, cells=filled)


def _decimals(value: int | Decimal) -> int:
    exponent = Decimal(value).normalize().as_tuple().exponent if value else 0
    return -exponent if isinstance(exponent, int) else 0


@reading(
    name="fee-invalid",
    id="P4",
    title="收费金额为负或超过四位小数",
    severity=ERROR,
    source=SOURCE,
    first_year=2021,
)
def fee_invalid(case: Case) -> Fault | Unread | None:
    """行政事业性收费金额以万元计，不为负，至多四位小数（精确到元）。格内印的不是数字也算不合规。"""
    value = case.report.value(FEES)
    if value is not None and value >= 0 and _decimals(value) <= PLACES:
        return None
    figure = case.report.figures.get(FEES)
    if figure is None or (figure.value is None and figure.reason != NOT_A_NUMBER):
        return Unread("未能核对（所需数字未读到）：行政事业性收费")
    fault = "不是数字" if value is None else "为负" if value < 0 else f"有 {_decimals(value)} 位小数，超过四位"
    found = figure.printed if figure.printed is not None else str(value)
    return Fault(f"行政事业性收费：“{found}”{fault}", found=found, cells=(FEES,))


@reading(
    name="fee-unit-suspect",
    id="P5",
    title="收费金额疑似以元填报",
    severity=WARNING,
    source=SOURCE,
    first_year=2021,
)
def fee_unit_suspect(case: Case) -> Fault | Unread | None:
    """收费金额的单位是万元。部门、乡镇等达到 10 亿元（100000 万元），县级人民政府达到 100 亿元的，多半是按元填的。"""
    value = case.report.value(FEES)
    if value is None:
        return Unread("未能核对（所需数字未读到）：行政事业性收费")
    if value < (SUSPECT_GOVERNMENT if case.report.kind in (None, "county_government") else SUSPECT):
        return None
    return Fault(
        f"行政事业性收费 {value} 万元，即 {value / 10_000:.2f} 亿元：请核对是否误以元为单位",
        found=str(value),
        cells=(FEES,),
        hint=f"若原数以元为单位，应填 {(Decimal(value) / 10_000).normalize():f}",
    )


@identity(
    name="in-force-suspicious",
    id="P6",
    title="制发、废止、现行有效三数相同",
    severity=WARNING,
    source=SOURCE,
    subjects=stocks,
    first_year=2021,
)
def in_force_suspicious(v: Values, label: str) -> Fault | None:
    """规章、行政规范性文件：制发、废止、现行有效三数相同且不为 0，只有全部文件在一年内换新时才会如此，请核对。"""
    if not v["made"] or not v["made"] == v["repealed"] == v["in_force"]:
        return None
    return Fault(f"{label}：制发、废止、现行有效都是 {v['made']}，请核对是否全部换新", found=str(v["made"]))

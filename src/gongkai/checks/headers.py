"""What reading met at the tables' edges: H1 (damaged heads) and H2 (numbers without a cell)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.findings import WARNING, Fault, Unread
from gongkai.checks.registry import NOTICE, Case, reading
from gongkai.report import forms, load_form
from gongkai.report.model import HEADER_DAMAGED, VALUE_UNPLACED, Note

SOURCE = f"{NOTICE} 附件"
ZEROS = frozenset({"0", "０", "零", "〇", "-", "—", "--", "无", "0.0", "0.00", "0.0000"})


def _in_table(case: Case, key: str | None, said: str) -> str:
    """What was said, with the table's name in front unless it is told already."""
    table = (case.form or load_form(forms()[-1])).tables.get(key or "")
    return f"“{table.title}”：{said}" if table and table.title not in said else said


@reading(
    name="header-damaged",
    id="H1",
    title="表头残缺或错位（数值位置仍可确定）",
    severity=WARNING,
    source=SOURCE,
)
def header_damaged(case: Case) -> Iterator[Fault | Unread]:
    """表头、行名、组名应与规定格式一字不差。残缺、错位而数字位置仍可确定的，每张表报一次。"""
    if not case.form:
        yield Unread("未能核对：没有读到表格")
    tables: dict[str | None, list[Note]] = {}
    for note in case.report.notes:
        if note.kind == HEADER_DAMAGED:
            tables.setdefault(note.table, []).append(note)
    for table, notes in tables.items():
        said = "；".join(dict.fromkeys(note.message for note in notes))
        where = tuple(note.place for note in notes if note.place is not None)
        yield Fault(_in_table(case, table, said), where=where)


@reading(
    name="value-unplaced",
    id="H2",
    title="有非零数字无法确定属于哪一格",
    severity=WARNING,
    source=SOURCE,
)
def value_unplaced(case: Case) -> Iterator[Fault | Unread]:
    """行内格数与列数不符时，只认位置确定的格；位置不定的非零数字逐个报告，不猜。"""
    if not case.form:
        yield Unread("未能核对：没有读到表格")
    for note in case.report.notes:
        if note.kind == VALUE_UNPLACED and (note.printed or "").strip() not in ZEROS:
            where = (note.place,) if note.place else ()
            message = _in_table(case, note.table, note.message)
            yield Fault(message, where=where, found=note.printed, cells=note.cells)

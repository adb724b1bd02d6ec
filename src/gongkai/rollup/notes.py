"""What a roll-up says about itself: who is missing, what was lumped together, what may be counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gongkai.figures import REASONS, ROW_MERGED, Figure
from gongkai.report import Form, Note, Report
from gongkai.report.form import Table
from gongkai.rollup.other_handling import OtherHandling
from gongkai.rollup.parts import name_of, take

# Note.kind. Public: these words stand in JSON.
INCOMPLETE = "rollup_incomplete"  # a member is absent, or some of its figures are unread
ROWS_MERGED = "rollup_rows_merged"  # a member prints （六）其他处理 as one row
NOT_DEDUPLICATED = "rollup_not_deduplicated"  # cases or documents of several members were summed without their numbers

# Rows of table 2 that count documents, which bodies may issue together.
_DOCUMENTS = ("regulations", "normative_documents")
_LABELLED = 3  # cells named in one note; ``Note.cells`` has all


def notes(
    form: Form, members: Sequence[Report], absent: Sequence[str], sums: Mapping[str, Figure], other: OtherHandling
) -> list[Note]:
    """The notes of a roll-up: absent members, unread figures, merged rows, what was not counted once."""
    return [
        *_absent(form, absent),
        *_unread(form, members, sums, other),
        *_merged(form, other),
        *_shared(form, members),
    ]


def _absent(form: Form, names: Sequence[str]) -> Iterator[Note]:
    if names:
        who = "、".join(names)
        yield Note(INCOMPLETE, f"缺少 {len(names)} 个单位的报告，各格汇总数都不完整：{who}", cells=form.cells)


def _unread(form: Form, members: Sequence[Report], sums: Mapping[str, Figure], other: OtherHandling) -> Iterator[Note]:
    suspects = {key: [cell for cell in table.cells if sums[cell].value is None] for key, table in form.tables.items()}
    for member in members:
        for key, cells in suspects.items():
            parts = ((cell, take(member, cell)) for cell in cells)
            reasons = {
                cell: str(part.reason)
                for cell, part in parts
                if part.value is None and not (cell in other.covered and part.reason == ROW_MERGED)
            }
            if reasons:
                yield _lacking(form, key, name_of(member), reasons)


def _lacking(form: Form, table: str, member: str, reasons: Mapping[str, str]) -> Note:
    cells = tuple(reasons)
    where = "、".join(map(form.cell_name, cells[:_LABELLED])) + ("等" if len(cells) > _LABELLED else "")
    why = "、".join(
        f"{REASONS.get(reason, '没有读到')} {count} 格" for reason, count in Counter(reasons.values()).items()
    )
    title = form.tables[table].title
    message = f"{member}的“{title}”表有 {len(cells)} 格没有数（{where}；{why}），这些格的汇总数不完整"
    return Note(INCOMPLETE, message, table, cells)


def _merged(form: Form, other: OtherHandling) -> Iterator[Note]:
    table = form.tables["applications"]
    said = "把“（六）其他处理”的三行印作一行"
    if other.zero:
        zero = f"{'、'.join(other.zero)}{said}，印的都是 0，三行各按 0 计"
        yield Note(ROWS_MERGED, zero, table.key, tuple(sorted(other.covered)))
    if other.lumped:
        lumped = (
            f"{'、'.join(other.lumped)}{said}，分不开，汇总也并作一行：各单位三行之和都记入第三行“其他”，"
            "前两行不列数；其他单位分行填报的数保留在前两行的组成中"
        )
        yield Note(ROWS_MERGED, lumped, table.key, (*sorted(other.covered), *other.host))


def _shared(form: Form, members: Sequence[Report]) -> Iterator[Note]:
    """Cells in which several members count something that may be one and the same: a case, a joint document."""
    cases = _several(form.tables["remedies"], tuple(form.tables["remedies"].rows), members)
    if cases:
        message = "行政复议、行政诉讼案件按各单位所报相加：报告中没有案号，几个单位涉及同一案件的，未能去重"
        yield Note(NOT_DEDUPLICATED, message, "remedies", cases)
    documents = _several(form.tables["proactive"], _DOCUMENTS, members)
    if documents:
        message = "规章、规范性文件按各单位所报相加：报告中没有文号，几个单位联合制发同一文件的，未能去重"
        yield Note(NOT_DEDUPLICATED, message, "proactive", documents)


def _several(table: Table, rows: Sequence[str], members: Sequence[Report]) -> tuple[str, ...]:
    """The cells of those of ``rows`` in which two members or more have something, or may have (unread)."""
    out: list[str] = []
    for row in rows:
        cells = [f"{table.key}.{row}.{column}" for column in table.rows[row].columns]
        having = (member for member in members if any(member.value(cell) != 0 for cell in cells))
        if next(having, None) and next(having, None):
            out += cells
    return tuple(out)

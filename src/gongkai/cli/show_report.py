"""One report for people: who, when, the three tables without their empty rows, the chapters, what reading remarked."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gongkai.cli.excerpt import position
from gongkai.cli.show_head import heading
from gongkai.cli.wording import pad, width, wrap
from gongkai.figures import REASONS, TABLE_MISSING
from gongkai.report import Report, load_form
from gongkai.report.form import Form, Row, Table

_UNREAD = "？"
_LABEL = 44  # columns for the label of a row


def show(label: str, report: Report, columns: int, colour: bool = False) -> str:
    """The block of text for one document, ending with an empty line."""
    out = heading(label, report, columns, colour)
    out += _facts(report, columns)
    if report.form:
        form = load_form(report.form)
        for table in form.tables.values():
            out += ["", f"  {_bold(table.title, colour)}"]
            if any(report.figures[cell].reason != TABLE_MISSING for cell in table.cells):
                out += _proactive(report, table) if table.blocks else _table(report, table)
            else:
                out.append("    文中没有这张表")
        out += _unread(report, form)
    out += ["", f"  {_bold('各部分', colour)}"]
    chapters = [f"    {_chapter(c.number, c.title)}　{len(c.text)} 字" for c in report.chapters]
    out += chapters or ["    没有认出各部分的标题"]
    if report.notes:
        out += ["", f"  {_bold('读取说明', colour)}"]
        for note in report.notes:
            where = f"（{position(report, note.place)}）" if note.place else ""
            lines = wrap(f"{note.message}{where}", columns - 6)
            out += [f"    {'· ' if n == 0 else '  '}{text}" for n, text in enumerate(lines)]
    return "\n".join(out) + "\n\n"


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text


def _facts(report: Report, columns: int) -> list[str]:
    facts = [
        ("标题", report.title),
        ("公布日期", _day(report.published_on)),
        ("落款日期", _day(report.signed_on)),
        ("索引号", report.index_number),
    ]
    out = []
    for name, value in facts:
        if value:
            lines = wrap(value, columns - 14)
            out += [f"  {pad(name if n == 0 else '', 10)}{text}" for n, text in enumerate(lines)]
    return out


def _day(day: object) -> str | None:
    return str(day) if day else None


def _chapter(number: int | None, title: str) -> str:
    numerals = "零一二三四五六七八九十"
    return f"{numerals[number]}、{title}" if number and number <= 10 else title


def _shown(value: int | Decimal | None) -> str:
    return _UNREAD if value is None else str(value)


def _values(report: Report, table: Table, row: Row) -> list[str]:
    return [_shown(report.value(f"{table.key}.{row.key}.{column}")) for column in row.columns]


def _proactive(report: Report, table: Table) -> list[str]:
    """A line for each row, each value after its column head."""
    out = []
    for row in table.rows.values():
        heads = [table.columns[c].label.partition("（")[0] for c in row.columns]
        cells = "　".join(f"{h} {v}" for h, v in zip(heads, _values(report, table, row), strict=True))
        out.append(f"    {pad(row.label, 18)}{cells}")
    return out


def _table(report: Report, table: Table) -> list[str]:
    """Rows with a number other than 0, or with an unread cell; the others are counted."""
    keys = next(iter(table.rows.values())).columns
    heads = [_short(table.columns[key].label) for key in keys]
    sizes = [max(6, width(head)) for head in heads]
    out = ["    " + pad("", _LABEL) + "  ".join(pad(h, s, True) for h, s in zip(heads, sizes, strict=True))]
    empty = 0
    for row in table.rows.values():
        values = _values(report, table, row)
        if set(values) == {"0"}:
            empty += 1
            continue
        name = f"{row.number} {row.label}".strip()
        if row.group and row.label in ("其他", "其它"):
            name += f"（{row.group}）"
        cells = "  ".join(pad(v, s, True) for v, s in zip(values, sizes, strict=True))
        out.append("    " + pad(_cut(name, _LABEL - 2), _LABEL) + cells)
    if empty == len(table.rows):
        return ["    各行全为 0"]
    if empty:
        out.append(f"    其余 {empty} 行全为 0")
    return out


def _short(head: str) -> str:
    return head if width(head) <= 8 else head[:4]


def _cut(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    while width(text) > columns - 2:
        text = text[:-1]
    return text + "…"


def _unread(report: Report, form: Form) -> list[str]:
    """How many cells are unread in all, by reason; ``？`` stands for them above."""
    reasons: dict[str, int] = {}
    for cell in form.cells:
        figure = report.figures[cell]
        if figure.value is None and figure.reason:
            reasons[figure.reason] = reasons.get(figure.reason, 0) + 1
    if not reasons:
        return []
    counted: Iterable[str] = (f"{REASONS.get(reason, reason)} {count} 格" for reason, count in reasons.items())
    return [f"    {_UNREAD} 表示未读到数字：{'；'.join(counted)}"]

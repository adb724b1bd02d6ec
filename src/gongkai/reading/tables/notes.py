"""What is wrong with the heads and labels of the tables although every value could be placed (check H1)."""

from __future__ import annotations

from gongkai.reading.document import Document
from gongkai.reading.tables.headers import damaged_words
from gongkai.reading.tables.labels import normalise, official
from gongkai.reading.tables.search import Found, Hit
from gongkai.report.form import Form, Table
from gongkai.report.model import HEADER_DAMAGED, Note


def head_notes(document: Document, form: Form, found: Found) -> list[Note]:
    """Damaged column heads, damaged row labels and group labels that stand beside the wrong row."""
    notes = []
    for key in ("applications", "remedies"):
        if words := damaged_words(key, found.heads[key]):
            heads = [cell for cell in found.heads[key] if cell.text]
            place = document.place(heads[0].start, heads[-1].end) if heads else None
            message = f"表头残缺：{'、'.join(f'“{word}”' for word in words)}不全"
            notes.append(Note(HEADER_DAMAGED, message, key, (), place))
    for table, hits in found.rows.items():
        for hit in hits.values():
            if hit.damaged:
                message = f"行名残缺：印作“{hit.label.text}”，应为“{official(table)[hit.row]}”"
                place = document.place(hit.label.start, hit.label.end)
                notes.append(Note(HEADER_DAMAGED, message, table, (), place, hit.label.text))
    return notes + _drifted(document, form.tables["applications"], found.rows["applications"])


def _drifted(document: Document, table: Table, hits: dict[str, Hit]) -> list[Note]:
    """Group labels that stand beside a later row of their group instead of its first."""
    groups: dict[str, list[str]] = {}
    for row in table.rows.values():
        if row.group and row.key in hits:
            groups.setdefault(row.group, []).append(row.key)
    notes = []
    for group, keys in groups.items():
        beside = {key: cell for key in keys for cell in hits[key].before if normalise(cell.text) == group}
        if not beside or keys[0] in beside or hits[next(iter(beside))].exact:
            continue
        wrong, cell = next(iter(beside.items()))
        message = f"“{cell.text}”印在“{hits[wrong].label.text}”一行，应在“{hits[keys[0]].label.text}”一行"
        notes.append(Note(HEADER_DAMAGED, message, table.key, (), document.place(cell.start, cell.end), cell.text))
    return notes

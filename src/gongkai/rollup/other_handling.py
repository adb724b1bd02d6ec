"""（六）其他处理: three rows in the form of 2021, printed as one by some bodies.

Such a body's number stands in the third row; the first two are unread with the reason ``ROW_MERGED``. What belongs to
which row nobody can tell, so the sum prints one row too: the third row takes the whole group of every member, the first
two are ``ROW_MERGED`` and keep, as their parts, what the other members printed there. That is how the checks read a
merged row: the arithmetic of the table stays decidable and no number is lost. Only where such a row is 0 throughout is
there nothing to tell apart: counts that add up to 0 are 0 each, and the sum keeps three rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.figures import ROW_MERGED
from gongkai.report import Form, Report
from gongkai.rollup.parts import Part, name_of, take, total

_COVERED = ("other_no_supplement", "other_fee_unpaid")
_HOST = "other_other"  # where the number of a merged row stands


@dataclass(frozen=True, slots=True)
class OtherHandling:
    """How （六） is summed. ``covered``: cells of the rows that a merged row covers. ``host``: cell of the third row →
    all cells of the group in its column. ``zero``, ``lumped``: names of the members that print one row, 0 or not (keys,
    in order: a county may have hundreds)."""

    covered: frozenset[str] = frozenset()
    host: dict[str, tuple[str, ...]] = field(default_factory=dict)
    zero: dict[str, None] = field(default_factory=dict)
    lumped: dict[str, None] = field(default_factory=dict)

    def part(self, member: Report, cell: str) -> Part:
        """What ``member`` gives to ``cell``."""
        part = take(member, cell)
        if self._is_covered(part, cell) and part.member in self.zero:
            return Part(part.member, 0)
        return self._group(member, self.host[cell]) if self.lumped and cell in self.host else part

    def _group(self, member: Report, cells: tuple[str, ...]) -> Part:
        parts = [take(member, cell) for cell in cells]
        printed = [part for part, cell in zip(parts, cells, strict=True) if not self._is_covered(part, cell)]
        unread = next((part for part in printed if part.value is None), None)
        return unread or Part(parts[0].member, total([part.value for part in printed]))

    def _is_covered(self, part: Part, cell: str) -> bool:
        return cell in self.covered and part.reason == ROW_MERGED


def other_handling(form: Form, members: Sequence[Report]) -> OtherHandling:
    """How to sum the group （六） of ``members``, all of ``form``."""
    table = form.tables["applications"]
    if not all(row in table.rows for row in _COVERED):
        return OtherHandling()
    keys = {row: [f"applications.{row}.{column}" for column in table.columns] for row in (*_COVERED, _HOST)}
    covered = frozenset(cell for row in _COVERED for cell in keys[row])
    host = {keys[_HOST][i]: tuple(keys[row][i] for row in keys) for i in range(len(table.columns))}
    zero: dict[str, None] = {}
    lumped: dict[str, None] = {}
    for member in members:
        if any((f := member.figures.get(cell)) and f.reason == ROW_MERGED for cell in covered):
            nothing = all(member.value(cell) == 0 for cell in host)
            (zero if nothing else lumped)[name_of(member)] = None
    return OtherHandling(covered, host, zero, lumped)

"""The repair hint: which single cell, changed, would make every failing identity of a table hold. Nothing is changed.

Every identity of tables 3 and 4 is a sum with coefficients ±1 that must be 0 (A4 brings last year's figure as a
constant). Changing one cell by d changes the residual of each identity by coefficient × d. So a cell qualifies when it
is in every identity that fails, in none that holds, and the same d takes all their residuals to 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from gongkai.checks.applications import balances, carried, outcomes, rows
from gongkai.checks.findings import FAILS, Finding
from gongkai.checks.registry import Case, Subject
from gongkai.checks.remedies import groups

Identity = tuple[dict[str, int], int | Decimal]  # cell → coefficient, and the residual: 0 when it holds
ARITHMETIC = {
    "applications-unbalanced": "applications",
    "outcomes-total-wrong": "applications",
    "applicants-total-wrong": "applications",
    "carry-over-broken": "applications",
    "remedies-total-wrong": "remedies",
}


def _identity(case: Case, subject: Subject, constant: int | Decimal = 0) -> Iterator[Identity]:
    """The subject as coefficients and residual; nothing when a figure is unread."""
    read = subject.read(case.values)
    if None not in read:
        yield dict(zip(subject.cells.values(), subject.signs, strict=True)), subject.residual(read) - constant


def identities(case: Case, table: str) -> list[Identity]:
    """All identities of a table that can be evaluated."""
    if table == "remedies":
        return [i for subject in groups(case) for i in _identity(case, subject)]
    found = [i for subjects in (balances, outcomes, rows) for s in subjects(case) for i in _identity(case, s)]
    for subject in carried(case) if case.previous and case.previous.year == (case.report.year or 0) - 1 else ():
        before = case.previous.value(subject.previous["carried_out"]) if case.previous else None
        found += _identity(case, subject, before) if before is not None else ()
    return found


def candidates(case: Case, table: str) -> dict[str, int]:
    """Cell → the value that would balance the whole table, for every single cell that can."""
    known = identities(case, table)
    failing = [(coefficients, residual) for coefficients, residual in known if residual]
    if not failing:
        return {}
    fixed = {cell for coefficients, residual in known if not residual for cell in coefficients}
    shared = set.intersection(*(set(coefficients) for coefficients, _ in failing)) - fixed
    found = {}
    for cell in (c for c in failing[0][0] if c in shared):
        changes = {-residual * coefficients[cell] for coefficients, residual in failing}
        value = (case.values[cell] or 0) + min(changes)
        if len(changes) == 1 and value >= 0 and value == int(value):
            found[cell] = int(value)
    return found


def hint(case: Case, table: str) -> str | None:
    """The hint for people; ``None`` when no single cell repairs the table."""
    if case.form is None:
        return None
    form = case.form
    ways = [f"{form.cell_name(cell)} {case.values[cell]}→{value}" for cell, value in candidates(case, table).items()]
    if not ways:
        return None
    return f"改这一格即可全部平衡：{ways[0]}" if len(ways) == 1 else f"改下列任一格即可全部平衡：{'；'.join(ways)}"


def with_hints(case: Case, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each failing arithmetic one with the hint of its table."""
    found = list(findings)
    if not found:
        return found
    broken = {ARITHMETIC[f.check] for f in found if f.verdict == FAILS and f.check in ARITHMETIC}
    hints = {table: hint(case, table) for table in broken}
    return [
        f._replace(hint=hints[ARITHMETIC[f.check]]) if f.verdict == FAILS and f.check in ARITHMETIC else f
        for f in found
    ]

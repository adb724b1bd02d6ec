"""What a sum is made of, as it stands in ``Figure.parts``: one text for each member, ``name=value``.

``清源县水务局=17``, ``清源县财政局=84.6700``: the member's value, exact. ``清源县教育局=?blank``: the member has no
value here, and why (a reason of ``gongkai.figures``; ``member_missing`` when the member has no report). The last ``=``
counts, so a name may hold one. Texts, so that JSON carries them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from typing import NamedTuple

from gongkai.figures import MEMBER_MISSING, REASONS, TABLE_MISSING
from gongkai.report import Report

# Amounts have some 15 digits; a sum that needs more than these is no amount, and is refused rather than rounded.
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])


Value = int | Decimal


class Part(NamedTuple):
    """What one member gives to a sum: a value, or the reason why not."""

    member: str
    value: Value | None
    reason: str | None = None


def name_of(member: Report) -> str:
    return (member.agency or "").strip()


def take(member: Report, cell: str) -> Part:
    """A member's figure as printed; unread also when the member's data do not have the cell at all."""
    figure = member.figures.get(cell)
    if figure is None:
        return Part(name_of(member), None, TABLE_MISSING)
    return Part(name_of(member), figure.value, None if figure.value is not None else figure.reason or MEMBER_MISSING)


def total(values: Sequence[Value | None]) -> Value | None:
    """The exact sum; ``None`` when one has no value. Raises ``ArithmeticError`` for what is no finite number."""
    if None in values:
        return None
    known = [value for value in values if value is not None]
    if Decimal not in map(type, known):
        return sum(known)
    with localcontext(_EXACT):
        result = sum(known)
    if not Decimal(result).is_finite():
        raise InvalidOperation
    return result


def written(part: Part) -> str:
    if part.value is not None:
        return f"{part.member}={part.value}"
    return f"{part.member}=?{part.reason if part.reason in REASONS else MEMBER_MISSING}"


def _read(text: str) -> Part:
    member, mark, said = text.rpartition("=")
    if said.startswith("?"):
        return Part(member, None, said[1:])
    try:
        if mark:
            return Part(member, int(said) if said.removeprefix("-").isdecimal() else Decimal(said))
    except ArithmeticError:
        pass
    raise ValueError(f"汇总数的组成“{text}”不是“单位=数值”的写法")


def _parts(report: Report, cell: str) -> list[Part]:
    figure = report.figures.get(cell)
    if figure is None:
        raise KeyError(f"报告中没有“{cell}”这一格")
    return [_read(text) for text in figure.parts]


def explain(report: Report, cell: str) -> list[tuple[str, Value | None]]:
    """(member, value) of everything that a rolled-up cell sums, zeros too; ``None`` for a member that lacks it.

    Empty for a figure that is no sum. Raises ``KeyError`` for a cell that the report does not have, ``ValueError`` for
    parts that were not written by a roll-up (both in Chinese).
    """
    return [(part.member, part.value) for part in _parts(report, cell)]


def missing(report: Report, cell: str) -> list[tuple[str, str]]:
    """(member, reason) of the members that keep a rolled-up cell from having a value; errors as in ``explain``."""
    return [(part.member, part.reason) for part in _parts(report, cell) if part.reason is not None]

"""Every cell of the form, summed."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.figures import MEMBER_MISSING, ROW_MERGED, Figure
from gongkai.report import Form, Report
from gongkai.rollup.errors import RollupError
from gongkai.rollup.other_handling import OtherHandling
from gongkai.rollup.parts import Part, Value, total, written


def figures(form: Form, members: Sequence[Report], absent: Sequence[str], other: OtherHandling) -> dict[str, Figure]:
    """Cell → sum over ``members``; without a value where one of them, or one of ``absent``, gives none."""
    parts: dict[str, list[str]] = {cell: [] for cell in form.cells}
    values: dict[str, list[Value | None]] = {cell: [] for cell in form.cells}
    # Member by member, though a sum is a cell's: the figures of one report lie together in memory.
    for member in members:
        for cell in form.cells:
            part = other.part(member, cell)
            parts[cell].append(written(part))
            values[cell].append(part.value)
    nothing = [written(Part(name, None, MEMBER_MISSING)) for name in absent]
    without: list[Value | None] = [None] * len(nothing)
    return {cell: _sum(cell, [*values[cell], *without], (*parts[cell], *nothing), other) for cell in form.cells}


def _sum(cell: str, values: list[Value | None], parts: tuple[str, ...], other: OtherHandling) -> Figure:
    if other.lumped and cell in other.covered:
        return Figure(None, reason=ROW_MERGED, parts=parts)
    try:
        value = total(values)
    except ArithmeticError as error:
        raise RollupError(f"无法汇总：“{cell}”一格有数值过大、位数过多或不是数，请核对各单位的这一格") from error
    return Figure(value, reason=None if value is not None else MEMBER_MISSING, parts=parts)

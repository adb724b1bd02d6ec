"""Many reports → one: the county's report as the sum of its bodies' reports (条例 第四十九条第二款).

A sum keeps what it sums (``explain``). It is as good as its members: where one of them is absent or unread the sum
has no value, and the report says who is missing. What was printed is summed as printed; nothing is put right.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.report import Report
from gongkai.rollup.errors import RollupError
from gongkai.rollup.members import accept
from gongkai.rollup.notes import INCOMPLETE, NOT_DEDUPLICATED, ROWS_MERGED, notes
from gongkai.rollup.other_handling import other_handling
from gongkai.rollup.parts import explain, missing
from gongkai.rollup.skeleton import skeleton
from gongkai.rollup.sums import figures

__all__ = ["INCOMPLETE", "NOT_DEDUPLICATED", "ROWS_MERGED", "RollupError", "explain", "missing", "rollup"]


def rollup(members: Sequence[Report], agency: str, year: int, required: Sequence[str] = ()) -> Report:
    """The report of ``agency`` on ``year`` whose every figure is the sum of ``members``; its chapters have titles only.

    ``required``: names of the bodies that have to be in it; those that are not leave every sum incomplete (``value`` is
    ``None``, ``reason`` is ``MEMBER_MISSING``), as an unread figure of a member does for its own cell. ``Figure.parts``
    holds what was summed, in the order of ``members``; ``notes`` say who lacks what, how （六）其他处理 was summed, and
    where cases or documents that several bodies share could not be counted once.

    Raises ``RollupError`` (in Chinese) when the members cannot be one report: another year, another form, none of
    either, no name, the same body twice, the county's own report among them, nothing to sum.
    """
    form, absent = accept(members, agency, year, required)
    other = other_handling(form, members)
    sums = figures(form, members, absent, other)
    report = skeleton(form, agency.strip(), year)
    report.figures = sums
    report.notes = notes(form, members, absent, sums, other)
    return report

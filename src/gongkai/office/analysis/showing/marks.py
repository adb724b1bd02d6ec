"""Which findings stand where: in the text, in the cells, on the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.checks import FAILS, Finding
from gongkai.figures import Place

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
UNREAD = "unread"
_RANK = {"error": 0, "warning": 1, "info": 2, UNREAD: 3}


def look_of(finding: Finding) -> str:
    """How a finding looks: its severity, or ``unread`` when it could not be evaluated."""
    return finding.severity if finding.verdict == FAILS else UNREAD


@dataclass(frozen=True)
class Marks:
    """The findings of a document by place and cell; ``chosen`` is the one the page is opened at."""

    findings: Sequence[Finding]
    chosen: int | None = None
    chosen_cell: str = ""

    @cached_property
    def by_cell(self) -> dict[str, list[int]]:
        """Cell key → numbers of the findings about it."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, finding in enumerate(self.findings, 1):
            for cell in dict.fromkeys(finding.cells):
                found[cell].append(number)
        return dict(found)

    @cached_property
    def places(self) -> list[tuple[Place, int]]:
        """Every place of every finding, in the order of the text."""
        pairs = [(place, number) for number, finding in enumerate(self.findings, 1) for place in finding.where]
        return sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end, pair[1]))

    def look(self, numbers: Sequence[int]) -> str:
        """The gravest look among some findings; "" for none."""
        return min((look_of(self.findings[number - 1]) for number in numbers), key=_RANK.__getitem__, default="")

    def is_chosen(self, numbers: Sequence[int], cell: str | None = None) -> bool:
        return self.chosen in numbers or bool(cell and cell == self.chosen_cell)

"""The report of the year before, found by the name of the body and the year among the files of ``--previous``."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.cli.loading import load
from gongkai.cli.source import Source
from gongkai.cli.work import Outcome, Work
from gongkai.reading.errors import UnreadableError

if TYPE_CHECKING:
    from gongkai.report import Report


@dataclass(frozen=True)
class Identify(Work):
    """Reads a source for the name of its body and its year only."""

    def made(self, label: str, report: Report) -> Outcome:
        return Outcome(json.dumps([normalised(report.agency), report.year]), label)


def normalised(agency: str | None) -> str:
    """The name of a body as it is compared: full-width forms folded, blanks and punctuation left out."""
    return "".join(c for c in unicodedata.normalize("NFKC", agency or "") if c.isalnum())


@dataclass(frozen=True)
class Earlier:
    """Where the reports of earlier years are: (name, year) → sources. ``single``: the one report, when just one was
    given; it is then taken whatever its body is called."""

    index: dict[tuple[str, int | None], list[Source]] = field(default_factory=dict)
    single: Source | None = None

    def find(self, report: Report) -> tuple[tuple[str, Report] | None, str]:
        """``(name of the source, its report)`` for the year before ``report``, and what is to be said about it."""
        if report.year is None:
            return None, "本报告的年度未能认定，未与上年度报告核对"
        year = report.year - 1
        if self.single is not None:
            return self._take_single(self.single, report, year)
        if not normalised(report.agency):
            return None, f"本报告的机关名称未能认定，未能查找 {year} 年度报告"
        found = self.index.get((normalised(report.agency), year), [])
        if not found:
            return None, f"没有找到“{report.agency}”{year} 年度报告，未与上年度核对"
        if len(found) > 1:
            names = "、".join(source.label for source in found[:5]) + ("等" if len(found) > 5 else "")
            count = f"“{report.agency}”{year} 年度报告有 {len(found)} 份（{names}）"
            return None, f"{count}，不能确定用哪一份，未与上年度核对"
        return self._load(found[0])

    def _load(self, source: Source) -> tuple[tuple[str, Report] | None, str]:
        try:
            return load(source), ""
        except UnreadableError as error:
            return None, f"上年度报告 {source.label} 未能读取（{error}），未与上年度核对"

    def _take_single(self, source: Source, report: Report, year: int) -> tuple[tuple[str, Report] | None, str]:
        found, remark = self._load(source)
        if found is None:
            return None, remark
        label, previous = found
        if previous.year is None:
            return found, f"{label} 的年度未能认定，按 {year} 年度报告核对"
        if previous.year != year:
            return None, f"{label} 是 {previous.year} 年度报告，不是 {year} 年度的，未与上年度核对"
        if normalised(previous.agency) != normalised(report.agency):
            mine, other = report.agency or "名称未能认定", previous.agency or "名称未能认定"
            return found, f"上年度报告的机关名称（{other}）与本报告（{mine}）不同，仍按同一机关核对"
        return found, ""


def index(outcomes: list[tuple[Source, Outcome]]) -> Earlier:
    """``Earlier`` from what ``Identify`` found; sources that could not be read are left out."""
    found: dict[tuple[str, int | None], list[Source]] = {}
    readable = [(source, outcome) for source, outcome in outcomes if outcome.error is None]
    for source, outcome in readable:
        agency, year = json.loads(outcome.text)
        found.setdefault((agency, year), []).append(source)
    return Earlier(found, readable[0][0] if len(outcomes) == 1 and readable else None)

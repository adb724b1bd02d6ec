"""Checks: ``run(report, previous=…, parts=…)`` gives the findings. A file holds the checks of one part of the form."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from gongkai.checks.catalogue import catalogue
from gongkai.checks.findings import ERROR, FAILS, HOLDS, INFO, UNREAD, WARNING, Fault, Finding
from gongkai.checks.hints import with_hints
from gongkai.checks.registry import Case, Check
from gongkai.report import Report

__all__ = ["ERROR", "FAILS", "HOLDS", "INFO", "UNREAD", "WARNING", "Check", "Fault", "Finding", "catalogue", "run"]


def run(
    report: Report,
    previous: Report | None = None,
    parts: Sequence[Report] = (),
    only: Collection[str] = (),
    skip: Collection[str] = (),
) -> list[Finding]:
    """Findings of every check that applies, in the order of the catalogue: those that fail and those left unread.

    ``previous``: the same body's report of the year before. ``parts``: reports of the bodies whose figures this report
    sums. ``only``/``skip``: names of checks. A check that holds gives no finding.
    """
    case = Case(report, previous, tuple(parts))
    chosen = _applicable(report.kind, report.year, previous is not None, len(case.parts) > 0)
    if only or skip:
        chosen = tuple(c for c in chosen if (not only or c.name in only) and c.name not in skip)
    return with_hints(case, [finding for check in chosen for finding in check.run(case)])


@lru_cache(maxsize=1024)
def _applicable(kind: str | None, year: int | None, previous: bool, parts: bool) -> tuple[Check, ...]:
    case = Case(Report(kind=kind, year=year), Report() if previous else None, (Report(),) if parts else ())
    return tuple(check for check in catalogue().values() if check.applies(case))

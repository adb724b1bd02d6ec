"""The registry: a check is a small function with its metadata; the registry supplies subjects, places, verdicts.

Two shapes, one decorator each:

``@identity(…, subjects=…)`` – arithmetic on figures. The function gets the values of one subject (all of them read) and
returns ``None`` or a ``Fault``. When a figure is unread the function is not called and the verdict is *unread*.

``@reading(…)`` – the words of the report. The function gets the ``Case`` and returns (or yields) faults, ``None``, or
``Unread``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.checks.findings import FAILS, HOLDS, UNREAD, Fault, Finding, Unread
from gongkai.figures import Place
from gongkai.report import Form, Report, form_for_year, load_form

Values = dict[str, int | Decimal]
Outcome = Fault | Unread | Iterable[Fault] | None


@dataclass
class Case:
    """What is checked: a report, and where given the report of the year before and the reports of its parts."""

    report: Report
    previous: Report | None = None
    parts: tuple[Report, ...] = ()

    @cached_property
    def form(self) -> Form | None:
        """The form recognised in the document; ``None`` when it has no tables."""
        return load_form(self.report.form) if self.report.form else None

    @cached_property
    def due_form(self) -> Form | None:
        """The form that applies to the report year; ``None`` when the year is unknown or before 2019."""
        try:
            return form_for_year(self.report.year) if self.report.year else None
        except KeyError:
            return None


@dataclass(frozen=True, slots=True)
class Subject:
    """What an identity is about: ``label`` for people ("商业企业"), ``cells`` local name → cell key, and ``previous``
    the same for cells of the report of the year before."""

    label: str
    cells: dict[str, str]
    previous: dict[str, str] | None = None


Subjects = Callable[[Case], Iterable[Subject]]


@dataclass(frozen=True, slots=True)
class Check:
    """Metadata of one check. ``source``: instrument and clause that require what it checks. ``kinds``: kinds of body it
    applies to (empty: all). ``needs``: "previous" or "parts" when one report cannot decide it."""

    name: str
    id: str
    title: str
    severity: str
    source: str
    explanation: str
    run: Callable[[Case], list[Finding]]
    first_year: int = 2019
    last_year: int | None = None
    kinds: tuple[str, ...] = ()
    needs: str | None = None

    def applies(self, case: Case) -> bool:
        report = case.report
        if self.needs == "previous" and case.previous is None:
            return False
        if self.needs == "parts" and not case.parts:
            return False
        if self.kinds and report.kind not in self.kinds:
            return False
        year = report.year
        return year is None or (self.first_year <= year and (self.last_year is None or year <= self.last_year))


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    if check.name in _checks:
        raise ValueError(f"check name used twice: {check.name}")
    _checks[check.name] = check


def registered() -> dict[str, Check]:
    return _checks


def _as_faults(outcome: Outcome) -> Iterable[Fault]:
    if outcome is None or isinstance(outcome, Unread):
        return ()
    return (outcome,) if isinstance(outcome, Fault) else outcome


def _finding(check: Check, fault: Fault, cells: tuple[str, ...] = (), where: tuple[Place, ...] = ()) -> Finding:
    return Finding(
        check.name,
        FAILS,
        fault.severity or check.severity,
        fault.message,
        fault.source or check.source,
        fault.cells or cells,
        fault.where or where,
        fault.expected,
        fault.found,
        fault.hint,
    )


def _explanation(function: Callable[..., object]) -> str:
    return " ".join((function.__doc__ or "").split())


def identity(
    *, subjects: Subjects, **metadata: object
) -> Callable[[Callable[[Values, str], Outcome]], Callable[[Values, str], Outcome]]:
    """Register arithmetic on figures: ``function(values, label)``, called once for each subject that is read."""

    def decorate(function: Callable[[Values, str], Outcome]) -> Callable[[Values, str], Outcome]:
        def run(case: Case) -> list[Finding]:
            return list(_run_identity(check, function, subjects, case))

        check = Check(run=run, explanation=_explanation(function), **metadata)  # type: ignore[arg-type]
        register(check)
        return function

    return decorate


def _run_identity(
    check: Check, function: Callable[[Values, str], Outcome], subjects: Subjects, case: Case
) -> Iterator[Finding]:
    figures = case.report.figures
    missing: list[str] = []
    labels: list[str] = []
    for subject in subjects(case):
        values: Values = {}
        for name, cell in subject.cells.items():
            value = figures[cell].value if cell in figures else None
            if value is None:
                missing.append(cell)
            else:
                values[name] = value
        for name, cell in (subject.previous or {}).items():
            value = case.previous.value(cell) if case.previous else None
            if value is not None:
                values[name] = value
        if len(values) < len(subject.cells) + len(subject.previous or ()):
            labels.append(subject.label)
            continue
        for fault in _as_faults(function(values, subject.label)):
            cells = tuple(subject.cells.values())
            yield _finding(check, fault, cells, _places(case.report, fault.cells or cells))
    if labels:
        yield Finding(
            check.name,
            UNREAD,
            check.severity,
            f"未能核对（所需数字未读到）：{'、'.join(labels)}",
            check.source,
            tuple(dict.fromkeys(missing)),
        )


def _places(report: Report, cells: tuple[str, ...]) -> tuple[Place, ...]:
    figures = (report.figures[c] for c in cells if c in report.figures)
    return tuple(f.place for f in figures if f.place is not None)


def reading(**metadata: object) -> Callable[[Callable[[Case], Outcome]], Callable[[Case], Outcome]]:
    """Register a check of words: ``function(case)`` returns or yields faults, or says ``Unread``."""

    def decorate(function: Callable[[Case], Outcome]) -> Callable[[Case], Outcome]:
        def run(case: Case) -> list[Finding]:
            outcome = function(case)
            if isinstance(outcome, Unread):
                return [Finding(check.name, UNREAD, check.severity, outcome.message, check.source)]
            return [_finding(check, fault, (), _places(case.report, fault.cells)) for fault in _as_faults(outcome)]

        check = Check(run=run, explanation=_explanation(function), **metadata)  # type: ignore[arg-type]
        register(check)
        return function

    return decorate


def verdict(findings: Iterable[Finding]) -> str:
    """The verdict of one check over all its subjects: fails before unread before holds."""
    verdicts = {f.verdict for f in findings}
    return FAILS if FAILS in verdicts else UNREAD if UNREAD in verdicts else HOLDS

"""The registry: a check is a small function with its metadata; the registry supplies subjects, places, verdicts.

Two shapes, one decorator each:

``@identity(…, subjects=…)`` – arithmetic on figures. The function gets the values of one subject (all of them read) and
returns ``None`` or a ``Fault``. When a figure is unread the function is not called and the verdict is *unread*. With
``adds_up=True`` it is called only for subjects whose figures do not add up, and words the fault.

``@reading(…)`` – the words of the report. The function gets the ``Case`` and returns (or yields) faults, ``None``, or
``Unread``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import islice
from operator import itemgetter, mul

from gongkai.checks.findings import FAILS, HOLDS, UNREAD, Fault, Finding, Unread
from gongkai.checks.words import Words, words
from gongkai.figures import ROW_MERGED, Place
from gongkai.report import Form, Report, form_for_year, forms, load_form

Values = dict[str, int | Decimal]
Outcome = Fault | Unread | Iterable[Fault | Unread] | None
CellValues = Mapping[str, int | Decimal | None]

MOST = 300  # findings of one check: more than all cells of a form; hostile text could make millions
_DEBIT = frozenset({"total", "carried_out"})  # on the other side of the equation
NOTICE = load_form(forms()[-1]).doc_no  # checks cite the form in force; a finding on an older report cites its own


@dataclass
class Case:
    """What is checked: a report, and where given the report of the year before and the reports of its parts."""

    report: Report
    previous: Report | None = None
    parts: tuple[Report, ...] = ()
    form: Form | None = field(init=False)  # recognised in the document; ``None`` when it has no tables
    due_form: Form | None = field(init=False)  # of the report year; ``None`` when that is unknown or before 2019
    values: CellValues = field(init=False)  # cell → value for every cell of the form, ``None`` when unread
    read: tuple[int | Decimal, ...] | None = field(init=False)  # the same in order; ``None`` when one is unread

    def __post_init__(self) -> None:
        report = self.report
        self.form = form = load_form(report.form) if report.form else None
        self.due_form = _form_due(report.year)
        self.values = values = report.values
        self.read = None
        if form and len(values) < len(form.cells):
            self.values = values = {**dict.fromkeys(form.cells), **values}
        if form and None not in values.values():
            in_order = tuple(values) == form.cells  # as in most reports
            read = values.values() if in_order else map(values.__getitem__, form.cells)
            self.read = tuple(read)  # type: ignore[arg-type]  # none of them is None

    @cached_property
    def merged(self) -> tuple[str, ...]:
        """Rows of table 3 that the document prints together with another: the number stands in that other row."""
        if not self.form or self.read:
            return ()
        rows = self.form.tables["applications"].rows
        figures = self.report.figures
        totals = ((row, figures.get(f"applications.{row}.total")) for row in rows)
        return tuple(row for row, figure in totals if figure is not None and figure.reason == ROW_MERGED)

    @cached_property
    def words(self) -> Words:
        """The running text: preface and chapters, without headings and tables."""
        report = self.report
        return words(report, [*report.preface, *(p for chapter in report.chapters for p in chapter.paragraphs)])


@lru_cache(maxsize=256)
def _form_due(year: int | None) -> Form | None:
    try:
        return form_for_year(year) if year else None
    except KeyError:
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What an identity is about: ``label`` for people ("商业企业"), ``cells`` local name → cell key, and ``previous``
    the same for cells of the report of the year before. Made once for a form, not once for a report."""

    label: str
    cells: dict[str, str]
    previous: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = field(init=False)
    signs: tuple[int, ...] = field(init=False)  # of its figures in a sum that must be 0
    read: Callable[[CellValues], tuple[int | Decimal | None, ...]] = field(init=False)

    def __post_init__(self) -> None:
        keys = tuple(self.cells.values())
        object.__setattr__(self, "names", tuple(self.cells))
        object.__setattr__(self, "signs", tuple(-1 if name in _DEBIT else 1 for name in self.cells))
        # The first key twice: with a single key itemgetter would not give a tuple.
        object.__setattr__(self, "read", itemgetter(*keys, keys[0]))

    def residual(self, read: Iterable[int | Decimal | None]) -> int | Decimal:
        """What its figures, as ``read`` gives them and none of them unread, lack in adding up."""
        total: int | Decimal = sum(map(mul, self.signs, read))
        return total


Subjects = Callable[[Case], tuple[Subject, ...]]


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

    def source_for(self, case: Case) -> str:
        """The source, with the notice that applied to the report year."""
        form = case.due_form
        return self.source.replace(NOTICE, form.doc_no) if form else self.source


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    if check.name in _checks:
        raise ValueError(f"check name used twice: {check.name}")
    _checks[check.name] = check


def registered() -> dict[str, Check]:
    return _checks


def _each(outcome: Outcome) -> Iterable[Fault | Unread]:
    if outcome is None:
        return ()
    return (outcome,) if isinstance(outcome, (Fault, Unread)) else outcome


def _as_finding(check: Check, case: Case, said: Fault | Unread, cells: tuple[str, ...] = ()) -> Finding:
    if isinstance(said, Unread):
        return _unread(check, case, said.message, said.cells)
    return _finding(check, case, said, cells)


def _finding(check: Check, case: Case, fault: Fault, cells: tuple[str, ...] = ()) -> Finding:
    cells = fault.cells or cells
    return Finding(
        check.name,
        FAILS,
        fault.severity or check.severity,
        fault.message,
        fault.source or check.source_for(case),
        cells,
        fault.where or _places(case.report, cells),
        fault.expected,
        fault.found,
        fault.hint,
    )


def _unread(check: Check, case: Case, message: str, cells: Iterable[str] = ()) -> Finding:
    return Finding(check.name, UNREAD, check.severity, message, check.source_for(case), tuple(dict.fromkeys(cells)))


def _wrong_year(check: Check, case: Case) -> Finding | None:
    """A pair of reports decides nothing unless they are of consecutive years."""
    if check.needs != "previous" or case.previous is None:
        return None
    year, before = case.report.year, case.previous.year
    if year is None or before is None or before == year - 1:
        return None
    return _unread(check, case, f"未能核对：所给上年报告是 {before} 年度的，不是 {year - 1} 年度的")


def _explanation(function: Callable[..., object]) -> str:
    return "".join(line.strip() for line in (function.__doc__ or "").splitlines())


def identity(
    *, subjects: Subjects, adds_up: bool = False, **metadata: object
) -> Callable[[Callable[[Values, str], Outcome]], Callable[[Values, str], Outcome]]:
    """Register arithmetic on figures: ``function(values, label)``, called once for each subject that is read (with
    ``adds_up``: and does not add up)."""

    def decorate(function: Callable[[Values, str], Outcome]) -> Callable[[Values, str], Outcome]:
        def run(case: Case) -> list[Finding]:
            if case.form is None:
                return [_unread(check, case, "未能核对：没有读到表格")]
            if check.needs and (wrong := _wrong_year(check, case)):
                return [wrong]
            return list(_run_identity(check, function, subjects, adds_up, case))

        check = Check(run=run, explanation=_explanation(function), **metadata)  # type: ignore[arg-type]
        register(check)
        return function

    return decorate


Sides = tuple[Callable[[Sequence[int | Decimal]], Iterable[int | Decimal]], ...]  # what adds up, and to what


@cache
def _sides(form: str, subjects: tuple[Subject, ...]) -> tuple[Sides, ...]:
    """For each subject the two sides of its equation, taken out of the values of all cells."""
    index = {cell: i for i, cell in enumerate(load_form(form).cells)}
    return tuple(
        tuple(
            _taking([index[cell] for cell, sign in zip(s.cells.values(), s.signs, strict=True) if sign == side])
            for side in (1, -1)
        )
        for s in subjects
    )


def _taking(indices: list[int]) -> Callable[[Sequence[int | Decimal]], Iterable[int | Decimal]]:
    first, last = indices[0], indices[-1]
    step = max((last - first) // max(len(indices) - 1, 1), 1)
    if indices == list(range(first, last + 1, step)):  # a part of a row or column: a slice is taken faster
        return itemgetter(slice(first, last + 1, step))
    return itemgetter(*indices)


def _all_add_up(sides: Iterable[Sides], read: Sequence[int | Decimal]) -> bool:
    return all([sum(one(read)) == sum(other(read)) for one, other in sides])  # noqa: C419 - faster than one by one


def _run_identity(
    check: Check, function: Callable[[Values, str], Outcome], subjects: Subjects, adds_up: bool, case: Case
) -> Iterator[Finding]:
    missing: list[str] = []
    labels: list[str] = []
    values, about = case.values, subjects(case)
    if adds_up and case.form and case.read and _all_add_up(_sides(case.form.name, about), case.read):
        return
    for subject in about:
        read = subject.read(values)
        if adds_up and None not in read and not subject.residual(read):
            continue
        before = {name: case.previous.value(cell) if case.previous else None for name, cell in subject.previous.items()}
        if None in read or None in before.values():
            missing += [cell for cell in subject.cells.values() if values[cell] is None]
            labels.append(subject.label)
            continue
        known = zip(subject.names, read, strict=False)  # neither holds None any more
        outcome = function({**dict(known), **before}, subject.label)  # type: ignore[arg-type, dict-item]
        if outcome is not None:
            for said in _each(outcome):
                yield _as_finding(check, case, said, tuple(subject.cells.values()))
    if labels:
        some = "、".join(labels[:3]) + (f"等 {len(labels)} 项" if len(labels) > 3 else "")
        yield _unread(check, case, f"未能核对（所需数字未读到）：{some}", missing)


def _places(report: Report, cells: tuple[str, ...]) -> tuple[Place, ...]:
    figures = (report.figures[c] for c in cells if c in report.figures)
    return tuple(f.place for f in figures if f.place is not None)


def reading(**metadata: object) -> Callable[[Callable[[Case], Outcome]], Callable[[Case], Outcome]]:
    """Register a check of words: ``function(case)`` returns or yields faults, or says ``Unread``."""

    def decorate(function: Callable[[Case], Outcome]) -> Callable[[Case], Outcome]:
        def run(case: Case) -> list[Finding]:
            if check.needs and (wrong := _wrong_year(check, case)):
                return [wrong]
            outcome = function(case)
            return [] if outcome is None else [_as_finding(check, case, o) for o in islice(_each(outcome), MOST)]

        check = Check(run=run, explanation=_explanation(function), **metadata)  # type: ignore[arg-type]
        register(check)
        return function

    return decorate


def verdict(findings: Iterable[Finding]) -> str:
    """The verdict of one check over all its subjects: fails before unread before holds."""
    verdicts = {f.verdict for f in findings}
    return FAILS if FAILS in verdicts else UNREAD if UNREAD in verdicts else HOLDS

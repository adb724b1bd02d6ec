"""Findings as people read them: what, how grave, where, why, on which ground, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.checks import FAILS, Finding, catalogue
from gongkai.cli.excerpt import Excerpt, excerpts
from gongkai.office.analysis.showing.marks import SEVERITIES, Marks, look_of
from gongkai.office.look.badges import Badge, Tone
from gongkai.report import Form, Report, load_form

MOST = 200  # findings on one page; a report with more is better read in Excel
_EXCERPTS = 3
_COLUMNS = 60
_TONES: dict[str, Tone] = {"error": "bad", "warning": "caution", "info": "info"}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """``cell``: the first cell it is about that the tables show; ``page``: the page of its first place in a PDF."""

    number: int
    look: str
    badge: Badge
    title: str
    id: str
    check: str
    message: str
    compared: str
    hint: str
    source: str
    explanation: str
    excerpts: list[Excerpt]
    more: int
    cells: str
    cell: str
    in_text: bool
    page: int | None
    chosen: bool
    fails: bool


def badge_of(finding: Finding) -> Badge:
    """The verdict in a word: 错误, 警告, 提示, or 未能核对."""
    if finding.verdict != FAILS:
        return Badge("未能核对", "neutral")
    return Badge(SEVERITIES.get(finding.severity, finding.severity), _TONES.get(finding.severity, "neutral"))


def shown(report: Report, marks: Marks) -> list[ShownFinding]:
    """The findings in their order, at most ``MOST``."""
    form = load_form(report.form) if report.form else None
    return [_shown(number, finding, report, form, marks) for number, finding in enumerate(marks.findings[:MOST], 1)]


def _shown(number: int, finding: Finding, report: Report, form: Form | None, marks: Marks) -> ShownFinding:
    check = catalogue().get(finding.check)
    found = excerpts(report, finding.where, _COLUMNS)
    known = [cell for cell in finding.cells if cell in report.figures]
    page = next((place.page for place in finding.where if place.page is not None), None)
    if page is None and finding.where:
        page = report.place(finding.where[0].start, finding.where[0].end).page
    return ShownFinding(
        number=number,
        look=look_of(finding),
        badge=badge_of(finding),
        title=check.title if check else finding.check,
        id=check.id if check else "",
        check=finding.check,
        message=finding.message,
        compared=_compared(finding),
        hint=finding.hint if finding.hint and finding.hint not in finding.message else "",
        source=finding.source,
        explanation=check.explanation if check else "",
        excerpts=found[:_EXCERPTS],
        more=len(found) - len(found[:_EXCERPTS]),
        cells=_cell_names(known, form),
        cell=known[0] if known else "",
        in_text=bool(finding.where),
        page=page,
        chosen=number == marks.chosen,
        fails=finding.verdict == FAILS,
    )


def _compared(finding: Finding) -> str:
    """Expected and found, where they say something that the message does not hold already."""
    parts = []
    if finding.expected and finding.expected not in finding.message and finding.expected not in (finding.hint or ""):
        parts.append(f"应为 {finding.expected}")
    if finding.found and finding.found not in finding.message:
        parts.append(f"实为 {finding.found}")
    return "，".join(parts)


def _cell_names(cells: list[str], form: Form | None) -> str:
    if form is None or not cells:
        return ""
    names = "、".join(form.cell_name(cell) for cell in cells[:3])
    return names + (f"等 {len(cells)} 格" if len(cells) > 3 else "")

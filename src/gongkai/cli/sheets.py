"""``gongkai check --sheet``: beside what is printed, a findings sheet for each document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai.cli import output, running
from gongkai.cli.output import Files, Output, OutputError

if TYPE_CHECKING:
    from gongkai.checks import Finding
    from gongkai.cli.work import Check, Outcome
    from gongkai.report import Report

_OPTION = "--sheet"


@dataclass(frozen=True)
class Sheet:
    """Writes the sheet of one document as a draft into the folder ``drafts``."""

    format: str
    drafts: str

    def draft(self, report: Report, findings: Sequence[Finding]) -> tuple[str, str]:
        """(path of the draft, "") or ("", why there is none)."""
        from gongkai.checks import catalogue
        from gongkai.rendering import RenderingError, findings_sheet

        titles = {check.name: check.title for check in catalogue().values()}
        try:
            return output.draft(self.drafts, findings_sheet(report, findings, self.format, titles)), ""
        except (RenderingError, OutputError) as error:
            return "", f"没有生成核对意见：{error}"


def parse(typed: str, paths: Sequence[str]) -> Output:
    """Where the sheets of ``paths`` go. Raises UsageError."""
    from gongkai.cli.rendering import require_fonts, require_one
    from gongkai.rendering import SHEET_FORMATS

    # In a folder the sheet must not be taken for the report itself.
    found = output.parse(typed, _OPTION, SHEET_FORMATS, name=f"{output.STEM}-核对意见", usual="docx")
    require_one(found, paths)
    require_fonts(found.format)
    return found


def drive(work: Check, paths: list[str], jobs: int, to: Output, inputs: Sequence[str]) -> running.Tally:
    """``running.drive`` with a sheet for each document; ``inputs``: what must not be overwritten."""
    with to.opened([path for path in inputs if path]) as files:
        making = replace(work, sheet=Sheet(to.format, files.drafts))
        return running.drive(making, paths, jobs, "正在核对", place=lambda outcome: _placed(files, outcome, making))


def _placed(files: Files, outcome: Outcome, work: Check) -> Outcome:
    if not outcome.file:
        return outcome
    try:
        path = files.place(outcome.file, outcome.source)
    except OutputError as error:
        return outcome._replace(unmade=str(error))
    # JSON is for programs, which know what they asked for; people are told behind the findings.
    told = "" if work.style.as_json else f"  核对意见 → {path}\n\n"
    return outcome._replace(text=outcome.text.removesuffix("\n") + told if told else outcome.text)

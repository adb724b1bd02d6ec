"""What ``gongkai render`` does: each document read, written in another format, and put where OUT says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from gongkai.cli.output import Files, Output, OutputError, draft, parse
from gongkai.cli.running import Tally, drive
from gongkai.cli.sources import expand
from gongkai.cli.wording import UsageError
from gongkai.cli.work import Outcome, Style, Work
from gongkai.figures import TABLE_MISSING
from gongkai.rendering import FORMATS, RenderingError, render
from gongkai.report.model import HEADER_DAMAGED, VALUE_UNPLACED

if TYPE_CHECKING:
    from gongkai.report import Report


@dataclass(frozen=True)
class Render(Work):
    """Writes a draft of each document into the folder ``drafts``."""

    format: str = ""
    drafts: str = ""

    def made(self, label: str, report: Report) -> Outcome:
        try:
            made = draft(self.drafts, render(report, self.format))
            return Outcome(remarks(report) if self.format != "json" else "", label, file=made)
        except (RenderingError, OutputError) as error:
            return self._failed(label, str(error))


def run(paths: list[str], typed: str, format: str, jobs: int) -> int:
    """Render ``paths`` and say which file each became; the exit code. Raises UsageError."""
    output = parse(typed, "-o", FORMATS, format=format)
    require_one(output, paths)
    require_fonts(output.format)
    with output.opened(paths) as files:
        work = Render(Style(False), format=output.format, drafts=files.drafts)
        tally = drive(work, paths, jobs, "正在生成", place=lambda outcome: _placed(files, outcome))
    if not tally.stopped:
        sys.stdout.write(_summary(tally))
    return tally.exit_code


def require_one(output: Output, paths: Sequence[str]) -> None:
    """One file takes one document: said before anything is written. Standard input tells its number too late."""
    if output.single and "-" not in paths and len(list(islice(expand([*paths]), 2))) > 1:
        raise UsageError(f"有多份报告，而 {output.option} 是一个文件；请写文件夹，或在文件名中写 {{stem}}")


def require_fonts(format: str) -> None:
    """Without a Chinese font no PDF can be made: said once, not for each document."""
    if format == "pdf":
        from gongkai.rendering.fonts import families

        try:
            families()
        except RenderingError as error:
            raise UsageError(str(error)) from error


def _placed(files: Files, outcome: Outcome) -> Outcome:
    if not outcome.file:
        return outcome
    try:
        return outcome._replace(text=f"{outcome.source} → {files.place(outcome.file, outcome.source)}\n{outcome.text}")
    except OutputError as error:
        return outcome._replace(text="", error=str(error))


def remarks(report: Report) -> str:
    """What the document made differs in from the one that was read, in a line; "" when in nothing. JSON holds all."""
    unread = sum(figure.value is None and figure.reason != TABLE_MISSING for figure in report.figures.values())
    unplaced = sum(note.kind == VALUE_UNPLACED for note in report.notes)
    said = [f"{unread} 格没有读到数字，没有补填"] if unread else []
    said += [f"{unplaced} 处数字不能确定属于哪一格，没有写入表中"] if unplaced else []
    said += ["原件表头不全，已按规定格式写出"] if any(n.kind == HEADER_DAMAGED for n in report.notes) else []
    return f"  说明：{'；'.join(said)}\n" if said else ""


def _summary(tally: Tally) -> str:
    if tally.read + tally.failed <= 1:
        return ""
    failed = f"，未能生成 {tally.failed} 份" if tally.failed else ""
    return f"共 {tally.read + tally.failed} 份：生成 {tally.read} 份{failed}\n"

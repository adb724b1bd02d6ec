"""What is done with one source: read it, check it, and make the words or the JSON line for it.

This runs in the workers. Only finished text and counts go back, so that little crosses the border between processes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.cli.bounds import HUNG
from gongkai.cli.loading import ElsewhereError, load
from gongkai.cli.source import Source
from gongkai.reading.errors import UnreadableError

if TYPE_CHECKING:
    from gongkai.checks import Finding
    from gongkai.report import Report


class Outcome(NamedTuple):
    """``text``, or a line of ``json`` in UTF-8, goes to standard output; as bytes it crosses the border and goes out
    without being decoded on the way. ``source`` and ``error``: what could not be read and why (``None`` when it
    was). ``severities``: how many findings of each severity; ``checks``: names of the checks that fail. ``trace``: the
    traceback of a fault of ours. ``file``: draft of a file made beside the text; ``unmade``: why there is none."""

    text: str
    source: str
    error: str | None = None
    severities: Mapping[str, int] = {}
    checks: tuple[str, ...] = ()
    trace: str = ""
    file: str = ""
    unmade: str = ""
    json: bytes = b""


class Style(NamedTuple):
    """How to write: as JSON, or for people in ``columns`` columns with or without colours."""

    as_json: bool
    columns: int = 100
    colour: bool = False


@dataclass(frozen=True)
class Work:
    """The task of a worker; called with a source it gives an outcome and never raises (but for the bound on time)."""

    style: Style

    def __call__(self, source: Source) -> Outcome:
        try:
            label, report = load(source)
        except UnreadableError as error:
            return self._failed(error.source if isinstance(error, ElsewhereError) else source.label, str(error))
        except MemoryError:
            return self._failed(source.label, "读取所需内存过大，已放弃")
        except Exception as error:
            return self._ours(source.label, error)
        try:
            return self.made(label, report)
        except Exception as error:
            return self._ours(label, error)

    def made(self, label: str, report: Report) -> Outcome:
        raise NotImplementedError

    def lost(self, source: Source, why: str) -> Outcome:
        """The outcome for a source whose process died or took too long."""
        if why == HUNG:
            return self._failed(source.label, "读取时间过长，已放弃；文件可能已损坏")
        return self._failed(source.label, "读取时程序异常退出；文件可能已损坏，或读取所需内存过大")

    def _failed(self, label: str, reason: str, trace: str = "") -> Outcome:
        reason = " ".join(reason.split())
        json = encoded({"source": label, "error": reason}) if self.style.as_json else b""
        return Outcome("", label, reason, trace=trace, json=json)

    def _ours(self, label: str, error: Exception) -> Outcome:
        reason = f"内部错误（请把文件和这行字报给开发者）：{type(error).__name__}：{error}{_where(error)}"
        trace = ""
        if os.environ.get("GONGKAI_DEBUG"):
            import traceback

            trace = "".join(traceback.format_exception(error))
        return self._failed(label, reason, trace)


def _where(error: Exception) -> str:
    """The module and line a fault of ours arose at: what the developer needs from "this line"."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    if frame is None:
        return ""
    return f"（{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}）"


def line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def encoded(data: dict[str, Any]) -> bytes:
    """``line`` in UTF-8; of a file name in no encoding the odd bytes are spelt out."""
    return line(data).encode(errors="backslashreplace")


@dataclass(frozen=True)
class Read(Work):
    """``gongkai read``."""

    def made(self, label: str, report: Report) -> Outcome:
        if self.style.as_json:
            from gongkai.report import to_json

            return Outcome("", label, json=encoded({"source": label, **to_json(report)}))
        from gongkai.cli.show_report import show

        return Outcome(show(label, report, self.style.columns, self.style.colour), label)


@dataclass(frozen=True)
class Check(Work):
    """``gongkai check``. ``earlier``: finds the report of the year before (``None``: not asked for). ``parts``: the
    reports of the parts; ``remarks``: what is to be said with every document; ``sheet``: makes the findings sheet
    (``gongkai.cli.sheets.Sheet``)."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    earlier: Any = None
    parts: tuple[Any, ...] = ()
    remarks: tuple[str, ...] = ()
    sheet: Any = None

    def made(self, label: str, report: Report) -> Outcome:
        from gongkai import checks

        previous, remarks = None, list(self.remarks)
        if self.earlier is not None:
            previous, remark = self.earlier.find(report)
            remarks += [remark] if remark else []
            remarks += [f"已与上年度报告 {previous[0]} 核对"] if previous else []
        remarks += _left_out(self.parts, report.year)
        findings = checks.run(
            report, previous=previous[1] if previous else None, parts=self.parts, only=self.only, skip=self.skip
        )
        findings = ordered(findings)
        failing = [f for f in findings if f.verdict == checks.FAILS]
        counts: dict[str, int] = {}
        for finding in failing:
            counts[finding.severity] = counts.get(finding.severity, 0) + 1
        text, json = "", b""
        if self.style.as_json:
            json = encoded(self._json(label, report, findings, previous[0] if previous else None, remarks))
        else:
            from gongkai.cli.show_findings import show

            text = show(label, report, findings, remarks, columns=self.style.columns, colour=self.style.colour)
        file, unmade = self.sheet.draft(report, findings) if self.sheet else ("", "")
        names = tuple(dict.fromkeys(f.check for f in failing))
        return Outcome(text, label, None, counts, names, file=file, unmade=unmade, json=json)

    def _json(
        self, label: str, report: Report, findings: list[Finding], previous: str | None, remarks: list[str]
    ) -> dict[str, Any]:
        from gongkai.report import to_json

        return {
            "source": label,
            **to_json(report),
            "previous": previous,
            "remarks": remarks,
            "findings": [f.to_json() for f in findings],
        }


def _left_out(parts: tuple[Report, ...], year: int | None) -> list[str]:
    """What is to be said of parts that are of another year than the report."""
    from gongkai.checks.rollup import of_year

    members = of_year(parts, year)
    others = [f"{part.agency or '机关名称未能认定'}（{part.year}）" for part in parts if part not in members]
    names = "、".join(others[:5]) + ("等" if len(others) > 5 else "")
    return [f"所属单位的报告有 {len(others)} 份不是 {year} 年度的，未计入合计：{names}"] if others else []


def ordered(findings: list[Finding]) -> list[Finding]:
    """Those that fail first, the gravest before the others, then those left unread; else the order of the catalogue."""
    from gongkai.checks import ERROR, FAILS, WARNING

    rank = {ERROR: 0, WARNING: 1}
    return sorted(findings, key=lambda f: (f.verdict != FAILS, rank.get(f.severity, 2) if f.verdict == FAILS else 3))

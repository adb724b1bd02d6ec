"""What ``gongkai rollup`` does: all members read, summed, and written as one report."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from gongkai.cli.output import OutputError, parse
from gongkai.cli.rendering import require_fonts
from gongkai.cli.running import FINDINGS, OK, drive
from gongkai.cli.source import Source, system_reason
from gongkai.cli.wording import UsageError, columns, wrap
from gongkai.cli.work import Outcome, Read, Style
from gongkai.rendering import FORMATS, RenderingError, render
from gongkai.report import Report, from_json
from gongkai.rollup import INCOMPLETE, RollupError, rollup

_LONGEST_LIST = 1024**2  # bytes of a list of names


def run(paths: list[str], jobs: int, *, agency: str, year: int, typed: str, required: list[str]) -> int:
    """Sum ``paths`` and write the sum; the exit code. Nothing is written when a member cannot be read or summed.
    Raises UsageError."""
    output = parse(typed, "-o", FORMATS, many=False)
    names = [name for item in required for name in _names(item)]
    require_fonts(output.format)
    labels: list[str] = []
    members: list[Report] = []

    def keep(source: Source, outcome: Outcome) -> None:
        if outcome.error is None:
            labels.append(outcome.source)
            members.append(from_json(json.loads(outcome.json)))

    tally = drive(Read(Style(as_json=True)), paths, jobs, "正在读取各单位的报告", keep=keep, write=False)
    if tally.stopped:
        return tally.stopped
    if tally.failed:
        raise UsageError(
            f"有 {tally.failed} 份报告未能读取，没有汇总；请处理后再试，或先不列入，用 --required 写明所缺单位"
        )
    try:
        whole = rollup(members, agency, year, names)
        data = render(whole, output.format)
        with output.opened([*paths, *filter(os.path.isfile, required)]) as files:
            target = files.write(data)
    except RollupError as error:
        raise UsageError(_with_files(str(error), labels)) from error
    except (RenderingError, OutputError) as error:
        raise UsageError(str(error)) from error
    sys.stdout.write(_told(whole, len(members), target))
    return FINDINGS if any(note.kind == INCOMPLETE for note in whole.notes) else OK


def _names(item: str) -> list[str]:
    """The names that ``item`` stands for: itself, or the lines of the file that it names."""
    if not os.path.isfile(item):
        if "/" in item or os.sep in item or Path(item).suffix.lower() in (".txt", ".csv", ".xlsx", ".docx"):
            raise UsageError(f"--required：{item}：没有这个文件")
        return [item]
    try:
        with Path(item).open("rb") as file:
            data = file.read(_LONGEST_LIST + 1)
    except OSError as error:
        raise UsageError(f"--required：{item}：{system_reason(error)}") from error
    if b"\0" in data or len(data) > _LONGEST_LIST:
        raise UsageError(f"--required：{item}：不是单位名单；请用文本文件，每行一个单位名称")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return [line.strip() for line in data.decode(encoding).splitlines() if line.strip()]
        except UnicodeDecodeError:
            continue
    raise UsageError(f"--required：{item}：不认识的文字编码；请另存为 UTF-8")


def _with_files(reason: str, labels: list[str]) -> str:
    """``reason`` with the files that it calls by their number: 第 3 份."""
    named = [int(n) for found in re.findall(r"第 (\d+(?:、\d+)*) 份", reason) for n in found.split("、")]
    files = [f"第 {n} 份是 {labels[n - 1]}" for n in dict.fromkeys(named) if 0 < n <= len(labels)]
    return f"{reason}（{'，'.join(files)}）" if files else reason


def _told(whole: Report, count: int, target: str) -> str:
    unknown = sum(figure.value is None for figure in whole.figures.values())
    result = f"{unknown} 格不完整，留空" if unknown else "各格完整"
    out = [f"已汇总 {count} 份报告 → {target}", f"共 {len(whole.figures)} 格，{result}"]
    for note in whole.notes:
        out += [f"{'· ' if n == 0 else '  '}{text}" for n, text in enumerate(wrap(note.message, columns() - 2))]
    return "\n".join(out) + "\n"

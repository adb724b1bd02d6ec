"""``gongkai check``: first the reports of the year before and of the parts, then the documents themselves."""

from __future__ import annotations

import json
import os
import sys
from itertools import islice

from gongkai.cli import sheets
from gongkai.cli.earlier import Earlier, Identify, index
from gongkai.cli.running import Tally, drive
from gongkai.cli.source import Source
from gongkai.cli.sources import expand
from gongkai.cli.wording import UsageError
from gongkai.cli.work import Check, Outcome, Read, Style
from gongkai.report import Report, from_json


def run(
    style: Style,
    paths: list[str],
    jobs: int,
    *,
    previous: str = "",
    parts: list[str] | None = None,
    only: tuple[str, ...] = (),
    skip: tuple[str, ...] = (),
    sheet: str = "",
) -> Tally:
    """Check ``paths`` and print the findings. What could not be read in ``previous`` and ``parts`` counts as unread
    in the tally. ``sheet``: where the findings sheets go, as typed. Raises UsageError when ``parts`` are given for none
    or several documents."""
    _require(only, previous=bool(previous), parts=bool(parts))
    if parts and "-" in paths:
        raise UsageError("用 --parts 时请写明汇总报告的路径，不能用标准输入（-）")
    if parts and len(list(islice(expand(paths), 2))) != 1:
        raise UsageError("--parts 要与一份汇总报告对照：请在 --parts 之前写明这一份报告（只能一份）")
    output = sheets.parse(sheet, paths) if sheet else None
    failed = 0
    earlier = None
    if previous:
        if not os.path.exists(previous) and not any(s.error is None for s in expand([previous])):
            raise UsageError(f"--previous：{previous}：没有这个文件或文件夹")
        earlier, tally = _earlier(style, previous, jobs)
        if tally.stopped:
            return tally
        failed += tally.failed
    reports: tuple[Report, ...] = ()
    remarks: tuple[str, ...] = ()
    if parts:
        reports, tally = _parts(parts, jobs)
        if tally.stopped:
            return tally
        failed += tally.failed
        if tally.failed:
            # A sum that lacks a part is no fault of the report.
            reports, remarks = (), (f"所属单位的报告有 {tally.failed} 份未能读取，未与各单位合计核对",)
    work = Check(style, only=only, skip=skip, earlier=earlier, parts=reports, remarks=remarks)
    if output:
        tally = sheets.drive(work, paths, jobs, output, inputs=[*paths, previous, *(parts or [])])
    else:
        tally = drive(work, paths, jobs, "正在核对")
    tally.elsewhere += failed
    return tally


def _require(only: tuple[str, ...], **given: bool) -> None:
    """A check asked for by name that cannot be made is said, lest its silence pass for "nothing wrong"."""
    from gongkai.checks import catalogue

    what = {"previous": "上一年度的报告：请加 --previous", "parts": "所属各单位的报告：请加 --parts"}
    for name in only:
        needs = catalogue()[name].needs
        if needs in what and not given[needs]:
            raise UsageError(f"检查 {name} 需要{what[needs]}")


def _earlier(style: Style, path: str, jobs: int) -> tuple[Earlier, Tally]:
    found: list[tuple[Source, Outcome]] = []
    tally = drive(
        Identify(style._replace(as_json=False)),
        [path],
        jobs,
        "正在读取上年度报告",
        keep=lambda source, outcome: found.append((source, outcome)),
        write=False,
    )
    sys.stderr.flush()
    return index(found), tally


def _parts(paths: list[str], jobs: int) -> tuple[tuple[Report, ...], Tally]:
    reports: list[Report] = []

    def keep(source: Source, outcome: Outcome) -> None:
        if outcome.error is None:
            reports.append(from_json(json.loads(outcome.json)))

    tally = drive(Read(Style(as_json=True)), paths, jobs, "正在读取所属单位的报告", keep=keep, write=False)
    return tuple(reports), tally

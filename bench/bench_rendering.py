"""Rendering: PDF against typst's own time for the same source, DOCX against its bound, and 1,000 reports by the command
in two processes against one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import documents
import typst
from measure import rounds, show

from gongkai import reading
from gongkai.rendering import FORMATS, pdf, render
from gongkai.rendering.content import blocks
from gongkai.rendering.fonts import installed
from gongkai.report import Report

SECONDS_DOCX = 0.15
MANY, TIMES = 1000, 2
COMMAND = [sys.executable, "-m", "gongkai", "render"]


def one_by_one() -> None:
    reports = [reading.open(documents.site_page(seed)) for seed in range(12)]
    sources = {id(report): pdf.source_data(report, blocks(report)) for report in reports}
    compiler = typst.Compiler(font_paths=installed(), ignore_system_fonts=True)

    def bare(report: Report) -> bytes:
        """What typst alone takes for the source that we give it."""
        made: bytes = compiler.compile(
            pdf.template(), format="pdf", sys_inputs={"data": sources[id(report)]}, pdf_standards=["a-2b"]
        )
        return made

    ours, yardstick = "gongkai: report → PDF", "typst: the same source"
    show("PDF", rounds({ours: lambda r: render(r, "pdf"), yardstick: bare}, reports, times=5), ours, yardstick, 1.5)
    others = [format for format in FORMATS if format != "pdf"]
    figures = rounds({format: lambda r, f=format: render(r, f) for format in others}, reports, times=5)  # type: ignore[misc]
    print("\nOther formats")
    for format, milliseconds in figures.items():
        print(f"  {format:<44}{milliseconds:9.2f} ms   {1000 / milliseconds:8.0f} documents/s")
    ratio = figures["docx"] / 1000 / SECONDS_DOCX
    print(f"  DOCX / {SECONDS_DOCX} s = {ratio:.2f} (at most 1.00)")


def seconds(source: Path, target: Path, jobs: int, format: str) -> float:
    start = time.perf_counter()
    command = [*COMMAND, str(source), "-o", f"{target}/", "--format", format, "--jobs", str(jobs)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def many() -> None:
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "in", Path(name) / "out"
        source.mkdir()
        pages = [documents.site_page(seed).encode() for seed in range(40)]
        for number in range(MANY):
            (source / f"{number:04}.html").write_bytes(pages[number % 40])
        print(f"\n{MANY:,} reports by the command ({os.cpu_count()} cores)")
        for format in ("pdf", "docx"):
            # In turn, so that a noisy machine is noisy for both.
            times = [[seconds(source, target, jobs, format) for jobs in (1, 2)] for _ in range(TIMES)]
            one, two = (min(column) for column in zip(*times, strict=True))
            print(
                f"  {format:<5} one process {MANY / one:5.0f} documents/s, two {MANY / two:5.0f} documents/s", end="   "
            )
            print(f"two / one = {one / two:.2f} (at least 1.80)")


if __name__ == "__main__":
    one_by_one()
    many()

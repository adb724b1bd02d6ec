"""``gongkai rollup``: the command and its options; the work is in ``rolling_up``."""

from __future__ import annotations

from typing import Annotated

import typer

from gongkai.cli.options import Jobs, Paths

_OUT = "汇总报告写到哪个文件，格式由后缀决定（.html .docx .pdf .xlsx .json）；.json 记有每个汇总数由哪些单位的数相加"
_REQUIRED = "应当有报告的单位：单位名称，或每行一个名称的文本文件；缺了谁，汇总数就不完整，并指明是谁"


def rollup(
    paths: Paths,
    *,
    agency: Annotated[str, typer.Option("--agency", metavar="NAME", help="汇总报告的机关，如 清源县人民政府")],
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="年度，如 2024")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help=_OUT)],
    required: Annotated[list[str] | None, typer.Option("--required", metavar="FILE|NAME…", help=_REQUIRED)] = None,
    jobs: Jobs = 0,
) -> None:
    """把各单位的报告汇总成一份：表中各格相加，并说明哪些数不完整、缺谁的。

    退出码：0 汇总完整；1 已汇总，但有的数不完整；2 没有汇总（原因见提示）。
    例：
      gongkai rollup 各单位报告/ --agency 清源县人民政府 --year 2024 -o 汇总.docx
      gongkai rollup 各单位报告/ --agency 清源县人民政府 --year 2024 -o 汇总.json --required 单位名单.txt
    """
    from gongkai.cli.rolling_up import run
    from gongkai.cli.running import default_jobs

    raise typer.Exit(
        run(paths, jobs or default_jobs(), agency=agency, year=year, typed=output, required=required or [])
    )

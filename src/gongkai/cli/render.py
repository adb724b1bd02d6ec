"""``gongkai render``: the command and its options; the work is in ``rendering``."""

from __future__ import annotations

from typing import Annotated

import typer

from gongkai.cli.options import Jobs, Paths

_OUT = (
    "写到哪里，格式由后缀决定（.html .docx .pdf .xlsx .json）；多份报告写文件夹（另加 --format），"
    "或带 {stem} 的文件名，{stem} 代表原文件名"
)
_FORMAT = "格式：html、docx、pdf、xlsx、json；-o 是文件夹时必须写"


def render(
    paths: Paths,
    *,
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help=_OUT)],
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help=_FORMAT)] = "",
    jobs: Jobs = 0,
) -> None:
    """把报告生成为网页、Word、PDF、Excel 或 JSON 文件，数字照原样，不作改动。

    例：
      gongkai render 报告.html -o 报告.docx
      gongkai render 报告文件夹 -o 成品/ --format pdf
      gongkai render 报告文件夹 -o '成品/{stem}.pdf'
    """
    from gongkai.cli.rendering import run
    from gongkai.cli.running import default_jobs

    raise typer.Exit(run(paths, output, format, jobs or default_jobs()))

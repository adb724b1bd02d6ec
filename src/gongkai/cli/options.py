"""Arguments and options that several commands share, with their words for the help page."""

from __future__ import annotations

from typing import Annotated

import typer

_PATHS = "文件、文件夹、带引号的通配写法（'报告/*.html'）、.zip 压缩包，或 - 表示标准输入；也可以是 read --json 的输出"
Paths = Annotated[list[str], typer.Argument(metavar="PATHS…", help=_PATHS)]
Json = Annotated[bool, typer.Option("--json", help="每份报告输出一行 JSON，供程序使用")]
Jobs = Annotated[int, typer.Option("--jobs", metavar="N", min=0, help="同时用几个进程；不写或写 0 则与处理器数目相同")]

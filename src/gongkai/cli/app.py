"""The commands and their options. What they do stands in the modules beside; heavy imports happen there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from gongkai import __version__
from gongkai.cli.due import due
from gongkai.cli.new import new
from gongkai.cli.options import Jobs, Json, Paths
from gongkai.cli.render import render
from gongkai.cli.rollup import rollup
from gongkai.cli.wording import ChineseCommand, ChineseGroup, UsageError, colour, columns, explain_usage

if TYPE_CHECKING:
    from gongkai.cli.work import Style

app = typer.Typer(
    cls=ChineseGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"gongkai {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _group(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_version, help="显示版本号")] = False,
) -> None:
    """读取、核对、生成、汇总政府信息公开工作年度报告。

    退出码：0 没有错误；1 发现级别为“错误”的问题；2 有文件未能读取，或命令写错。
    """
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")


@app.command(cls=ChineseCommand)
def read(paths: Paths, as_json: Json = False, jobs: Jobs = 0) -> None:
    """读出报告：机关、年度、三张表的数字、各部分。

    例：
      gongkai read 报告.html
      gongkai read 报告文件夹 --json > 数据.jsonl
    """
    from gongkai.cli import summary
    from gongkai.cli.running import default_jobs, drive
    from gongkai.cli.work import Read

    style = _style(as_json)
    tally = drive(Read(style), paths, jobs or default_jobs(), "正在读取")
    _finish(tally, "" if as_json else summary.of_reading(tally))


@app.command(cls=ChineseCommand)
def check(
    paths: Paths,
    *,
    as_json: Json = False,
    previous: Annotated[
        str,
        typer.Option("--previous", metavar="PATH", help="上一年度的报告：一个文件，或存放各机关上年度报告的文件夹"),
    ] = "",
    parts: Annotated[
        list[str] | None,
        typer.Option("--parts", metavar="PATHS…", help="所属各单位的报告，与汇总报告（只能有一份）的数字相加核对"),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAMES…", help="只做这些检查（名称或编号，如 A1）")
    ] = None,
    skip: Annotated[list[str] | None, typer.Option("--skip", metavar="NAMES…", help="不做这些检查")] = None,
    sheet: Annotated[
        str,
        typer.Option(
            "--sheet",
            metavar="OUT",
            help="另把核对意见写成文件（.docx .pdf .html），供退回报送单位；多份报告写文件夹（生成 Word）"
            "或带 {stem} 的文件名",
        ),
    ] = "",
    jobs: Jobs = 0,
) -> None:
    """核对报告：算式、衔接、格式、文字与表格，逐条指出问题所在。

    例：
      gongkai check 报告.html --previous 去年的报告.html
      gongkai check 县政府报告.pdf --parts 各单位报告/
      gongkai check 报告文件夹 --only A1 A2
      gongkai check 报告.docx --sheet 核对意见.docx
    """
    from gongkai.cli import checking, summary
    from gongkai.cli.names import resolve
    from gongkai.cli.running import default_jobs

    style, jobs = _style(as_json), jobs or default_jobs()
    if "-" in [*(parts or []), previous]:
        raise UsageError("--previous 和 --parts 不能用标准输入（-）")
    tally = checking.run(
        style,
        paths,
        jobs,
        previous=previous,
        parts=parts or [],
        only=resolve(only or []),
        skip=resolve(skip or []),
        sheet=sheet,
    )
    _finish(tally, "" if as_json else summary.of_checking(tally))


@app.command(cls=ChineseCommand)
def explain(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="检查项的名称或编号；不写则列出全部")] = "",
) -> None:
    """说明一项检查：查什么、依据哪条、适用哪些年度和机关。

    例：
      gongkai explain A1
      gongkai explain applications-unbalanced
    """
    from gongkai.cli import explain as pages
    from gongkai.cli.names import find

    sys.stdout.write(pages.page(find(name), columns()) if name else pages.listing(columns()))


for _command in (render, rollup, new, due):
    app.command(cls=ChineseCommand)(_command)


def _style(as_json: bool) -> Style:
    from gongkai.cli.work import Style

    return Style(as_json, columns(), colour(sys.stdout))


def _finish(tally: Any, text: str) -> NoReturn:
    if not tally.stopped:
        sys.stdout.write(text)
    raise typer.Exit(tally.exit_code)


def run(arguments: list[str]) -> int:
    """Carry out ``arguments`` (without the program's name); the exit code. Usage errors are told on stderr."""
    from gongkai.cli.arguments import spread

    for stream in (sys.stdout, sys.stderr):
        # A console in another code page, or a file name in no encoding, must not stop the run. JSON is always UTF-8.
        encoding = "utf-8" if "--json" in arguments and stream is sys.stdout else None
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace", encoding=encoding or stream.encoding)
    try:
        code = app(args=spread(arguments), prog_name="gongkai", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        from gongkai.cli.running import BROKEN_PIPE, abandon_output

        abandon_output()
        return BROKEN_PIPE
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except Exception as error:
        if not hasattr(error, "format_message"):
            return _ours(error)
        sys.stderr.write(f"{explain_usage(error)}\n")
        return 2
    return code if isinstance(code, int) else 0


def _ours(error: Exception) -> int:
    """A fault of ours outside any document: one line, and the traceback when asked for."""
    import os

    sys.stderr.write(f"内部错误（请把所用的命令和这行字报给开发者）：{type(error).__name__}：{error}\n")
    if os.environ.get("GONGKAI_DEBUG"):
        import traceback

        traceback.print_exception(error)
    return 2

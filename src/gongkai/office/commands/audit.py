"""``gongkai audit``: the log verified and taken out from the command line. Light to load; Django comes when it must."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from gongkai.cli.wording import ChineseCommand, ChineseGroup

if TYPE_CHECKING:
    from gongkai.office.acts.verification import Outcome

INTACT, BROKEN, COULD_NOT = 0, 1, 2

audit = typer.Typer(
    cls=ChineseGroup,
    help="操作日志：校验、导出。",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@audit.command(cls=ChineseCommand)
def verify(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="导出的日志文件；不写则校验数据库中的日志")] = "",
    head: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="HASH", help="以前记下的链尾校验值，可写多个；日志中没有它，就是末尾被截去"),
    ] = None,
) -> None:
    """校验操作日志：有没有被改动、删除、插入、调换、截去。

    退出码：0 完整；1 有异常；2 未能校验。

    例：
      gongkai audit verify
      gongkai audit verify 日志.jsonl
      gongkai audit verify --head 0f3a…
    """
    known = {hash.strip().lower(): "所给" for hash in head or []}
    for hash in known:
        if len(hash) != 64 or set(hash) - set("0123456789abcdef"):
            _could_not(f"“{hash}”不是校验值：应为64位十六进制数字")
    outcome = _verify_file(Path(file), known) if file else _verify_database(known)
    _report(outcome)
    raise typer.Exit(INTACT if outcome.intact else BROKEN)


@audit.command(cls=ChineseCommand)
def export(
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="写入的文件（.jsonl）")],
    first_day: Annotated[str, typer.Option("--from", metavar="DATE", help="自哪一天，如 2024-01-26")] = "",
    last_day: Annotated[str, typer.Option("--to", metavar="DATE", help="至哪一天，含当天")] = "",
) -> None:
    """导出操作日志：每行一条，带校验值，可以脱离系统保存和校验。

    例：
      gongkai audit export -o 日志.jsonl
      gongkai audit export -o 2024年.jsonl --from 2024-01-01 --to 2024-12-31
    """
    days = _day(first_day), _day(last_day)
    if days[0] and days[1] and days[0] > days[1]:
        _could_not("--from 晚于 --to")
    with _database():
        from gongkai.office.acts.policy import SYSTEM
        from gongkai.office.audit.services.exporting import export_chain

        stretch = export_chain(SYSTEM, *days)
        with _bar("正在导出", stretch.count) as tick:
            _write(Path(output), stretch.lines(), tick)
    sys.stdout.write(f"已导出{stretch.count}条（第{stretch.first}至{stretch.last}号），链尾校验值 {stretch.head}\n")


def _verify_file(path: Path, known: dict[str, str]) -> Outcome:
    from gongkai.office.acts.export import NotAnExportError, verify_file

    try:
        with _bar("正在校验", path.stat().st_size) as tick:
            return verify_file(path, known, tick)
    except NotAnExportError as error:
        _could_not(f"{path}：{error}")
    except OSError as error:
        _could_not(f"不能读取 {path}：{_why(error, '文件不存在')}")


def _verify_database(known: dict[str, str]) -> Outcome:
    with _database():
        from gongkai.office.acts.selectors import chain
        from gongkai.office.audit import heads

        with _bar("正在校验", chain.head()[0]) as tick:
            done = 0

            def progress(now: int, total: int) -> None:
                nonlocal done
                tick(now - done)
                done = now

            return chain.verify({**heads.known(), **known}, progress)


def _report(outcome: Outcome) -> None:
    if outcome.intact:
        where = f"第{outcome.first}至{outcome.last}号" if outcome.count else "没有记录"
        sys.stdout.write(f"日志完整：共{outcome.count}条（{where}）\n链尾校验值 {outcome.head}\n")
        return
    sys.stdout.write(f"日志有异常，最先出现在：{outcome.faults[0].sentence}\n")
    for fault in outcome.faults[1:]:
        sys.stdout.write(f"  此外：{fault.sentence}\n")


def _write(path: Path, lines: Iterator[str], tick: Callable[[int], None]) -> None:
    """A file that is not finished keeps another name: half an export looks like a log that was cut."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            for number, line in enumerate(lines):
                file.write(line)
                if number:  # the first line is the head
                    tick(1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        _could_not(f"不能写入 {path}：{_why(error, '文件夹不存在')}")


def _why(error: OSError, missing: str) -> str:
    words = {FileNotFoundError: missing, PermissionError: "没有权限", IsADirectoryError: "这是一个文件夹"}
    return words.get(type(error), str(error.strerror))


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        _could_not(f"“{text}”不是日期，应写作 2024-01-26")


@contextmanager
def _database() -> Iterator[None]:
    """Django, with the database running; what goes wrong with it ends in one line."""
    from gongkai.office.commands.serving import ready

    ready()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.config.settings")
    from gongkai.office.config.database import DatabaseUnavailableError, ensure_running
    from gongkai.office.config.database.address import embedded_folder
    from gongkai.office.config.environment import catalogue as env

    try:
        if not env.DATABASE_URL.value():
            ensure_running(embedded_folder(env.DATA.value()), durable=env.DATABASE_DURABLE.value())
    except DatabaseUnavailableError as error:
        _could_not(str(error))
    import django
    from django.db import DatabaseError

    django.setup()
    try:
        yield
    except DatabaseError as error:
        _could_not(f"数据库不能使用：{str(error).strip().splitlines()[0]}")


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """``tick(n)``: n more are done; shown on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda more: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(24), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda more: bar.advance(task, more)


def _could_not(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise typer.Exit(COULD_NOT)

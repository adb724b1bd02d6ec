"""The commands of the office, for the command line: light to load; Django comes when one of them is run."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import Annotated

import typer

_PACKAGES = ("django", "psycopg", "granian", "procrastinate")


def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="监听的地址；不写用 GONGKAI_HOST")] = "",
    port: Annotated[int, typer.Option("--port", metavar="N", help="监听的端口；不写用 GONGKAI_PORT")] = 0,
    demo: Annotated[bool, typer.Option("--demo", help="首次启动时建立演示县；端口被占用时自动换一个")] = False,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", help="网页服务的进程数；不写用 GONGKAI_WORKERS")
    ] = 0,
) -> None:
    """启动办公系统：数据库、网页、后台任务；按 Ctrl+C 全部停止。

    设置见 docs/settings.md。在本机试用：
      GONGKAI_PLAIN_HTTP=1 gongkai serve --demo
    """
    ready(GONGKAI_HOST=host, GONGKAI_PORT=str(port or ""), GONGKAI_WORKERS=str(workers or ""))
    from gongkai.office.config.environment import catalogue as env
    from gongkai.office.config.serve import supervisor

    raise typer.Exit(supervisor.serve(env.HOST.value(), env.PORT.value(), demo=demo))


def office(context: typer.Context) -> None:
    """管理命令（Django），如 gongkai office migrate；不写命令则全部列出。

    未设置 DATABASE_URL 时，先启动内置数据库，命令结束后停止。
    """
    ready()
    from gongkai.office.config import manage

    raise typer.Exit(manage.run(context.args))


def ready(**given: str) -> None:
    """Packages, environment and memory as the office needs them; options given count as settings."""
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        _refuse(f"没有安装办公系统所需的软件包（缺少 {'、'.join(missing)}）；请运行：pip install 'gongkai[office]'")
    os.environ.update({name: value for name, value in given.items() if value})
    _lift_memory_bound()
    from gongkai.office.config.environment.catalogue import problems

    found = problems()
    if found:
        _refuse("\n".join(found))


def _refuse(lines: str) -> None:
    sys.stderr.write(f"{lines}\n")
    raise typer.Exit(2)


def _lift_memory_bound() -> None:
    """The bound for reading documents (``cli.bounds``) would go on to database and web, which need more."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    except (ImportError, ValueError, OSError):
        pass

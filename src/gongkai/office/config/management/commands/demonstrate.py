"""The demonstration county in an empty database, with as many cases as wanted."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.office.bodies.models import Body
from gongkai.office.config.demonstration import cases, ensure
from gongkai.office.config.serve.prepare import migrate

_MOST = 1000


class Command(BaseCommand):
    """``demonstrate [--scale N]``; ended meanwhile, it goes on from there when called again."""

    help = "在空的数据库中建立演示县和两年的申请（虚构）；中断后再次运行会接着建"
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many."""
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="规模：每1份约300件申请，默认1")

    def handle(self, *args: Any, scale: int, **options: Any) -> None:
        """Exit code 1 when the database holds other data."""
        if not 1 <= scale <= _MOST:
            raise CommandError(f"规模应在1至{_MOST}之间")
        migrate()
        if Body.objects.exists() and not cases.unfinished():
            raise CommandError(
                "数据库里已有机关的数据，没有改动。演示县只能建在空的数据库里：请用 GONGKAI_DATA 指定另一个文件夹"
            )
        self._began = self._shown = time.monotonic()
        for line in ensure(scale, self._progress):
            self.stdout.write(line)

    def _progress(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self._shown < (1 if self.stdout.isatty() else 15):
            return
        self._shown = now
        end = "\n" if done == total or not self.stdout.isatty() else "\r"
        self.stderr.write(f"已办理{done}步，共{total}步，用时{now - self._began:.0f}秒 ", ending=end)
        self.stderr.flush()

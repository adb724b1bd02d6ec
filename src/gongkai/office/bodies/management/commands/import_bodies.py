"""Bodies, people and roles from a table, by whoever runs the machine: also the first ones of a new installation."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gongkai.office.acts.policy import SYSTEM
from gongkai.office.bodies.services.importing.columns import SHEETS
from gongkai.office.bodies.services.importing.outcomes import RowOutcome, RowState
from gongkai.office.bodies.services.importing.running import run
from gongkai.office.bodies.services.importing.tables import read_tables
from gongkai.office.bodies.services.importing.template import template

_SHEETS = {sheet.key: sheet.name for sheet in SHEETS}


class Command(BaseCommand):
    """``import_bodies FILE [--dry-run]``, ``import_bodies --template FILE``."""

    help = "从Excel或CSV导入机关、人员、角色：要么全部成功，要么一行也不写入；可反复运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A file to read, or one to write."""
        parser.add_argument("file", nargs="?", type=Path, help="要导入的表格")
        parser.add_argument("--dry-run", action="store_true", help="只试算，逐行列出结果，不写入")
        parser.add_argument("--template", type=Path, metavar="FILE", help="写出空白模板")

    def handle(self, *args: Any, file: Path | None, dry_run: bool, template: Path | None, **options: Any) -> None:
        """Exit code 1 when a row is wrong."""
        if template is not None:
            _write_template(template)
            self.stdout.write(f"已写出模板：{template}")
            return
        if file is None:
            raise CommandError("请写明要导入的表格，或用 --template 写出模板")
        try:
            rows = read_tables(file.name, file.read_bytes())
        except OSError as error:
            raise CommandError(f"打不开文件：{file}（{error.strerror}）") from error
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        with transaction.atomic():
            outcomes = run(SYSTEM, rows, self._progress if self.stdout.isatty() else None)
            wrong = [one for one in outcomes if one.state is RowState.WRONG]
            if wrong or dry_run:
                transaction.set_rollback(True)
        for one in outcomes if dry_run else wrong:
            self.stdout.write(_line(one))
        counts = Counter(one.state for one in outcomes)
        total = "，".join(f"{state.label}{counts[state]}行" for state in RowState)
        if wrong:
            raise CommandError(f"{total}。有错误的行，一行也没有写入")
        self.stdout.write(f"{total}。{'只是试算，没有写入' if dry_run else '已全部导入'}")

    def _progress(self, done: int, total: int) -> None:
        if done % 50 == 0 or done == total:
            self.stdout.write(f"\r{done}/{total}", ending="\n" if done == total else "")
            self.stdout.flush()


def _write_template(path: Path) -> None:
    try:
        path.write_bytes(template())
    except OSError as error:
        raise CommandError(f"写不了文件：{path}（{error.strerror}）") from error


def _line(one: RowOutcome) -> str:
    notes = "；".join(f"{heading}：{sentence}" for heading, sentence in one.notes)
    return f"{_SHEETS[one.sheet]}第{one.number}行 {one.state.label} {one.name}{f'（{notes}）' if notes else ''}"

"""Seal all personal data and all files anew under the newest of the data keys."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.office.acts.personal.rotation import Rotated, rotate


class Command(BaseCommand):
    """``rotate_data_keys``: may be stopped and run again at any time, beside the running office."""

    help = "用最新的数据密钥重新加密全部个人信息和全部文件；可随时中断、重新运行，办公系统不用停"

    def handle(self, *args: Any, **options: Any) -> None:
        results = rotate(self._show)
        broken = [result for result in results if result.broken]
        for result in broken:
            keys = "、".join(str(key) for key in result.broken[:20])
            self.stderr.write(f"{result.name}：{len(result.broken)} 条无法解密（编号 {keys}）")
        done = sum(result.done for result in results)
        if broken:
            raise CommandError(
                f"已重新加密 {done} 条，但有内容无法解密，旧密钥不要去掉：请找回当时的密钥，加在密钥列表的后面，"
                "损坏的文件从备份恢复，再运行一次"
            )
        self.stdout.write(
            f"已重新加密 {done} 条，没有遗漏；密钥列表中的旧密钥现在可以去掉（备份还要用旧密钥，请另行保存）"
        )

    def _show(self, result: Rotated) -> None:
        self.stdout.write(f"{result.name}：{result.done} 条")

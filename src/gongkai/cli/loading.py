"""A source → the report it holds, and what people call it."""

from __future__ import annotations

import json
from pathlib import Path

from gongkai.cli.source import Source, system_reason
from gongkai.reading.errors import UnreadableError
from gongkai.reading.limits import MAX_BYTES
from gongkai.report import Report, from_json


def load(source: Source) -> tuple[str, Report]:
    """The name and the report of ``source``: read, or taken from JSON that ``gongkai read --json`` gave.

    Raises UnreadableError with one line in Chinese; its attribute ``source`` names the original of a JSON line.
    """
    if source.error is not None:
        raise UnreadableError(source.error)
    if source.is_json:
        return _from_json(source)
    from gongkai import reading

    if source.data is not None:
        return source.label, reading.open(source.data, name=source.label)
    if source.member is not None:
        from gongkai.cli.archive import member_bytes

        return source.label, reading.open(member_bytes(source.path, source.member), name=source.member)
    try:
        return source.label, reading.open(Path(source.path))
    except OSError as error:
        raise UnreadableError(system_reason(error)) from error


def _from_json(source: Source) -> tuple[str, Report]:
    try:
        raw = json.loads(_bytes(source))
    except (ValueError, RecursionError) as error:
        raise UnreadableError("不是完整的 JSON，无法读取") from error
    if not isinstance(raw, dict):
        raise UnreadableError("不是本软件的年度报告数据（应为 gongkai read --json 的输出）")
    label = raw["source"] if isinstance(raw.get("source"), str) else source.label
    if isinstance(raw.get("error"), str):
        raise ElsewhereError(label, raw["error"])
    try:
        return label, from_json(raw)
    except (ValueError, AssertionError, ArithmeticError) as error:
        raise ElsewhereError(label, str(error) or "年度报告数据不完整或被改坏") from error


class ElsewhereError(UnreadableError):
    """An error of a document that a JSON line stands for; ``source`` is what that document is called."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(reason)
        self.source = source


def _bytes(source: Source) -> bytes:
    if source.data is not None:
        return source.data
    if source.member is not None:
        from gongkai.cli.archive import member_bytes

        return member_bytes(source.path, source.member)
    try:
        with Path(source.path).open("rb") as file:
            offset, length = source.span or (0, MAX_BYTES + 1)
            file.seek(offset)
            data = file.read(length)
    except OSError as error:
        raise UnreadableError(system_reason(error)) from error
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"文件超过 {MAX_BYTES // 1024**2} MB，不予读取")
    return data.removeprefix(b"\xef\xbb\xbf")

"""Cases as JSON, from files or standard input: one object, a list of them, or one a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gongkai.cli.source import system_reason
from gongkai.cli.sources import STDIN
from gongkai.reading.limits import MAX_BYTES
from gongkai.statute.errors import MalformedError


class Item(NamedTuple):
    """One case as found: ``raw`` is what the JSON parser gave; ``error`` is why there is none."""

    label: str
    raw: object = None
    error: str | None = None


def items(path: str) -> Iterator[Item]:
    """The cases in a file ("-": standard input): one object, a list of them, or one a line."""
    label = STDIN if path == "-" else path
    try:
        data = _bytes(path)
        if len(data) > MAX_BYTES:
            raise MalformedError(f"文件过大，超过 {MAX_BYTES // 1024**2} MB；请分成几个文件")
        text = data.decode("utf-8-sig")
    except OSError as error:
        yield Item(label, error=system_reason(error))
    except UnicodeDecodeError:
        yield Item(label, error="不是 UTF-8 编码的文本")
    except MalformedError as error:
        yield Item(label, error=str(error))
    else:
        yield from _cases(label, text)


def _bytes(path: str) -> bytes:
    if path != "-":
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    return b"" if sys.stdin is None or sys.stdin.closed else sys.stdin.buffer.read(MAX_BYTES + 1)


def _cases(label: str, text: str) -> Iterator[Item]:
    lines = [(number, words) for number, words in enumerate(text.split("\n"), 1) if words.strip()]
    if not lines:
        yield Item(label, error="没有内容")
    elif len(lines) > 1 and isinstance(_parsed("", lines[0][1]).raw, dict):
        for number, words in lines:
            yield _parsed(f"{label} 第 {number} 行", words)
    else:
        whole = _parsed(label, text)
        if not isinstance(whole.raw, list):
            yield whole
        elif not whole.raw:
            yield Item(label, error="列表是空的，没有申请")
        else:
            yield from (Item(f"{label} 第 {number} 项", raw) for number, raw in enumerate(whole.raw, 1))


def _parsed(label: str, text: str) -> Item:
    try:
        return Item(label, json.loads(text, object_pairs_hook=_once))
    except MalformedError as error:
        return Item(label, error=str(error))
    except json.JSONDecodeError as error:
        return Item(label, error=f"不是有效的 JSON：第 {error.lineno} 行第 {error.colno} 个字符处有误")
    except (ValueError, RecursionError):
        return Item(label, error="不是有效的 JSON：数字过长或嵌套过深")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key written twice would silently lose the first value."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [key for key, _ in pairs]
        raise MalformedError(f"“{next(key for key in names if names.count(key) > 1)}”写了两次")
    return found

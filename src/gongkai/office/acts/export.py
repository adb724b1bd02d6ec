"""The log as a file that can be checked without the database: JSON lines, each with the very text that was hashed.

The first line says what the file holds; ``head`` there makes a file whose end was cut off show.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gongkai.office.acts.verification import Fault, Outcome, Tied, Walk

FORMAT = "gongkai-acts-1"


class NotAnExportError(Exception):
    """The file is not an exported log; ``str(error)`` says in Chinese what is wrong."""


def lines(links: Iterable[Tied], first: int, last: int, head: str) -> Iterator[str]:
    """The file's lines, with their ends. ``head`` is the hash at place ``last``. The links must have their texts."""
    yield _line({"format": FORMAT, "first": first, "last": last, "head": head})
    for link in links:
        yield _line(
            {
                "sequence": link.sequence,
                "act_id": link.act_id,
                "previous": link.previous,
                "hash": link.hash,
                "text": link.text,
            }
        )


def verify_file(path: Path, known: dict[str, str] | None = None, progress: Any = None) -> Outcome:
    """Walk the chain in a file. ``known``: further heads that must occur; ``progress(bytes)`` after every line.

    Raises ``NotAnExportError``, and OSError when the file cannot be read. A damaged line is a fault, not an error.
    """
    with path.open(encoding="utf-8", errors="replace") as file:
        top = _top(file.readline())
        walk = Walk({**(known or {}), top["head"]: "文件首行所记"}, start=top["first"])
        last = top["first"] - 1
        for number, line in enumerate(file, start=2):
            if progress is not None:
                progress(len(line.encode()))
            link = _link(line)
            if link is None:
                walk.faults.append(
                    Fault("altered", f"文件第{number}行（应为第{last + 1}号）不是完整的操作记录", last + 1)
                )
            else:
                walk.add(link)
                last = link.sequence
            if walk.full:
                break
        return walk.finish()


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _top(line: str) -> dict[str, Any]:
    try:
        top = json.loads(line)
    except ValueError:
        raise NotAnExportError("文件首行不是 JSON，不是导出的操作日志") from None
    if not isinstance(top, dict) or top.get("format") != FORMAT:
        raise NotAnExportError("不是由“gongkai audit export”导出的操作日志")
    if not (isinstance(top.get("first"), int) and isinstance(top.get("head"), str)):
        raise NotAnExportError("文件首行缺少起止号或校验值")
    return top


def _link(line: str) -> Tied | None:
    try:
        raw = json.loads(line)
        values = (raw["sequence"], raw["act_id"], raw["previous"], raw["hash"], raw["text"])
    except (ValueError, KeyError, TypeError):
        return None
    if [type(value) for value in values] != [int, int, str, str, str]:
        return None
    return Tied(*values)

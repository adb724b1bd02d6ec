"""What an act's detail says, in words: verbs note down plain values, people read labels and sentences."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.office.look.words import date_cn, datetime_cn, in_words

# Words that several apps use for the same; a verb may as well name its values in Chinese.
LABELS = {
    "abolished": "撤销原机关",
    "alias": "别名",
    "children": "下级机关",
    "count": "件数",
    "document": "文件",
    "failed": "未能读取",
    "files": "文件",
    "former_name": "曾用名",
    "hash": "校验值",
    "intact": "完整",
    "into": "承继机关",
    "on": "日期",
    "people": "涉及人数",
    "read": "已读取",
    "refused": "未予接收",
    "roles_ended": "随之终止的角色",
    "sequence": "链上序号",
    "until": "截止",
}
_SILENT = frozenset({"version"})  # counts for programs
FOR_THE_AUDITOR = frozenset({"编号", "校验值"})  # prove which file or letter it was; nobody works with them
_LONGEST = 300


def detail_in_words(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and words of each value. ``changes`` (``[{"label", "from", "to"}]``) and ``values`` are opened out."""
    return [(label, _short(text)) for label, text in _lines(detail)]


def change_in_words(before: object, after: object) -> str:
    """「由“A”改为“B”」, with blank said as such."""
    if before in (None, ""):
        return f"填写为“{_value(after)}”"
    if after in (None, ""):
        return f"清空，原为“{_value(before)}”"
    return f"由“{_value(before)}”改为“{_value(after)}”"


def _lines(detail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in detail.items():
        if name == "changes" and isinstance(value, list):
            for one in value:
                yield str(one.get("label", "")), change_in_words(one.get("from"), one.get("to"))
        elif name == "values" and isinstance(value, dict):
            yield from _lines(value)
        elif name not in _SILENT:
            yield LABELS.get(name, name), _value(value)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{label}：{text}" for label, text in _lines(value)) or in_words(None)
    if isinstance(value, list | tuple):
        return "、".join(_value(one) for one in value) or in_words(None)
    if isinstance(value, str):
        return _moment(value) or in_words(value)
    return in_words(value)


def _moment(text: str) -> str:
    """Days and moments as JSON holds them, in Chinese; ``""`` for any other text."""
    try:
        if len(text) == 10 and text[4] == "-":
            return date_cn(datetime.date.fromisoformat(text))
        if len(text) >= 19 and text[10:11] == "T":
            return datetime_cn(datetime.datetime.fromisoformat(text))
    except ValueError:
        pass
    return ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（共{len(text)}字）"

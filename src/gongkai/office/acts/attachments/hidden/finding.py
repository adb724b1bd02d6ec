"""What a look for hidden data gives: plain values that go into JSON and come back."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

EXCERPT = 80  # characters
MOST = 200  # findings of one file; more are counted

KINDS = {
    "state_secret": "密级标志",
    "author": "作者信息",
    "metadata": "文档属性",
    "template": "模板路径",
    "custom_data": "自定义数据",
    "macro": "宏",
    "script": "脚本",
    "embedded_file": "内嵌文件",
    "external_link": "外部链接",
    "comment": "批注",
    "tracked_change": "修订记录",
    "hidden_text": "隐藏文字",
    "hidden_sheet": "隐藏工作表",
    "hidden_rows": "隐藏行",
    "hidden_columns": "隐藏列",
    "hidden_name": "隐藏名称",
    "cached_data": "缓存数据",
    "hidden_slide": "隐藏幻灯片",
    "notes": "演讲者备注",
    "annotation": "注释",
    "layer": "图层",
    "invisible_text": "不显示的文字",
    "form_field": "表单内容",
    "earlier_version": "早先版本",
    "location": "拍摄地点",
    "camera": "拍摄设备",
    "taken_at": "拍摄时间",
    "thumbnail": "缩略图",
    "not_inspected": "未能检查",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """``kind``: a key of KINDS. ``sentence``: for the clerk. ``place`` and ``excerpt`` may be ""."""

    kind: str
    sentence: str
    place: str = ""
    excerpt: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such kind of finding: {self.kind}")

    @property
    def label(self) -> str:
        return KINDS[self.kind]

    def as_json(self) -> dict[str, str]:
        """The four fields; ``Finding(**…)`` is the way back."""
        return asdict(self)


def from_json(value: dict[str, Any]) -> Finding:
    return Finding(**{key: str(value.get(key, "")) for key in ("kind", "sentence", "place", "excerpt")})


def uninspected(reason: str, place: str = "") -> Finding:
    """Not knowing is a finding: an empty list means that nothing is hidden."""
    return Finding("not_inspected", reason, place)


def excerpt(text: str) -> str:
    """One line of at most 80 characters, without controls."""
    line = re.sub(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+", " ", text).strip()
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"

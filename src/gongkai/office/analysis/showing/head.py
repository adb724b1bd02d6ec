"""Who reports on which year, and how the document is built: the facts beside tables and findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.office.look.components import Fact
from gongkai.office.look.words import size_cn
from gongkai.report import Report
from gongkai.report.model import KINDS

_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class ChapterLine:
    title: str
    characters: int
    recognised: bool


def facts(document: Any, report: Report) -> list[Fact]:
    """What was recognised; what was not says so."""
    unknown = "未能认定"
    rows = [
        Fact("报告机关", report.agency or unknown),
        Fact("机关种类", KINDS.get(report.kind or "", unknown)),
        Fact("年度", f"{report.year}年" if report.year else unknown),
        Fact("表格格式", f"{report.form}年格式" if report.form else "没有读到规定的表格"),
        Fact("公布日期", report.published_on),
        Fact("落款日期", report.signed_on),
    ]
    if report.index_number:
        rows.append(Fact("索引号", report.index_number))
    rows.append(Fact("文件", f"{document.format_name}　{size_cn(document.size)}"))
    if document.milliseconds is not None:
        rows.append(Fact("读取用时", f"{document.milliseconds / 1000:.2f} 秒"))
    return rows


def chapters(report: Report) -> list[ChapterLine]:
    """The chapters in their order with their length."""
    out = []
    for chapter in report.chapters:
        number = chapter.number
        name = f"{_NUMERALS[number]}、{chapter.title}" if number and number <= 10 else chapter.title
        out.append(ChapterLine(name, len(chapter.text), chapter.key is not None))
    return out

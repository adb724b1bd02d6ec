"""Blank forms: a report with its words in place and its figures to be filled in by hand, then read back.

What is known is written (body, year, notice, period); what only the body knows is left open.
"""

from __future__ import annotations

from gongkai.figures import BLANK, Figure, unread
from gongkai.report import Chapter, Form, Report, form_for_year
from gongkai.report.model import KINDS, Paragraph

_NUMERALS = "一二三四五六七八九"
_GAP = "＿＿＿＿"


def blank(agency: str, kind: str, year: int) -> Report:
    """A report of ``agency`` (a ``kind`` of ``report.model.KINDS``) on ``year`` with every figure blank.

    Raises ``KeyError`` (in Chinese) for a year without a form or an unknown kind.
    """
    if kind not in KINDS:
        raise KeyError(f"没有“{kind}”这类单位；可用：{'、'.join(KINDS)}")
    form = form_for_year(year)
    words = _Words()
    title = words.add(f"{agency}{year}年政府信息公开工作年度报告")
    preface = tuple(words.add(text) for text in _preface(form, year))
    chapters = []
    for chapter in form.chapters:
        heading = words.add(f"{_NUMERALS[chapter.number - 1]}、{chapter.title}")
        texts = {"overview": _overview(form), "problems": ["", ""], "other": [_fees()]}.get(chapter.key, [])
        paragraphs = tuple(words.add(text) for text in texts)
        chapters.append(Chapter(chapter.key, chapter.number, chapter.title, heading, paragraphs))
    figures: dict[str, Figure] = dict.fromkeys(form.cells, unread(BLANK, ""))
    signature = (words.add(agency), words.add(f"{year + 1}年　月　日"))
    return Report(
        title=title.text,
        agency=agency,
        kind=kind,
        year=year,
        form=form.name,
        figures=figures,
        chapters=chapters,
        preface=preface,
        signature=signature,
        text=words.text,
        source_format="blank",
    )


class _Words:
    """Paragraphs one after the other, and their offsets."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, text: str) -> Paragraph:
        start = len(self.text)
        self.text += text + "\n"
        return Paragraph(text, start, start + len(text))


def _preface(form: Form, year: int) -> list[str]:
    """What stands before chapter 1 by custom: basis, parts, period, where to ask."""
    parts = "、".join(chapter.title for chapter in form.chapters)
    return [
        f"本报告根据《中华人民共和国政府信息公开条例》和《{form.title}》（{form.doc_no}）编制，"
        f"由{parts}{_NUMERALS[len(form.chapters) - 1]}部分组成。"
        f"所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
        f"联系地址：{_GAP}；邮政编码：{_GAP}；联系电话：{_GAP}。",
    ]


def _overview(form: Form) -> list[str]:
    """The aspects of chapter 1, each with a line to write on."""
    headings = (f"（{_NUMERALS[i]}）{titles[0]}" for i, titles in enumerate(form.aspects.values()))
    return [text for heading in headings for text in (heading, "")]


def _fees() -> str:
    """What chapter 6 must state (国办函〔2020〕109号)."""
    return f"本年度发出信息处理费收费通知{_GAP}件，总金额{_GAP}元，实际收取{_GAP}元。"

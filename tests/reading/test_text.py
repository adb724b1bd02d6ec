"""Plain text and Markdown: lines with their offsets."""

from __future__ import annotations

import pytest

from gongkai import reading
from gongkai.reading import text
from gongkai.reading.document import Line


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("# 一、总体情况", "一、总体情况"),
        ("### （一）主动公开", "（一）主动公开"),
        ("#1 号公告", "#1 号公告"),
        ("##", "##"),
    ],
)
def test_the_marks_of_a_markdown_heading_are_no_words_of_the_report(printed: str, words: str) -> None:
    document = text.read(f"前文\n{printed}\n")
    line = document.blocks[1]
    assert isinstance(line, Line)
    assert line.text == words == document.text[line.start : line.end]


def test_chapters_of_a_markdown_report_are_titled_without_marks() -> None:
    report = reading.open("# 清源县水务局2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n全年公开信息 3 条。\n")
    assert report.title == "清源县水务局2023年政府信息公开工作年度报告"
    assert [chapter.heading.text for chapter in report.chapters] == ["一、总体情况"]

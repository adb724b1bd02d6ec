"""The order of what stands on the pages, and the looks of headings."""

from __future__ import annotations

from rendering.reports import build, county, township

from gongkai.rendering.content import CHAPTER, SECTION, SIGNATURE, TEXT, TITLE, Line, blocks
from gongkai.rendering.grid import Grid
from gongkai.rendering.layout import signature_indents, title_lines


def test_each_table_stands_in_its_chapter() -> None:
    seen: dict[str, str] = {}
    chapter = ""
    for block in blocks(township()):
        if isinstance(block, Grid):
            seen[block.key] = chapter
        elif block.role == CHAPTER:
            chapter = block.text
    assert seen == {
        "proactive": "二、主动公开政府信息情况",
        "applications": "三、收到和处理政府信息公开申请情况",
        "remedies": "四、政府信息公开行政复议、行政诉讼情况",
    }


def test_a_table_stands_between_the_paragraphs_around_it() -> None:
    report = build(prose={"applications": ["收到的申请均已答复，情况如下。", "以上为全年情况。"]})
    chapter = report.chapter("applications")
    assert chapter is not None
    first, last = chapter.paragraphs
    moved = last._replace(start=len(report.text), end=len(report.text) + len(last.text))
    report.chapters[2] = type(chapter)(chapter.key, 3, chapter.title, chapter.heading, (first, moved))
    around = blocks(report)
    at = next(i for i, b in enumerate(around) if isinstance(b, Grid) and b.key == "applications")
    before, after = around[at - 1], around[at + 1]
    assert [b.text for b in (before, after) if isinstance(b, Line)] == [first.text, last.text]


def test_a_table_whose_chapter_is_lacking_still_stands_in_the_order_of_the_form() -> None:
    report = township()
    report.chapters = [c for c in report.chapters if c.key != "applications"]
    keys = [
        b.key if isinstance(b, Grid) else b.text for b in blocks(report) if isinstance(b, Grid) or b.role == CHAPTER
    ]
    assert keys.index("proactive") < keys.index("applications") < keys.index("四、政府信息公开行政复议、行政诉讼情况")


def test_roles_follow_the_levels_of_the_text() -> None:
    lines = [b for b in blocks(county()) if isinstance(b, Line)]
    assert [b.role for b in lines[:5]] == [TITLE, TEXT, CHAPTER, SECTION, TEXT]
    assert [b.role for b in lines[-2:]] == [SIGNATURE, SIGNATURE]


def test_a_second_level_heading_that_runs_on_is_set_apart_in_its_line() -> None:
    report = build(prose={"overview": ["（一）主动公开。全年公开文件十二件。"]})
    line = next(b for b in blocks(report) if isinstance(b, Line) and b.text.startswith("（一）"))
    assert [(run.text, run.kai) for run in line.runs] == [("（一）主动公开。", True), ("全年公开文件十二件。", False)]


def test_characters_that_no_format_takes_are_left_out() -> None:
    report = build(prose={"overview": ["公开\x00文件\x0b三件。"]})
    assert any(isinstance(b, Line) and b.text == "公开文件三件。" for b in blocks(report))


def test_a_long_title_breaks_behind_the_name() -> None:
    agency = "白石口自治县人民政府办公室"
    assert title_lines(f"{agency}2023年政府信息公开工作年度报告", agency) == [agency, "2023年政府信息公开工作年度报告"]
    assert title_lines("上河乡2023年年度报告", "上河乡") == ["上河乡2023年年度报告"]


def test_the_name_stands_centred_over_the_date() -> None:
    # Seven characters over six and a half: a quarter of a character further out on either side.
    assert signature_indents(["上河乡人民政府", "2024年1月26日"]) == [3.75, 4.0]
    assert signature_indents(["2024年1月26日", "上河乡人民政府"]) == [4.0, 3.75]
    assert signature_indents(["上河乡人民政府"]) == [4.0]

"""The county's report before its figures: title and the six headings, as the form sets them, and no prose."""

from __future__ import annotations

from gongkai.figures import Place
from gongkai.report import Chapter, Form, Report
from gongkai.report.model import Paragraph

_NUMERALS = "一二三四五六七八九"


def skeleton(form: Form, agency: str, year: int) -> Report:
    """A county government's report on ``year`` without figures; offsets point into its ``text`` as in any report."""
    lines = [f"{agency}{year}年政府信息公开工作年度报告"]
    lines += [f"{_NUMERALS[chapter.number - 1]}、{chapter.title}" for chapter in form.chapters]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    headings = [Paragraph(line, at, at + len(line)) for line, at in zip(lines, starts, strict=False)]
    return Report(
        title=lines[0],
        title_place=Place(0, len(lines[0])),
        agency=agency,
        kind="county_government",
        year=year,
        form=form.name,
        chapters=[
            Chapter(chapter.key, chapter.number, chapter.title, heading)
            for chapter, heading in zip(form.chapters, headings[1:], strict=True)
        ],
        text="\n".join(lines) + "\n",
        source_format="rollup",
    )

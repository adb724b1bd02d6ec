"""The six chapters: C1 (are they there), C2 (their titles) and C7 (the five aspects of the first)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checks.findings import ERROR, WARNING, Fault, Unread
from gongkai.checks.registry import NOTICE, Case, reading
from gongkai.checks.words import bare
from gongkai.report import Chapter, forms, load_form
from gongkai.report.form import Form

SOURCE = f"{NOTICE} 附件"
NUMERALS = "零一二三四五六七八九"
_NUMBER = re.compile(r"^[（(第]?[一二三四五六七八九十\d]+(?:部分)?[)）、.．，,：:]*")
_STOP = re.compile(r"[。．.：:；;，,、]+$")


def _form(case: Case) -> Form:
    return case.due_form or case.form or load_form(forms()[-1])


def told_once(chapters: list[Chapter]) -> list[Chapter]:
    """The chapters without headings that repeat the one just before: that is damage (C9), not a second chapter."""
    return [c for i, c in enumerate(chapters) if i == 0 or bare(c.heading.text) != bare(chapters[i - 1].heading.text)]


@reading(
    name="chapter-missing",
    id="C1",
    title="六个部分缺失、重复或次序不对",
    severity=ERROR,
    source="条例 第五十条",
)
def chapter_missing(case: Case) -> Iterator[Fault | Unread]:
    """六个部分各出现一次，次序与格式一致。标题用词不规范但能认出的，不算缺失（见 chapter-title-nonstandard）；
    紧接着重复的同一标题，见 text-damaged。"""
    form, report = _form(case), case.report
    chapters = told_once(report.chapters)
    if not chapters:
        yield Unread("未能核对：没有读到各部分的标题")
        return
    # A chapter with a title of its own stands for the part whose number it bears.
    by_number = {f.number: f.key for f in form.chapters}
    known = {c.key for c in chapters}
    stand_ins = {number: key for number, key in by_number.items() if key not in known}
    keys = [c.key or stand_ins.get(c.number or 0) for c in chapters]
    for part in form.chapters:
        if part.key not in keys:
            yield Fault(f"缺第{NUMERALS[part.number]}部分“{part.title}”", expected=part.title)
        elif keys.count(part.key) > 1:
            again = [c for c, key in zip(chapters, keys, strict=True) if key == part.key]
            where = tuple(report.place(c.heading.start, c.heading.end) for c in again)
            yield Fault(f"“{part.title}”出现 {len(again)} 次", where, "1", str(len(again)))
    order = [f.key for f in form.chapters]
    first = list(dict.fromkeys(k for k in keys if k))
    if first != [k for k in order if k in first]:
        titles = {f.key: f.title for f in form.chapters}
        yield Fault(f"各部分次序不对：依次为{'、'.join(titles[k] for k in first)}")


_TITLE = re.compile(r"^.{2,40}?20\d\d年政府信息公开工作年度报告$")
_LIST = re.compile(r"总体情况[、，,；;](.{10,240}?其他(?:需要|应当)?(?:报告|说明)的?事项)")
_LIGHT = re.compile(r"[、，,；;和及与的中“”\"]")


def _titles(case: Case) -> Iterator[Fault]:
    title = bare(case.report.title or "")
    if title and not _TITLE.match(title):
        where = (case.report.title_place,) if case.report.title_place else ()
        due = f"{case.report.agency or '（机关全称）'}{case.report.year or '（年度）'}年政府信息公开工作年度报告"
        yield Fault(f"报告标题“{title}”不是规定的写法", where, due, title)


def _announced(case: Case) -> Iterator[Fault]:
    """The parts as the preface lists them; 、 for 和 and the like are no matter."""
    preface = case.report.preface
    match = _LIST.search(bare("".join(p.text for p in preface))) if preface else None
    if not match:
        return
    said = _LIGHT.sub("", match[1])
    other = [f.title for f in _form(case).chapters[1:] if _LIGHT.sub("", f.title) not in said]
    if other:
        where = (case.report.place(preface[0].start, preface[-1].end),)
        absent = "、".join(f"“{title}”" for title in other)
        yield Fault(f"编制说明所列各部分的名称与规定不一致：没有{absent}", where, found=match[0])


def _headings(case: Case) -> Iterator[Fault]:
    form, report = _form(case), case.report
    due = {f.key: f.title for f in form.chapters}
    by_number = {f.number: f.title for f in form.chapters}
    for chapter in told_once(report.chapters):
        official = due.get(chapter.key or "") or by_number.get(chapter.number or 0)
        title, printed = bare(chapter.title), _NUMBER.sub("", bare(chapter.heading.text))
        stopped = printed != official and _STOP.sub("", printed) == official
        if official is None or (title == official and not stopped):
            continue
        where = (report.place(chapter.heading.start, chapter.heading.end),)
        wrong = "末尾多了标点" if title == official else "与规定不一致"
        found = printed if title == official else title
        yield Fault(f"部分标题“{found}”{wrong}，应为“{official}”", where, official, found)


@reading(
    name="chapter-title-nonstandard",
    id="C2",
    title="部分标题或报告标题与规定格式不一致",
    severity=WARNING,
    source=SOURCE,
)
def chapter_title_nonstandard(case: Case) -> Iterator[Fault | Unread]:
    """报告标题应为“机关全称＋年度＋年政府信息公开工作年度报告”；六个部分的标题与规定一字不差，末尾不加标点；
    编制说明列出各部分名称的，也应一致（顿号与“和”不分）。标题分两行排不算。每个标题报一次。"""
    if not case.report.title and not case.report.chapters:
        yield Unread("未能核对：没有读到标题")
        return
    yield from _titles(case)
    yield from _announced(case)
    yield from _headings(case)


_SECTION = re.compile(r"^\s*[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]\s*([^。：:；;\n]{2,40})")
_ITEM = re.compile(
    r"^\s*(?:[一二三四五六七八九十]是|\d{1,2}\s*[.．、]|[（(]\s*\d{1,2}\s*[）)])\s*([^。：:；;，\n]{2,40})"
)
# What a section is about, when its title is not one of the form's.
ASPECTS = {
    "proactive": re.compile(r"主动公开|基本情况|试点领域|重点领域|政务公开标准"),
    "on_request": re.compile(r"依申请|依法申请|申请公开|公开申请"),
    "information_management": re.compile(r"信息管理|信息资源管理|信息规范管理|管理情况|公开流程|公文"),
    "platform": re.compile(r"平台|网站|新媒体|渠道"),
    "supervision": re.compile(r"监督|保障|考核"),
}


def _section_titles(chapter: Chapter) -> list[str]:
    for pattern in (_SECTION, _ITEM):
        found = [bare(m[1]) for p in chapter.paragraphs if (m := pattern.match(p.text))]
        if len(found) > 1:
            return found
    return []


@reading(
    name="aspect-missing",
    id="C7",
    title="总体情况五个方面不全",
    severity=WARNING,
    source=SOURCE,
)
def aspect_missing(case: Case) -> Fault | Unread | None:
    """“总体情况”应写主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面，一般各立一节；
    没有分节的，看正文是否写到。"""
    chapters = [c for c in case.report.chapters if c.key == "overview"]
    if not any(c.paragraphs for c in chapters):
        return Unread("未能核对：没有读到“总体情况”的正文")
    titles = [title for c in chapters for title in _section_titles(c)]
    told = "\n".join(titles) or bare("".join(c.text for c in chapters))
    aspects = _form(case).aspects
    missing = [names[0] for key, names in aspects.items() if not ASPECTS[key].search(told)]
    if not missing:
        return None
    heading = chapters[-1].heading
    how = "没有专节写" if titles else "没有写到"
    return Fault(f"“总体情况”{how}：{'、'.join(missing)}", (case.report.place(heading.start, heading.end),))

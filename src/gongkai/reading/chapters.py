"""Running text → title, preface, chapters, signature. Chapters are cut by their titles and the variants of those."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.reading.tables.labels import fold, normalise
from gongkai.report import forms, load_form
from gongkai.report.form import ChapterForm
from gongkai.report.model import Chapter, Paragraph

_NUMBERS = {n: i for i, n in enumerate("一二三四五六七八九十", 1)}
_HEADING = re.compile(
    r"(?:#+|\*\*)?\s*第?([一二三四五六七八九十]|[1-9])(?:部分)?\s*[、.．,，:：]\s*(?!\d)(\S.*)", re.DOTALL
)
_HEADING_BEGINS = frozenset("#*第一二三四五六七八九十123456789")
# Where a heading ends when its text runs on in the same line: "六、其他需要报告的事项。本年度…".
_RUN_ON = re.compile(r"([^。；;:：\n]{2,40})[。:：\n]\s*(\S.*)", re.DOTALL)

# Lines that pages put around a report; compared after folding.
_CHROME = re.compile(
    r"字号:?.{0,12}|字体:?.{0,12}|收藏(?:本页)?|打印(?:本页)?|关闭(?:窗口|本页)?|分享(?:到)?:?.{0,10}|【?(?:大|中|小)】?|\(?大中小\)?|"
    r"返回顶部|上一篇.*|下一篇.*|附件(?:下载|列表)?:?|扫一扫.*|浏览(?:次数|量):?.*|阅读(?:次数|量)?:?\d*|点击(?:数|率)?:?\d*|"
    r"(?:您(?:的|当前的?)?|当前)位置:?.*|首页[>»›/|].*|[xX×✕]|责任编辑:?.*|编辑:.{0,12}|-?\d{1,3}-?|—\d{1,3}—|第\d+页(?:共\d+页)?|确定|取消|登录|注册"
)
# From here on nothing belongs to the report: dialogs and footers of the site.
_FOOTER = re.compile(
    r"(?:温馨提示:?.*|.*统一身份认证.*|版权所有.*|主办(?:单位)?:.*|承办(?:单位)?:.*|.*ICP备.*|网站标识码.*|.*公网安备.*|网站地图.*|联系我们.*)"
)
_META = re.compile(
    r"(?:来源|信息来源|发布(?:时间|日期|机构|单位)|公开(?:时间|日期)|成文日期|生成日期|索引号|体裁分类|主题分类|文号|发文字号|名称|时效|有效性|作者|字体)[:：]"
)
_PART = r"[-./]?\d{0,2}[一二三四五六七八九十]{0,3}"
_DATE = rf"(?:\d{{4}}|[二〇零○一二三四五六七八九]{{4}})年?{_PART}月?{_PART}日?"
_SIGN_DATE = re.compile(rf"\(?{_DATE}\)?")
_TITLE = re.compile(
    r"(?:关于)?(?P<before>.{0,40}?)(?P<year>20\d\d|二[〇零○]{1}[一二][〇零○一二三四五六七八九])年?(?:度)?(?P<between>.{0,30}?)"
    r"(?:政府|政务)信息公开(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:报告|年报|年度报告)(?:\(.{0,12}\))?"
)
_DIGIT = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(slots=True)
class Outline:
    """The running text of a report, cut up."""

    title: str | None = None
    title_span: tuple[int, int] | None = None
    agency: str | None = None
    year: int | None = None
    preface: list[Paragraph] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    signature: list[Paragraph] = field(default_factory=list)
    metadata_lines: list[Paragraph] = field(default_factory=list)


@lru_cache(maxsize=1)
def _titles() -> dict[str, ChapterForm]:
    out: dict[str, ChapterForm] = {}
    for chapter in load_form(forms()[-1]).chapters:
        for title in (chapter.title, *chapter.variants):
            out[normalise(title)] = chapter
    return out


@lru_cache(maxsize=2048)
def chapter_of(title: str) -> ChapterForm | None:
    """The chapter of the form that a printed title means, or ``None``. Titles vary in 的, 情况, 政府信息公开."""
    label = normalise(title)
    known = _titles()
    if label in known:
        return known[label]
    if len(label) > 32:
        return None
    by_key = {chapter.key: chapter for chapter in known.values()}
    for key, pattern in _TITLE_WORDS:
        if pattern.fullmatch(label):
            return by_key[key]
    return None


# What the title of a chapter says in other words. Order matters: 行政复议 before 申请.
_TITLE_WORDS = [
    ("remedies", re.compile(r".{0,24}(?:行政复议|复议).{0,12}(?:诉讼).{0,8}")),
    ("applications", re.compile(r".{0,12}(?:依申请公开|公开申请).{0,14}情况|依申请公开(?:政府信息)?(?:工作)?")),
    ("proactive", re.compile(r".{0,8}主动公开(?:政府信息)?(?:的)?(?:工作)?(?:情况)?")),
    ("problems", re.compile(r".{0,14}问题.{0,10}(?:改进|措施|打算|整改|计划).{0,8}|存在的?(?:主要)?问题")),
    ("overview", re.compile(r"(?:总体|基本|工作)情况|概况|总体情况概述")),
    (
        "other",
        re.compile(r"其[他它](?:需要?)?(?:要)?(?:报告|说明)?的?事项|其[他它]需(?:要)?(?:报告|说明)的?(?:情况|问题)"),
    ),
]


def _heading(paragraph: Paragraph, expected: int) -> tuple[Chapter, Paragraph | None] | None:
    """The chapter that ``paragraph`` opens and the text that runs on in the same line, or ``None``."""
    text = paragraph.text
    match = _HEADING.match(text)
    if match is None:
        form = chapter_of(text) if len(text) <= 30 and not text.endswith(("，", ",")) else None
        # Without a number only the official words count, and only in their turn.
        if form and form.number == expected and normalise(text) in _titles() and fold(text) == normalise(text):
            return Chapter(form.key, form.number, form.title, paragraph), None
        return None
    number = _NUMBERS.get(match.group(1)) or int(match.group(1))
    title, rest = match.group(2).strip(" *#\u3000"), None
    form = chapter_of(title)
    if form is None and (run_on := _RUN_ON.match(title)) and (form := chapter_of(run_on.group(1))):
        at = paragraph.start + match.start(2) + run_on.start(2)
        rest = Paragraph(run_on.group(2), at, at + len(run_on.group(2)))
        title = run_on.group(1)
        paragraph = Paragraph(
            text[: match.start(2) + run_on.end(1)], paragraph.start, paragraph.start + match.start(2) + run_on.end(1)
        )
    if form is None:
        plain = len(fold(title)) <= 24 and not re.search(r"[,，;；。!?]", title.rstrip("。"))
        if not (plain and number == expected and match.group(1) in _NUMBERS):
            return None
        return Chapter(None, number, title.rstrip("。:："), paragraph), None
    if match.group(1).isdigit() and number != form.number:
        return None  # "1.主动公开情况" inside chapter 1
    return Chapter(form.key, number, title.rstrip("。:："), paragraph), rest


def _chrome(text: str) -> bool:
    return _CHROME.fullmatch(fold(text).strip("()")) is not None


def cut(paragraphs: Sequence[Paragraph]) -> Outline:
    """Title, preface, chapters and signature of the running text (tables left out)."""
    outline = Outline()
    opened: list[tuple[Chapter, list[Paragraph]]] = []
    for paragraph in paragraphs:
        text, heading = paragraph.text, None
        if len(text) < 200:
            if len(text) < 60 and _chrome(text):
                continue
            if len(opened) >= 5 and _FOOTER.fullmatch(fold(text)):
                break
        begins = len(text) <= 30 or text[0] in _HEADING_BEGINS or text[0].isspace()
        if begins and (len(text) < 400 or not opened):
            heading = _heading(paragraph, (opened[-1][0].number or 0) + 1 if opened else 1)
        if heading is None:
            (opened[-1][1] if opened else outline.preface).append(paragraph)
            continue
        chapter, rest = heading
        opened.append((chapter, [rest] if rest else []))
    opened = _without_contents(opened)
    if opened:
        outline.signature = _signature(opened[-1][1])
    outline.chapters = [Chapter(c.key, c.number, c.title, c.heading, tuple(texts)) for c, texts in opened]
    _title(outline)
    outline.metadata_lines = [p for p in outline.preface if len(p.text) < 300 and _META.search(p.text)]
    taken = set(outline.metadata_lines)
    outline.preface = [p for p in outline.preface if p not in taken]
    return outline


def _without_contents(opened: list[tuple[Chapter, list[Paragraph]]]) -> list[tuple[Chapter, list[Paragraph]]]:
    """A table of contents repeats the headings before the text: drop those of the first round."""
    keys = [chapter.key for chapter, _ in opened]
    bare = 0
    while bare < len(opened) and not opened[bare][1]:
        bare += 1
    if bare >= 4 and set(keys[:bare]) - {None} <= set(keys[bare:]):
        return opened[bare:]
    return opened


def _signature(texts: list[Paragraph]) -> list[Paragraph]:
    """Takes the short lines at the end (name of the body, date) off the last chapter."""
    at = len(texts)
    while at > 0 and len(fold(texts[at - 1].text)) <= 30 and not re.search(r"[。；;，,：:]", texts[at - 1].text):
        at -= 1
    tail = texts[at:]
    if any(_SIGN_DATE.fullmatch(fold(p.text)) and re.search(r"\d{4}|[〇零○]", p.text) for p in tail):
        del texts[at:]
        return tail
    return []


def _title(outline: Outline) -> None:
    """Finds the title among the first lines and takes it off the preface. A title may run over three lines; the fewest
    lines that name a body are it."""
    lines = outline.preface[:14]
    nameless = None
    for count in (1, 2, 3):
        for index in range(len(lines) - count + 1):
            chosen = lines[index : index + count]
            if any(len(p.text) > 60 for p in chosen):
                continue
            joined = fold("".join(p.text for p in chosen)).strip("#*")
            match = _TITLE.fullmatch(joined)
            if match is not None and (match["before"] or match["between"]):
                _take_title(outline, chosen, joined, match)
                return
            nameless = nameless or (match and (chosen, joined, match))
    if nameless:
        _take_title(outline, *nameless)


def _take_title(outline: Outline, chosen: Sequence[Paragraph], joined: str, match: re.Match[str]) -> None:
    # As printed (full width, traditional) where folding kept the characters one to one.
    bare = "".join("".join(p.text for p in chosen).split()).strip("#*")
    printed = bare if len(bare) == len(joined) else joined
    outline.title = printed
    outline.title_span = (chosen[0].start, chosen[-1].end)
    outline.year = int(match["year"].translate(_DIGIT))
    outline.agency = printed[slice(*match.span("before"))] or printed[slice(*match.span("between"))] or None
    # The title lines, and their repetition further down, are no preface.
    outline.preface = [
        p for p in outline.preface if p not in chosen and not (3 < len(p.text) < 60 and fold(p.text) in joined)
    ]

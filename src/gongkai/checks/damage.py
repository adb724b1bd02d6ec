"""Words that lost something: C9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.checks.findings import ERROR, Fault, Unread
from gongkai.checks.registry import Case, reading
from gongkai.checks.words import Words, bare
from gongkai.report.model import Paragraph

_THING = "文件|信息|公文|申请|提案|建议|动态|稿件|留言|诉求|案件|政策|解读"
_MEASURE = (
    r"(?:条(?![例目款文数])|份(?![额内])|篇(?![幅章])|期(?![间限数刊])|场(?![所景次地])"
    r"|次(?![数均要序])|件(?![数次均]))"
)
_OPEN, _CLOSE = r"\s*[〔\[［【]\s*", r"\s*[〕\]］】]\s*"
_DONE = "公开|发布|受理|收到|办理|制发|印发|更新|转载|答复|办结|回复|召开|举办|报送"
# A thing and its number without a unit ("文件21，"), or a unit without a number ("信息条；").
_BARE = re.compile(
    rf"(?:{_THING})\s*(?:(\d{{1,4}})(?=[，,。；;])(?![，,]\d{{3}}(?!\d))|(?:(?:条|份|篇|期|场|次)(?=[，,。；;、])|件(?=[，,。；;])))"
)
# Where one of them can end, behind a thing or in a number: to look there first is three times as fast.
_BARE_END = re.compile(r"[条份篇期场次件0-9０-９](?=[，,。；;、])(?<=[件息文请案议态言求策读\s].|[0-9０-９][0-9０-９])")
_REACH, _BEHIND = 40, 8  # characters of a thing and its number; looked at behind them
# ... which is damage only where something is being counted.
_COUNTING = re.compile(rf"共|累计|合计|总计|各类|{_DONE}")
_TOTAL = re.compile(r"共|累计|合计|总计")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千两]|若干|多|数")
_CLAUSE = "，,。；;：:\n"
# Each of these is damage wherever it stands: what is said, the pattern, characters one of which is in it, and how far
# it can reach to either side of that ("20" begins it, and is found as fast as a character).
LOST = (
    (
        "缺数字",
        re.compile(rf"(?:共|累计|合计|总计)(?:主动)?(?:{_DONE})了?\s*{_MEASURE}"),
        "共计",
        (1, _REACH),
    ),
    ("百分号前缺数字", re.compile(r"[率长降比达为到升占]\s*[%％]"), "%％", (_REACH, 1)),
    ("缺“年”字", re.compile(r"20[12]\d度(?<!\d20\d\d度)(?![电量假])"), "", (0, 0)),
    (
        "文号残缺",
        re.compile(rf"[发办函字令规](?:{_OPEN}20\d{{3,6}}\s*号|\s*20\d\d{_CLOSE}\d+\s*号|{_OPEN}20\d\d{_CLOSE}号)"),
        "号",
        (_REACH, 1),
    ),
)


def _fault(said: str, words: Words, match: re.Match[str]) -> Fault:
    message = f"{said}：“{words.quote(*match.span())}”"
    return Fault(message, (words.place(*match.span()),), found=bare(match[0]))


def _bare_counts(text: str) -> Iterator[re.Match[str]]:
    done = 0
    for end in _BARE_END.finditer(text):
        match = _BARE.search(text, max(done, end.start() - _REACH), end.end() + _BEHIND)
        if match and match.end() == end.end():
            yield match
            done = match.end()


def _miscounted(words: Words) -> Iterator[Fault]:
    for match in _bare_counts(words.text):
        before = words.before(match.start(), _CLAUSE)
        if match[1]:
            if _COUNTING.search(before):
                yield _fault("数字后缺单位", words, match)
        # 来件、投诉件 and the like are things; only "共…件" asks for a number. So does a number further on.
        elif (_TOTAL if match[0].endswith("件") else _COUNTING).search(before) and not _NUMERAL.search(before[-12:]):
            yield _fault("缺数字", words, match)


def _lost(words: Words) -> Iterator[Fault]:
    for said, pattern, some, reach in LOST:
        for match in words.near_any(some, pattern, *reach) if some else pattern.finditer(words.text):
            # The number of the format notice is C3's.
            if said != "文号残缺" or "国办公开" not in words.text[max(0, match.start() - 6) : match.end()]:
                yield _fault(said, words, match)


_HEADING = re.compile(r"^\s*(?:[（(]?\s*[一二三四五六七八九十]+\s*[）)、.．]|第[一二三四五六]部分)")


def _repeated(case: Case) -> Iterator[Fault]:
    """A heading and, right after it, the same heading: of chapters and of sections."""
    last: Paragraph | None = None
    for chapter in case.report.chapters:
        for paragraph in (chapter.heading, *chapter.paragraphs):
            heading = paragraph is chapter.heading or (len(paragraph.text) <= 40 and _HEADING.match(paragraph.text))
            if heading and last and len(last.text) <= 60 and bare(paragraph.text) == bare(last.text):
                where = (case.report.place(paragraph.start, paragraph.end),)
                yield Fault(f"标题重复：“{bare(paragraph.text)}”连续出现两次", where, found=bare(paragraph.text))
            last = paragraph


_DATE = re.compile(r"(20\d\d)(年?)(0?[1-9]|1[0-2])(月?)(0?[1-9]|[12]\d|3[01])(日?)")


def _signature(case: Case) -> Iterator[Fault]:
    """The date under the report, with one of 年月日 or all of them lost. 2024-01-26 and 2024.1.26 are whole."""
    last = case.report.chapters[-1].paragraphs[-3:] if case.report.chapters else ()
    for paragraph in (*last, *case.report.signature):
        match = _DATE.fullmatch(bare(paragraph.text)) if len(paragraph.text) < 30 else None
        if not match or (match[2] and match[4] and match[6]):
            continue
        year, month, day = (int(match[i]) for i in (1, 3, 5))
        certain = bool(match[4]) or len(match[3] + match[5]) == 4
        hint = f"应为 {date(year, month, day):%Y}年{month}月{day}日" if certain and _exists(year, month, day) else None
        where = (case.report.place(paragraph.start, paragraph.end),)
        yield Fault(f"落款日期残缺：“{match[0]}”", where, found=match[0], hint=hint)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@reading(
    name="text-damaged",
    id="C9",
    title="文字残缺：缺数字、缺单位、重复标题、日期或文号掉字",
    severity=ERROR,
    source="条例 第五十条",
)
def text_damaged(case: Case) -> Iterator[Fault | Unread]:
    """报告文字应完整：计数有数字有单位，年月日不缺，文号不缺括号，同一标题不连续出现两次。电话、热线号码、文号、
    年份、序号不是计数。格式文件文号的残缺见 format-notice-outdated，统计期限的残缺见 period-wrong。"""
    if not case.words.text:
        yield Unread("未能核对：没有读到正文")
        return
    yield from _miscounted(case.words)
    yield from _lost(case.words)
    yield from _repeated(case)
    yield from _signature(case)

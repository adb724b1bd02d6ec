"""Dates: C4 (the period that the figures cover) and C8 (the day of publication)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.checks.findings import ERROR, WARNING, Fault, Unread
from gongkai.checks.registry import Case, reading
from gongkai.checks.words import Words, bare

_S = r"\s{0,4}"  # what PDF puts between two characters; without a bound, text of blanks would take for ever
_YEAR = rf"(2{_S}0{_S}\d{_S}\d){_S}(?:年|[-./．])"
_DAY = rf"{_S}(\d{_S}\d?){_S}(?:月|[-./．]){_S}(\d{_S}\d?){_S}日?"
_CLOCK = rf"(?:{_S}\d{{1,2}}{_S}[时点:：](?:\d\d)?)?"
_TO = rf"{_S}[起始]?{_S}[，,]?{_S}(?:至|到|[-－—–~～―]{{1,2}}){_S}"
_RANGE = re.compile(_YEAR + _DAY + _CLOCK + _TO + f"(?:{_YEAR})?" + _DAY)
_MONTHS = re.compile(_YEAR + rf"{_S}1{_S}月份?" + _TO + f"(?:{_YEAR})?" + rf"{_S}1{_S}2{_S}月")
_CHINESE = re.compile(r"二[〇○Ｏ零０0][一二三四五六七八九〇○零]{2}年一月一日起?(?:至|到)(?:二.{3}年)?十二月三十一日")
# Words that announce the period of the figures. Other ranges in the text are of something else.
# A character in front of each: the regex engine finds one character ten times as fast as any of five.
_ANNOUNCEMENTS = tuple(
    map(
        re.compile,
        (
            "统计的?(?:期限|时限|时间|区间|周期|范围)",
            "时间的?(?:期限|时限)",
            "数据(?:的?(?:期限|时限)|统计)",
            "所列数据",
            "报告期",
        ),
    )
)
# After the announcement: digits on both sides of 至, whatever is left of their 年, 月, 日.
_REMAINS = re.compile(r"[自从为是：:\s]*(\d[\d\s年月日.]{3,}?\s*起?\s*(?:[至到]|[-－—–~～]{1,2})\s*\d[\d\s年月日.]*)")


def _same(match: re.Match[str], year: int) -> bool:
    first, month, day, last, end_month, end_day = (int(bare(g)) if g else None for g in match.groups())
    return (first, month, day) == (year, 1, 1) and (last or first, end_month, end_day) == (year, 12, 31)


def _whole_year(words: Words, year: int) -> bool:
    """Whether the text names the period from 1 January to 31 December of ``year``, anywhere."""
    text = words.text
    if any(_same(match, year) for match in _RANGE.finditer(text)):
        return True
    months = _MONTHS.search(text)
    if months and {int(bare(g)) for g in months.groups() if g} == {year}:
        return True
    return words.holds("一月一日") and _CHINESE.search(bare(text)) is not None


def _announced(text: str) -> Iterator[int]:
    """Where each announcement of a period ends, in order; none begins in another."""
    done = 0
    for start, end in sorted(match.span() for pattern in _ANNOUNCEMENTS for match in pattern.finditer(text)):
        if start >= done:
            done = end
            yield end


@reading(
    name="period-wrong",
    id="C4",
    title="统计期限缺失、残缺或不是当年全年",
    severity=ERROR,
    source="条例 第五十条",
)
def period_wrong(case: Case) -> Fault | Unread | None:
    """报告应写明统计期限，即报告年度的 1 月 1 日至 12 月 31 日。写错或年月日残缺为错误，没有写为提醒；
    只写“某年度”或单独一个截止日，不算写明期限。"""
    year, words = case.report.year, case.words
    if year is None or not words.text:
        return Unread("未能核对：没有读到报告年度或正文")
    if _whole_year(words, year):
        return None
    due = f"{year}年1月1日至{year}年12月31日"
    for end in _announced(words.text):
        stated = _RANGE.search(words.text, end, end + 60)
        remains = _REMAINS.search(words.text, end, end + 60)
        match = stated or remains
        if match and not set("。；\n") & set(bare(words.text[end : match.start()])):
            printed = bare(match[1] if match is remains else match[0])
            where = (words.place(*match.span(1 if match is remains else 0)),)
            said = "统计期限写作" if stated else "统计期限残缺："
            return Fault(f"{said}“{printed}”，应为 {due}", where, due, printed, hint=None if stated else f"应为 {due}")
    return Fault(f"没有写明统计期限（应为 {due}）", expected=due, severity=WARNING)


# 条例 第四十九条: governments by 31 March, everybody else by 31 January of the year after.
DUE = {"county_government": (3, 31)}
DUE_OTHERS = (1, 31)


@reading(
    name="published-late",
    id="C8",
    title="晚于法定日期公布",
    severity=ERROR,
    source="条例 第四十九条",
)
def published_late(case: Case) -> Fault | Unread | None:
    """县级以上人民政府部门等于次年 1 月 31 日前、县级以上地方人民政府于次年 3 月 31 日前公布，当日公布不算晚。
    以公布日期为准，没有的以落款日期为准。"""
    report = case.report
    day = report.published_on or report.signed_on
    if day is None or report.year is None:
        return Unread("未能核对：没有读到公布日期或落款日期")
    due = date(report.year + 1, *(DUE.get(report.kind or "", DUE_OTHERS)))
    if day <= due:
        return None
    if report.kind is None and day <= date(report.year + 1, *DUE["county_government"]):
        return Unread("未能核对：看不出本机关是人民政府还是部门，公布期限不同")
    named = "公布" if report.published_on else "落款"
    latest = due if report.kind else date(report.year + 1, *DUE["county_government"])
    return Fault(f"{named}日期 {day:%Y-%m-%d}，最迟应为 {latest:%Y-%m-%d}", (), f"{latest:%Y-%m-%d}", f"{day:%Y-%m-%d}")

"""What the report says it rests on: C3 (the format notice) and C12 (other instruments, places and levels)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.checks.findings import ERROR, WARNING, Fault, Unread
from gongkai.checks.names import division
from gongkai.checks.registry import NOTICE, Case, reading
from gongkai.checks.words import bare
from gongkai.report import forms, load_form
from gongkai.statute.citations import instruments, superseded_before

_NOTICE = re.compile(r"国办公开(?:办函|办|函)\s*([〔\[［【(（]?)([\d\s]{1,12})([〕\]］】)）]?)([\d\s]{0,6})(号?)")
_FORMAT_TITLE = re.compile(r"政府信息公开工作年度报告(?:格式|有关事项)")
KNOWN = {"".join(re.findall(r"\d+", load_form(name).doc_no)): load_form(name).doc_no for name in forms()}
FIRST_BINDING = 2020  # for 2019 itself the notice of that year encouraged the form, it did not require it


def _cited(match: re.Match[str]) -> tuple[str, bool]:
    """The digits of a cited notice, and whether it is written whole: brackets, year, number and 号."""
    opening, year, closing, number, end = (bare(group) for group in match.groups())
    whole = bool(opening and closing and end and len(year) == 4 and number and "办函" in match[0])
    return year + number, whole


def _meant(digits: str, whole: bool) -> bool:
    """Whether a number is that of a format notice: whole and known, or what is left of a known one."""
    return digits in KNOWN if whole else any(len(digits) > 2 and _left_of(digits, known) for known in KNOWN)


def _left_of(digits: str, known: str) -> bool:
    """Whether ``digits`` is ``known`` with some lost."""
    rest = iter(known)
    return all(digit in rest for digit in digits)


@reading(
    name="format-notice-outdated",
    id="C3",
    title="未引用或引错适用的格式文件",
    severity=ERROR,
    source=NOTICE,
)
def format_notice_outdated(case: Case) -> Iterator[Fault | Unread]:
    """报告应引用适用于本报告年度的格式文件，文号写全：2021 年度起是国办公开办函〔2021〕30号，2019、2020 年度是
    国办公开办函〔2019〕60号。引错或文号残缺为错误；没有引用、只写名称不写文号为提醒；新旧并引的，有适用的即可。
    表格用了不适用的格式，也算错误。"""
    words, due = case.words, case.due_form
    if due is None or not words.text:
        yield Unread("未能核对：没有读到报告年度或正文")
        return
    if case.form and case.form is not due:
        message = f"表格是 {case.form.doc_no} 的格式，{case.report.year} 年度应用 {due.doc_no} 的格式"
        yield Fault(message, expected=due.doc_no, found=case.form.doc_no)
    found = [(m, *_cited(m)) for m in _NOTICE.finditer(words.text)] if words.holds("国办公开") else []
    found = [(m, digits, whole) for m, digits, whole in found if _meant(digits, whole)]
    if any(whole and KNOWN[digits] == due.doc_no for _, digits, whole in found):
        return
    for match, digits, whole in found[:1]:
        printed, where = bare(match[0]), (words.place(*match.span()),)
        if whole:
            message = f"引用的是 {KNOWN[digits]}，{case.report.year} 年度适用 {due.doc_no}"
            yield Fault(message, where, due.doc_no, printed)
        else:
            yield Fault(f"文号残缺：“{printed}”", where, due.doc_no, printed, hint=f"应为 {due.doc_no}")
    if not found and case.report.year and case.report.year >= FIRST_BINDING:
        named = _FORMAT_TITLE.search(words.text)
        message = f"只写了格式文件的名称，没有文号 {due.doc_no}" if named else f"没有引用格式文件 {due.doc_no}"
        yield Fault(message, (words.place(*named.span()),) if named else (), due.doc_no, severity=WARNING)


_PLAN = re.compile(r"((?:20\d\d\s?年度?[、和及与]?){1,6})[^，。；、\n]{0,12}政务公开(?:重点)?工作要点")
_YEAR = re.compile(r"20\d\d")
# Levels named in one breath, as in "省、州要求"; "省、市（州）" means both and fits anybody.
_LEVELS = re.compile(
    r"省委?、?([州市])(?![（(/]|、?[州市])(?=关于|的|级|有关|安排|部署|文件|要求|指导|政府|委|、县|县)"
)


def _plans(case: Case) -> Iterator[Fault]:
    year, words = case.report.year, case.words
    found = list(_PLAN.finditer(words.text)) if words.holds("工作要点") else []
    cited = [{int(y) for y in _YEAR.findall(match[1])} for match in found]
    if year is None or any(max(years) >= year for years in cited):
        return
    for match, years in zip(found[:1], cited, strict=False):
        message = f"依据的是 {max(years)} 年的政务公开工作要点，本报告是 {year} 年度的"
        yield Fault(message, (words.place(*match.span()),), f"{year} 年工作要点", str(max(years)))


def _superseded(case: Case) -> Iterator[Fault]:
    year, words = case.report.year, case.words
    for instrument in superseded_before(year) if year else ():
        successor = instruments()[instrument.by or ""]
        if successor.number and words.holds(successor.number):
            continue
        for watched in instrument.watch:
            if words.holds(watched):
                at = words.text.find(watched)
                since = instrument.superseded or date.min
                message = f"“{watched}”自 {since.year} 年 {since.month} 月 {since.day} 日起由 {successor.number} 取代"
                yield Fault(message, (words.place(at, at + len(watched)),), successor.number, watched)
                break


def _levels(case: Case) -> Iterator[Fault]:
    words = case.words
    match = _LEVELS.search(words.text) if "省" in words.text else None
    divisions = division(case) if match else ()
    if not match or not divisions:
        return
    stranger = {"州": all(d.under_city for d in divisions), "市": all(d.under_autonomous_prefecture for d in divisions)}
    if stranger[match[1]]:
        place = f"{divisions[0].name}属于{divisions[0].prefecture}"
        message = f"“{bare(match[0])}”与本机关的隶属不符：{place}"
        yield Fault(message, (words.place(*match.span()),), divisions[0].prefecture, bare(match[0]))


@reading(
    name="basis-outdated",
    id="C12",
    title="引用的依据已过期，或地名、层级与本机关不符",
    severity=WARNING,
    source="条例 第五十条",
)
def basis_outdated(case: Case) -> Iterator[Fault | Unread]:
    """报告所依据的文件在报告年度应仍有效（旧文件见引用目录）；政务公开工作要点应是当年的（同时提到当年要点的，不算）；
    “省、州”“省、市”的说法应与本机关所属的市、州相符。"""
    if not case.words.text:
        yield Unread("未能核对：没有读到正文")
        return
    yield from _plans(case)
    yield from _superseded(case)
    yield from _levels(case)

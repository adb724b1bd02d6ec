"""Denials in running text: 未收到政府信息公开申请, 没有因政府信息公开被申请行政复议和行政诉讼, ….

A general denial denies the particular: who met no suit at all met none about disclosure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge
from operator import attrgetter
from typing import NamedTuple

_MET = "(?:收到|接到|接收|受理|发生|产生|出现)过?"
_BECAUSE = r"有?(?:因|被(?=申请|提起|提出|行政|起诉))(?=[^，。；\n]{0,40}(?:复议|诉讼))"
# A character in front of each: the regex engine finds one character ten times as fast as any of four.
_NEGATIONS = (
    rf"未(?:[曾有新]?{_MET}|有|{_BECAUSE})",
    rf"没(?:有?{_MET}|有|{_BECAUSE})",
    "不存在",
    "无(?<![有若如毫]无)(?![论法需须故效])",
)
_NEGATED = tuple(map(re.compile, _NEGATIONS))
_NO = f"(?:{'|'.join(_NEGATIONS)})"
_GAP = r"[^，,。；;：:！!对超逾延就不\n]"
_APPLICATIONS = re.compile(
    rf"{_NO}(?P<gap>{_GAP}{{0,24}}?)(?:(?:政府)?信息公开的?申请|依申请公开(?:政府信息|信息|件|事项)?的?(?:申请)?|"
    r"公开(?:政府)?(?:信息)?的?申请|申请公开)(?:件|事项|案件)?(?:等?的?(?:情况|情形|现象))?(?=[，,。；;！!、）)和及也或\n]|\Z)"
)
_APPLIED, _WITHIN = "申请", 40  # a word of every denial of applications, and how far behind its beginning it can stand
_REMEDIES = re.compile(rf"{_NO}[^，,。；;：:！!\n]{{0,40}}?(?P<what>(?:行政)?复议|(?:行政)?诉讼|起诉)[^，,。；;！!\n]*")
_ZERO = re.compile(r"为(?:零|0|０)(?=[，,。；;！!）)件起宗例\n]|\Z)")
_BEFORE_ZERO = re.compile(r"(?:行政)?(?:复议|诉讼)[^，,。；;：:\n]{0,16}\Z")
_NOT_OF_CASES = re.compile(
    "败诉|纠错|纠正|撤销|变更|维持|责任|超期|逾期|答复|不服|前置|渠道|途径|能力|经验|机制|可以|有权|应当|告知|违法|被动|差错|信访|"
    "理由|经复议|改进|困难|难度|之后"
)
_GENERAL = re.compile(r"理由|法律依据|关于.{0,4}的$|因$|[因经以]")


class Denial(NamedTuple):
    """``cell``: the cell or table that it speaks of; ``what`` is denied, in the words of the form."""

    cell: str
    start: int
    end: int
    what: str


def denials(text: str) -> Iterator[Denial]:
    """The denials in the running text, in order."""
    zero = list(_zero_cases(text))
    return merge(_met_none(text), zero, key=attrgetter("start")) if zero else _met_none(text)


def _met_none(text: str) -> Iterator[Denial]:
    cases = applications = 0  # where the last denial of each ends
    for start in sorted(negated.start() for pattern in _NEGATED for negated in pattern.finditer(text)):
        if start >= cases and (match := _REMEDIES.match(text, start)):
            cases = match.end()
            yield from _of_cases(text, start, match.start("what"), cases)
        if start < applications or text.find(_APPLIED, start, start + _WITHIN) < 0:
            continue
        if match := _APPLICATIONS.match(text, start):
            applications = match.end()
            if not _GENERAL.search(match["gap"]):
                yield Denial("applications.received.total", start, applications, "政府信息公开申请")


def _zero_cases(text: str) -> Iterator[Denial]:
    for match in _ZERO.finditer(text):
        if before := _BEFORE_ZERO.search(text, max(match.start() - 30, 0), match.start()):
            yield from _of_cases(text, before.start(), before.start(), match.end())


def _of_cases(text: str, start: int, what: int, end: int) -> Iterator[Denial]:
    if not _NOT_OF_CASES.search(text, start, end):
        kinds = [kind for kind, word in (("行政复议", "复议"), ("行政诉讼", "诉")) if word in text[what:end]]
        yield Denial("remedies", start, end, "、".join(kinds))

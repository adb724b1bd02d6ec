"""Numbers with a unit in running text: what is a statement of quantity, and what only looks like one.

Years, dates, document and telephone numbers, hotlines and numbering have no unit of this list, or stand behind 第.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from heapq import merge

from gongkai.reading.prose.numerals import value_of
from gongkai.reading.prose.running import Running
from gongkai.report.model import CHANGE, COUNT, DAILY, PERCENTAGE

_NUMBER = re.compile(
    r"([0-9０-９一二两三四五六七八九十百千零〇][0-9０-９一二两三四五六七八九十百千零〇万亿,.．]{0,23}+)([余多来]?[万亿]?)"
    r"(个百分点|[%％]|人次|件次|条次|[件条宗起份篇次人个家期场项户例名位封元台处部则批]|分之)"
)
_PER_HUNDRED = re.compile(r"百分之([0-9０-９.．一二三四五六七八九十百零〇两点]+)")
# What follows a number that names something instead of counting it.
_NAME = re.compile(
    r"个(?:工作日|自然日|月|小时|方面|部分|环节|层面|维度|试点|阶段|到位|确立|维护|意识|自信|坚持|转变|领域|必须|一律|年)|"
    r"次(?:全会|性)|起(?:实施|施行|执行|草|步|来|到|着|点)|人(?:民|员|大|一档|均|社)|件件|条(?:例|款|线|件)|部(?:门|分|署|委|队|级)|"
    r"家(?:级|人)|件(?:事|套)|期(?:限|间|待)|场(?:所|景|地)|处(?:理|罚|置|室|级)|位(?:置|于|一体)|份(?:内|额)|名(?:单|称|录|义|为|片)|"
    r"批(?:复|准|次|示|办)|项(?:目|（|\()|台(?:账|帐)|户(?:外|籍)|例(?:如|外|会)|则(?:上|为)|起(?=[至到])"
)
_CHINESE_ONLY = re.compile("[一二两三四五六七八九十百千零〇万亿]+")
_STOP = "，,。；;、：:！）)”\n"
_BEFORE_NAME = frozenset("第每任某同新又再这那哪逐唯几数某上统之")
_WHERE = ("线上", "网上")
_CUT = re.compile("[，,；;：:]")
_TAIL = re.compile(r"[^，,。；;：:、！0-9０-９]{0,30}")
_ABOUT_BEFORE = ("近", "约", "超", "逾", "超过", "不少于", "不低于", "至少", "接近", "不到", "突破")
_ABOUT_AFTER = ("以上", "左右", "以内", "之多", "上下", "以下")
_CHANGED = re.compile(
    r".*?(增长|增加|上升|提升|提高|下降|减少|降低|回落|增幅|降幅|净增|下滑|多|少)了?(?:幅度)?[达为近约超]?$"
)
# What the words of a change can end with: to look at one character is cheaper than for twenty words.
_CHANGED_ENDS = frozenset("长加升高降少低落幅增滑多了度达为近约超")
_COMPARED = re.compile("同比|环比|较去年|较上|比上|比去年|相比|较20|比20")
_DAILY = re.compile("日均|日平均|[日天]平均|平均每[日天]")
_RANGE_MARKS = tuple("-—–~～至到")
_RANGE = re.compile(r"[0-9０-９%％件条次][-—–~～至到]+$")


@dataclass(slots=True)
class Mention:
    """A number with its unit. Offsets are in the running text.

    ``lead`` and ``tail``: the words next to it, up to punctuation or its neighbours; ``gap``: everything since the
    mention before it, in the same sentence.
    """

    value: int | Decimal
    places: int
    unit: str
    role: str
    approximate: bool
    start: int
    end: int
    sentence: tuple[int, int]
    lead: str
    tail: str
    gap: str
    index: int = 0  # among the claims
    subject: str = ""
    scope: str | None = None
    part_of: Mention | None = None
    breakdown: int = 0
    exhaustive: bool = False
    cell: str | None = None


def mentions(running: Running) -> Iterator[Mention]:
    """The quantities stated in the running text, in order."""
    text = running.text
    found: Iterator[_Raw] = filter(None, (_number(text, match) for match in _NUMBER.finditer(text)))
    if text.rfind("百分之") >= 0:  # a third of the time that "in" takes
        found = merge(found, (_per_hundred(match) for match in _PER_HUNDRED.finditer(text)))
    return _in_sentences(running, found)


_Raw = tuple[int, int, str, str, bool]  # start, end, numeral, unit, approximate


def _number(text: str, match: re.Match[str]) -> _Raw | None:
    printed, more, unit = match.groups()
    start, end = match.span()
    before = text[start - 1] if start else ""
    named = before in _BEFORE_NAME and text[start - 2 : start] not in _WHERE
    if unit == "分之" or named or (before in "（(\n" and text[end : end + 1] in ("）", ")")):
        return None
    if unit not in "%％个百分点" or unit == "个":
        if _NAME.match(text, end - len(unit)):
            return None
        after = text[end : end + 1]
        if printed in ("一", "两", "三", "四") and unit not in ("件", "元") and after and after not in _STOP:
            return None
        if before == "的" and _CHINESE_ONLY.fullmatch(printed):
            return None
    printed = printed.rstrip(",.．")
    if printed != match.group(1):
        return None
    about = more[:1] in ("余", "多", "来")
    if more and more[-1] in "万亿":
        printed += more[-1]
    return start, end, printed, "%" if unit == "％" else unit, about


def _per_hundred(match: re.Match[str]) -> _Raw:
    return match.start(), match.end(), match.group(1), "%", False


def _in_sentences(running: Running, found: Iterator[_Raw]) -> Iterator[Mention]:
    text = running.text
    previous = first = last = 0
    for start, end, printed, unit, rounded in found:
        value = value_of(printed)
        if value is None:
            continue
        if start >= last:
            first, last = sentence = running.sentence(start)
        gap = text[max(previous, first) : start]
        lead = _CUT.split(gap)[-1]
        tail = _TAIL.match(text, end, last).group()  # type: ignore[union-attr]  # it matches the empty string
        previous = end
        about = rounded or lead.endswith(_ABOUT_BEFORE) or tail.startswith(_ABOUT_AFTER)
        if lead.endswith(_RANGE_MARKS):
            about = about or _RANGE.search(text[max(start - 8, 0) : start]) is not None
        role = _role(unit, lead, gap, tail)
        yield Mention(*value, unit, role, about, start, end, sentence, lead, tail, gap)


def _role(unit: str, lead: str, gap: str, tail: str) -> str:
    if unit == "个百分点":
        return CHANGE
    changed = _CHANGED.match(lead[-9:]) if lead[-1:] in _CHANGED_ENDS else None
    # "多3件" compares only beside what it is compared with.
    if changed and (unit == "%" or changed[1] not in "多少" or _COMPARED.search(gap)):
        return CHANGE
    if unit == "%":
        return CHANGE if lead.endswith(("同比", "环比")) else PERCENTAGE
    daily = tail.startswith(("/日", "/天")) or ("均" in lead and _DAILY.search(lead))
    return DAILY if daily else COUNT

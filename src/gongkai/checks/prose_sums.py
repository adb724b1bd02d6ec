"""The arithmetic of the narrative itself: X2 (percentages), X3 (parts of a whole), X4 (daily averages)."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gongkai.checks.findings import ERROR, WARNING, Fault
from gongkai.checks.registry import Case, reading
from gongkai.checks.words import bare
from gongkai.report.model import CHANGE, COUNT, DAILY, PERCENTAGE, Claim

SOURCE = "条例 第五十条"
_RATE = re.compile(r"([\u4e00-\u9fff]{2,10})率")
_GENERAL = re.compile("^(?:全年|年度|平均|综合|总体|整体|群众|到|的|总|均)+")
_SHARE = re.compile(r"占(?!全|辖)[^，,。；;]{0,12}$")
_OTHER_WHOLE = re.compile("全[县区市省国州]|辖区")
_OUTLET = re.compile("网站|公众号|微博|抖音|平台|APP|客户端|报纸|电视|头条|新媒体|公开栏|显示屏|微信")
_KINDS = {
    "公众号": re.compile("公众号|订阅号"),
    "视频号": re.compile("视频号"),
    "头条号": re.compile("头条"),
    "微博": re.compile("微博"),
    "抖音号": re.compile("抖音"),
    "快手号": re.compile("快手"),
    "APP": re.compile("APP|客户端|手机应用", re.IGNORECASE),
    "小程序": re.compile("小程序"),
    "哔哩哔哩号": re.compile("哔哩|B站"),
}
_DAILY_WORDS = re.compile(
    r"日均|日平均|平均每[日天]|每[日天]平均|[日天]|全年|20\d\d年度?|年度?|累计|总共|总计|总|共计?|达到?|约|为|有|近|超过?|逾"
)
_OF_THE_YEAR = re.compile(r"全年|本年|今年|当年|年内|20\d\d年")
_PART_OF_A_YEAR = re.compile("年|月|季|期|以来|目前|历史|工作日")


def _show(value: int | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@reading(name="percentage-wrong", id="X2", title="百分比与分子分母不符", severity=ERROR, source=SOURCE)
def percentage_wrong(case: Case) -> Iterator[Fault]:
    """同一句中写明了分子、分母的百分比，应等于两者之比四舍五入到所写的位数；写明了上年数（或增减数）的增长、下降比例，
    也应与之相符。只写比率、没有写分子的，不作判断；写作约数的不作判断。"""
    claims = case.report.claims
    for index, claim in enumerate(claims):
        if claim.role == CHANGE and claim.unit == "%" and not claim.approximate:
            yield from _grown(case, index)
        if claim.role != PERCENTAGE or claim.approximate or (pair := _ratio(case, index)) is None:
            continue
        part, whole = pair
        exact = (Decimal(100) * part.value / whole.value).quantize(Decimal(1).scaleb(-claim.places), ROUND_HALF_UP)
        if exact != claim.value:
            stated = f"{part.subject}{part.printed}、{whole.subject}{whole.printed}"
            message = f"{stated}，比例应为 {exact}%，正文写作 {claim.printed}"
            yield Fault(message, (claim.place, part.place, whole.place), f"{exact}%", claim.printed)


def _ratio(case: Case, index: int) -> tuple[Claim, Claim] | None:
    """The numerator and denominator stated before a percentage, in the same part of its sentence."""
    claims = case.report.claims
    claim = claims[index]
    same = [c for c in claims[:index] if c.sentence == claim.sentence and c.role == COUNT]
    text = case.report.text
    near = [c for c in same if not re.search("[；;]", text[c.place.end : claim.place.start])]
    if rate := _RATE.search(claim.subject):
        verb = _GENERAL.sub("", rate.group(1))
        done = [c for c in near if verb and verb in c.subject]
        if not done:
            return None
        part = done[-1]
        before = near[: near.index(part)]
        wholes = [c for c in before if c.unit == part.unit and verb not in c.subject and c.part_of is None]
        whole = claims[part.part_of] if part.part_of is not None else wholes[-1] if wholes else None
    elif _SHARE.search(claim.subject) and near and not _OTHER_WHOLE.search(claim.subject):
        part = near[-1]
        whole = claims[part.part_of] if part.part_of is not None else None
    else:
        return None
    if whole is None or not whole.value or part.approximate or whole.approximate or _times_differ(part, whole):
        return None
    return part, whole


_GROWTH = re.compile(r"(?:同比|环比)?(?:(?P<up>增长|上升|提升|提高|增幅)|下降|减少|降低|降幅)了?[达为]?$")
_THAN_LAST = re.compile(r"(?:较|比|与)(?:去年|上一?年|20\d\d年)")


def _grown(case: Case, index: int) -> Iterator[Fault]:
    """A growth rate beside the numbers of both years, or beside this year's and what was added to last year's."""
    claim = case.report.claims[index]
    growth = _GROWTH.fullmatch(claim.subject)
    before = [c for c in case.report.claims[max(index - 3, 0) : index] if c.sentence == claim.sentence]
    if not growth or not before or re.search("[；;]", case.report.text[before[0].place.end : claim.place.start]):
        return
    if before[-1].role == CHANGE and len(before) > 2 and _THAN_LAST.match(before[-2].subject):
        del before[-1]  # "比上年的500条增加100条，增长20%"
    last = before[-1]
    now = before[-2] if len(before) > 1 else last
    if last.role == CHANGE and _THAN_LAST.match(last.subject):
        more = last.value if growth["up"] else -last.value
        then = now.value - more
    elif last.role == COUNT and _THAN_LAST.match(last.subject):
        then = last.value
    else:
        return
    if {c.unit for c in (now, last)} != {now.unit} or now is last or now.role != COUNT or then <= 0:
        return
    if now.approximate or last.approximate or now.scope or last.scope:
        return
    exact = (Decimal(100) * (now.value - then) / then).quantize(Decimal(1).scaleb(-claim.places), ROUND_HALF_UP)
    if exact != (claim.value if growth["up"] else -claim.value):
        said = f"{'增长' if exact >= 0 else '下降'} {abs(exact)}%"
        stated = f"{now.subject}{now.printed}、{last.subject}{last.printed}"
        message = f"{stated}，应为{said}，正文写作{claim.subject}{claim.printed}"
        yield Fault(message, (claim.place, now.place, last.place), f"{exact}%", claim.printed)


def _times_differ(one: Claim, other: Claim) -> bool:
    return one.scope != other.scope and any(_PART_OF_A_YEAR.search(c.scope or "") for c in (one, other))


@reading(name="parts-do-not-add-up", id="X3", title="正文分项之和不等于总数", severity=ERROR, source=SOURCE)
def parts_do_not_add_up(case: Case) -> Iterator[Fault]:
    """正文写明的分项是全部分项时，其和应等于总数；“其中……等”不是全部，只在超过总数时才算错。政务新媒体账号按种类分列的，
    同一总数之下不应另有未列的种类。"""
    claims = case.report.claims
    for whole, parts in _breakdowns(claims):
        total = sum(part.value for part in parts)
        overlapping = not parts[0].exhaustive and len(parts) > 1 and all(_OUTLET.search(p.subject) for p in parts)
        if total == whole.value or (total < whole.value and not parts[0].exhaustive) or overlapping:
            continue
        sums = " + ".join(_show(part.value) for part in parts)
        sums = f"{sums} = {_show(total)}" if len(parts) > 1 else sums
        message = f"正文总数“{whole.subject}{whole.printed}”，分项 {sums}"
        yield Fault(message, (whole.place, *(p.place for p in parts)), _show(whole.value), _show(total))
    yield from _unlisted_accounts(case)


def _breakdowns(claims: Sequence[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    groups: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        if claim.part_of is not None:
            groups.setdefault((claim.part_of, claim.breakdown), []).append(claim)
    for (index, _), parts in groups.items():
        whole = claims[index]
        if not whole.approximate and not any(part.approximate for part in parts):
            yield whole, parts


def _kinds(words: str) -> set[str]:
    return {kind for kind, pattern in _KINDS.items() if pattern.search(words)}


def _unlisted_accounts(case: Case) -> Iterator[Fault]:
    """The same number of accounts is stated again, with a kind among them that the breakdown does not have."""
    claims = case.report.claims
    for whole, parts in _breakdowns(claims):
        listed = [_kinds(part.subject) for part in parts]
        if whole.unit not in ("个", "家") or not parts[0].exhaustive or not all(listed):
            continue
        for claim in claims:
            if claim is whole or (claim.value, claim.unit) != (whole.value, whole.unit) or "媒体" not in claim.subject:
                continue
            words = bare(case.report.text[claim.sentence[0] : claim.place.start])
            words = words[max(words.rfind(mark) for mark in "，,；;：:") + 1 :]
            if extra := sorted(_kinds(words) - set().union(*listed)):
                kinds = "、".join(extra)
                stated, before = f"{claim.printed}{claim.subject}", f"{whole.subject}{whole.printed}"
                message = f"“{stated}”中举出 {kinds}，而“{before}”的分项中没有 {kinds}"
                yield Fault(message, (claim.place, whole.place), found=kinds)


@reading(name="daily-average-wrong", id="X4", title="日均与全年总数不符", severity=WARNING, source=SOURCE)
def daily_average_wrong(case: Case) -> Iterator[Fault]:
    """同一事项的日均数乘以全年天数，应与全年总数相符（误差 1% 以内，约数按所写的位数放宽）。按工作日计算的、不是全年的
    不作判断。"""
    claims = case.report.claims
    days = 366 if case.report.year and isleap(case.report.year) else 365
    for index, daily in enumerate(claims):
        if daily.role != DAILY or "工作日" in daily.subject:
            continue
        total = _yearly(case, index)
        if total is None:
            continue
        low, high = (edge * days for edge in _range(daily))
        least, most = _range(total)
        if high < least * Decimal("0.99") or low > most * Decimal("1.01"):
            message = (
                f"全年 {total.printed}除以 {days} 天，日均约 {round(total.value / days)}{total.unit}，"
                f"正文写作日均 {daily.printed}"
            )
            yield Fault(message, (daily.place, total.place), str(round(total.value / days)), _show(daily.value))


def _range(claim: Claim) -> tuple[Decimal, Decimal]:
    """Between which numbers a printed number lies: half its last digit, or a whole one where it says 约, 近, 余."""
    step = Decimal(1).scaleb(-claim.places)
    if claim.approximate and not claim.value % 10:
        digits = str(int(claim.value))
        step = max(step, Decimal(10) ** (len(digits) - len(digits.rstrip("0"))))
    margin = step if claim.approximate else step / 2
    return claim.value - margin, claim.value + margin


def _yearly(case: Case, index: int) -> Claim | None:
    """The total of the year for the subject of a daily average."""
    claims = case.report.claims
    daily = claims[index]
    core = _DAILY_WORDS.sub("", daily.subject)
    counts = [
        c for c in claims if c.role == COUNT and c.unit == daily.unit and not _PART_OF_A_YEAR.search(c.scope or "")
    ]
    counts = [c for c in counts if c.chapter == daily.chapter and c.part_of is None and not _accumulated(case, c)]
    near = [c for c in counts if c.sentence == daily.sentence and _alike(core, _DAILY_WORDS.sub("", c.subject))]
    if near:
        return min(near, key=lambda c: abs(c.place.start - daily.place.start))
    elsewhere = [c for c in counts if len(core) >= 3 and _DAILY_WORDS.sub("", c.subject) == core]
    return elsewhere[0] if len(elsewhere) == 1 else None


def _accumulated(case: Case, claim: Claim) -> bool:
    """Whether a number may have been added up over more than the year."""
    said = bare(case.report.text[claim.sentence[0] : claim.place.start])
    return "累计" in claim.subject and not _OF_THE_YEAR.search(said)


def _alike(one: str, other: str) -> bool:
    return one in other or (bool(other) and other in one)

"""Parts of a whole: 其中…, …分别为…, 类别有：…, X中…. Sets ``part_of``, ``breakdown`` and ``exhaustive`` of the parts.

Parts count as all of the whole only where the words or the kind of division say so: an open list (等, 主要) never does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.reading.prose.mentions import Mention
from gongkai.report.model import COUNT

_DIVIDED = re.compile(
    r"(?:类别|种类|类型|分类|渠道|方式|形式|构成)(?:分别)?(?:有|为|是|包括|如下)?[：:]|分为[：:]?|按.{2,8}分"
)
_OPENER = re.compile(rf"其中|{_DIVIDED.pattern}|包括[：:]?|包含[：:]?")
_OPENING_WORDS = ("其中", "：", ":", "分", "包")
_INSIDE = re.compile(
    r"(?:^|[，,。；;])([^，,。；;：:]{3,14}?)中[，,]?(?![心小国央医学型介层标华共旬间草期])(?=[^，,]{2,})"
)
_NOT_INSIDE = re.compile(r"(?:其|工作|过程|当|集|年|申请|初|高|系统)$")
_IN_BRACKETS = re.compile(r"[（(][^）)]*$")
_REST = re.compile("其他|其它|其余|另外")
_OPEN = re.compile("主要|重点|如[：:]|例如|包含|典型")
_NEW_TOTAL = re.compile(
    r"(?<!公)共(?![享同建])|累计|全部|总计|总共|合计|均[已在]|同比|较上|比上|此外|开展|举办|召开|组织[^，]*培训|(?:收到|受理|接收).*[留诉信热建提来工转]"
)
_FAR = 40  # numbers between a whole and its parts
# Divisions whose kinds exclude one another. ``True``: naming two of them without 等 means to name all.
_DIVISIONS = (
    ("media", True, re.compile("公众号|头条|微博|抖音|视频号|快手|APP|app|App|客户端|小程序|微信|订阅号|哔哩|生活号")),
    ("applicant", True, re.compile("自然人|公民|个人|法人|企业|科研机构|公益组织|法律服务|其他组织")),
    ("outcome", False, re.compile("予公开|以公开|部分公开|无法提供|予处理|其他处理|不掌握|重复申请")),
    ("state", False, re.compile("办结|答复|结转|办理|回复|处理|审结")),
    ("channel", True, re.compile("网络|网上|线上|在线|信函|邮寄|来信|信件|当面|现场|窗口|传真|邮件|邮箱|线下")),
)
_OPENNESS = re.compile("(?:主动|依申请|不予|不)公开$")  # of documents: who may see them
_ALL_NAMED = frozenset(name for name, all_named, _ in _DIVISIONS if all_named)


def set_parts(found: Sequence[Mention]) -> None:
    """Finds the breakdowns among the mentions of one line."""
    counts = [m for m in found if m.role == COUNT]
    number = i = 0
    while i < len(counts):
        whole = _whole(counts, i)
        parts = _parts(counts, i) if whole else []
        if whole:
            all_of_it = _exhaustive(parts, whole)
            for part in parts:
                part.part_of, part.breakdown, part.exhaustive = whole, number, all_of_it
            number += 1
        i += max(len(parts), 1)


def _whole(counts: Sequence[Mention], i: int) -> Mention | None:
    """The whole that ``counts[i]`` opens a breakdown of."""
    mention, gap = counts[i], counts[i].gap
    if i == 0 or not gap:
        return None
    opened = _OPENER.search(gap) if any(word in gap for word in _OPENING_WORDS) else None
    divided = ("分别" in mention.lead or gap[0] in "（(") and division(mention) in _ALL_NAMED
    if not (opened or divided or "中" in gap) or _NEW_TOTAL.search(mention.lead):
        return None
    before = [c for c in counts[max(i - _FAR, 0) : i] if c.unit == mention.unit]
    if (inside := _INSIDE.search(gap)) and not _NOT_INSIDE.search(inside.group(1)):
        name = inside.group(1)
        named = [c for c in before if name[:4] in c.lead or name[-4:] in c.lead]
        if named:
            return named[-1]
    if not before or not (opened or divided):
        return None
    last = before[-1]
    if last.end == mention.start - len(gap) and _IN_BRACKETS.search(gap):
        return last  # "网站67条（其中动态62条）"
    same = [c for c in before if c.sentence == mention.sentence]
    near = same or [c for c in before if c.sentence[1] == mention.sentence[0]]
    wholes = [c for c in near if c.part_of is None]
    return wholes[-1] if wholes else None


def _parts(counts: Sequence[Mention], i: int) -> list[Mention]:
    """``counts[i]`` and what goes on dividing: the same sentence, unit and division, and no new statement begun."""
    first = counts[i]
    kind = division(first)
    parts = [first]
    by_semicolon = False
    for mention in counts[i + 1 :]:
        gap = mention.gap
        if mention.sentence != first.sentence or mention.unit != first.unit or _NEW_TOTAL.search(mention.lead):
            break
        if "其中" in gap or gap[:1] in ("）", ")"):
            break
        openness = _OPENNESS.search(first.lead) and _OPENNESS.search(mention.lead)
        if division(mention) != kind and not (openness or _REST.search(mention.lead)):
            break
        semicolon = "；" in gap or ";" in gap
        if len(parts) > 1 and semicolon and not by_semicolon:
            break
        by_semicolon = semicolon
        parts.append(mention)
    return parts


def division(mention: Mention) -> str | None:
    """The known division whose kind the words beside the number name ("channel" for 信函申请)."""
    words = mention.lead + mention.tail
    return next((name for name, _, pattern in _DIVISIONS if pattern.search(words)), None)


def _exhaustive(parts: Sequence[Mention], whole: Mention) -> bool:
    if whole.approximate or any(p.approximate for p in parts) or parts[-1].tail.startswith("等"):
        return False
    if any(_REST.search(p.lead) for p in parts):
        return True
    opening = parts[0].gap
    if len(parts) < 2 or _OPEN.search(opening):
        return False
    total = sum(p.value for p in parts)
    if total == whole.value or "分别" in opening:
        return True
    if _DIVIDED.search(opening) or ("其中" not in opening and _INSIDE.search(opening)):
        return whole.value * 98 <= total * 100  # said to divide it, and all but the last few are there
    kind = division(parts[0])
    # Accounts are of one kind each; an item published may go out on several.
    return kind in _ALL_NAMED and (kind != "media" or whole.unit in ("个", "家"))

"""Denials: 未收到政府信息公开申请, 没有因政府信息公开被申请行政复议和行政诉讼, …. A general denial denies the particular."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NO = r"(?:未(?:曾|有|新)?(?:收到|接到|接收|受理|发生|产生|出现)过?|没有?(?:收到|接到|接收|受理|发生|产生|出现)过?|未有|没有|不存在|[^有若如毫]无(?![论法需须故效]))"
_GAP = r"[^，,。；;：:！!对超逾延就不]"
_APPLICATIONS = re.compile(
    rf"{_NO}(?P<gap>{_GAP}{{0,24}}?)(?:(?:政府)?信息公开的?申请|依申请公开(?:政府信息|信息|件|事项)?的?(?:申请)?|公开(?:政府)?(?:信息)?的?申请|申请公开)"
    r"(?:件|事项|案件)?(?:等?的?(?:情况|情形|现象))?(?=[，,。；;！!、）)和及也或]|$)"
)
_REMEDIES = re.compile(
    rf"(?:{_NO}|[未没](?:有)?[因被](?!告知))(?P<gap>[^，,。；;：:！!]{{0,40}}?)(?P<what>(?:行政)?复议|(?:行政)?诉讼|起诉)(?P<rest>[^，,。；;！!]*)"
)
_ZERO = re.compile(r"(?P<what>(?:行政)?(?:复议|诉讼)[^，,。；;：:]{0,16})(?:均|都|皆|数量?)*为(?:零|0|０)(?=[，,。；;！!）)件起宗例]|$)")
_NOT_OF_CASES = re.compile(
    r"败诉|纠错|纠正|撤销|变更|维持|责任|超期|逾期|答复|不服|前置|渠道|途径|能力|经验|机制|可以|有权|应当|告知|违法|被动|差错|信访|理由|经复议|改进|困难|难度|之后"
)
_GENERAL = re.compile(r"理由|法律依据|关于.{0,4}的$|因$|[因经以]")


def denials(text: str) -> Iterator[tuple[str, int, int, str]]:
    """(cell or table, start, end, what is denied) for each denial in one line."""
    if not ("申请" in text or "复议" in text or "诉讼" in text):
        return
    for match in _APPLICATIONS.finditer(text):
        if not _GENERAL.search(match["gap"]):
            yield "applications.received.total", match.start(), match.end(), "政府信息公开申请"
    for pattern in (_REMEDIES, _ZERO):
        for match in pattern.finditer(text):
            phrase = match.group()
            if _NOT_OF_CASES.search(phrase):
                continue
            words = match["what"] + (match["rest"] if pattern is _REMEDIES else "")
            kinds = [kind for kind, word in (("行政复议", "复议"), ("行政诉讼", "诉")) if word in words]
            yield "remedies", match.start(), match.end(), "、".join(kinds)

"""Whom and when a figure speaks of, where the sentence says that it is not simply this body in this year.

The scope is kept as printed; whether it is the body's own after all (全县 in the report of a county) is decided where
the kind of body is known (``gongkai.checks.scope``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.reading.prose.alternatives import any_of
from gongkai.reading.prose.mentions import Mention

_OWN_TIME = (
    *("全年", "本年", "今年", "当年", "年内", "1至12月", "1-12月", "1—12月", "1月至12月", "1月-12月", "1月—12月"),
    *("1月1日", "12月31日", "12月底", "本报告期", "报告期内"),
)
_OTHER_TIME = (
    *(
        "上半年",
        "下半年",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "本月",
        "当月",
        "去年",
        "上年",
        "上一年",
        "前年",
        "同期",
    ),
    *(
        "历年",
        "多年",
        "以来",
        "历史",
        "截至目前",
        "截止目前",
        "目前为止",
        "近两年",
        "近三年",
        "近五年",
        "两年来",
        "三年来",
    ),
    *("五年来", "每年", "每月", "月均", "年均"),
)
_MONTHS = [f"{n}月" for n in range(12, 0, -1)]
_BODIES = [
    *(a + b for a in "全我本" for b in ("县", "区", "市", "旗", "镇", "乡", "街道", "州", "省", "系统")),
    *(a + b for a in "我本" for b in "局办委院会馆队站所厅级"),
    *(a + b for a in "我本" for b in ("单位", "中心", "机关", "部门")),
    *("各" + b for b in ("乡", "镇", "街道", "部门", "单位", "级", "地", "县", "区", "市", "科室", "股室")),
    *(a + b for a in "县区市旗" for b in ("直", "本级", "级部门", "级单位", "属")),
    *("政府部门", "下属", "所属", "二级单位", "分局", "派出所", "政府办"),
    *(f"{a}{b}政府{c}" for a in "县区市旗镇乡" for b in ("人民", "") for c in ("办", "")),
]
_WORDS = any_of([r"20\d\d年", *_OWN_TIME, *_OTHER_TIME, *_MONTHS, *sorted(_BODIES, key=len, reverse=True)])
_TIMES = frozenset((*_OWN_TIME, *_OTHER_TIME, *_MONTHS))
# 县政府门户网站, 政府办公室文件, 本机关不掌握相关信息: a body in a name, not one that speaks.
_NAMED_IN_PASSING = ("政府", "办", "机关")
_NOT_A_BODY = re.compile(
    r"(?:公室)?(?:门户|网站|网|平台|信息公开|公开|信息|工作报告|常务会|公报|热线|规章|领导|主要|要求|文件|安排|高质量|指导|统一|不掌握)"
)
_UP_TO = ("截至", "截止")
_COMPARED = re.compile("度?(?:结转|相比)")

# The body named right before what it does: "其中县公安局受理…".
_AGENT = re.compile(
    r"([\u4e00-\u9fff]{2,20}?(?:局|镇|乡|街道|办事处|委|委员会|中心|政府|办公室|大队|支队|院|馆|公司))"
    r"(?:共|累计|全年|本年|合计|总共|依法|已|没有|也|均)*(?:未|收到|受理|接收|接到|新收|办结|答复|发生|出现|制发|制定|印发|废止|作出)"
)
_BODY_END = re.compile("[局镇乡道处委会心府室队院馆司]")
_NOT_ITS_NAME = re.compile(r"(?:其中|截[至止]|由|在|经)?(?:20\d\d年度?|全年|本年度?|今年|年内)?")

Scope = tuple[str | None, str | None]  # time, body


def set_scopes(text: str, found: Iterable[Mention], year: int | None) -> None:
    """Gives each mention, in order, the words of its sentence before it that bind it to another time or body."""
    scope: Scope = (None, None)
    at = 0
    for mention in found:
        if mention.sentence[0] >= at:
            scope, at = (None, None), mention.sentence[0]
        scope = _after(text, at, mention.start, year, scope)
        at = mention.start
        mention.scope = scope[0] or scope[1]


def scope_at(text: str, start: int, end: int, year: int | None) -> str | None:
    """The scope that holds at ``end`` in the sentence that begins at ``start``."""
    time, body = _after(text, start, end, year, (None, None))
    return time or body


def _after(text: str, start: int, end: int, year: int | None, scope: Scope) -> Scope:
    time, body = scope
    for match in _WORDS.finditer(text, start, end):
        word, after = match.group(), match.end()
        if word not in _TIMES and word[0] != "2":
            if not (word.endswith(_NAMED_IN_PASSING) and _NOT_A_BODY.match(text, after)):
                body = word
        elif word in _OWN_TIME or word == f"{year}年":
            time = None
        elif text[match.start() - 2 : match.start()] in _UP_TO:
            time = None if word == "12月" else word
        elif text[match.start() - 1 : match.start()] not in tuple("较比与同至到") and not _COMPARED.match(text, after):
            time = word  # else compared with that year, or carried over to or from it
    return time, body


def agent(lead: str) -> str | None:
    """The body that ``lead`` names as the one who received or did something ("其中县公安局受理")."""
    match = _AGENT.search(lead) if _BODY_END.search(lead) else None
    return _NOT_ITS_NAME.sub("", match.group(1), count=1) if match else None

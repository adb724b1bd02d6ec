"""What a web page shows around its article, and how to tell it from the article.

Nothing is dropped for the name of its class alone when it holds the words of a report: sites put whole reports into
boxes named ``footer``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from gongkai.reading.html.marks import DROP, DROP_END, KNOWN

# The letter behind DROP: never text; chrome unless a report is in it; a head, which may also hold the title; hidden.
SCRIPT, CHROME, HEAD, HIDDEN = "s", "c", "h", "d"

KINDS = dict.fromkeys(
    ["script", "style", "title", "template", "select", "textarea", "iframe", "object", "datalist"], SCRIPT
)
KINDS |= dict.fromkeys(["del", "s", "strike"], SCRIPT)  # struck out: 91 would be read where 9 was changed to 1
KINDS |= dict.fromkeys(["nav", "footer", "button", "dialog", "x-foreign"], CHROME) | {"header": HEAD}
# Elements that are named for what is in them.
CONTAINERS = frozenset(["div", "ul", "ol", "dl", "section", "aside", "form", "table", "center", "article"])
_CLASSES = re.compile(
    r"nav|menu|foot|crumb|share|sidebar|login|popup|modal|dialog|copyright|toolbar|pagination|qrcode|weizhi|dqwz|"
    r"(?<![a-z])(?:position|location|layer|fenxiang|print|search|banner|topbar|side|related|wzfz)(?![a-z])"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I)
_HEADS = re.compile(r"head(?!ing|line)|(?<![a-z])top(?![a-z])")
# A character class in front, what stands in it behind lookbehinds: so the regex engine skips to these characters.
_REPORT = re.compile(
    rf"[{KNOWN}本予结一二三四五六](?:(?<={KNOWN})|(?<=本)年(?:新收|制发|度办理|处理决定|收费)|(?<=予)以公开|(?<=结)果维持|"
    r"(?<=[一二三四五六])[、.．]\s*(?:总体情况|總體情況|概述|主动公开|主動公開|收到和处理|收到和處理|依申请公开|"
    r"政府信息公开行政复议|因?政府信息公开|行政复议|存在的?(?:主要)?问题|其他需要|其它需要))"
)
_TITLE = re.compile(
    r"20\d\d\s*年度?[^\x1d]{0,30}报告|报告(?<=[^\x1d]{15})|发布时间|发布日期|发布机构|成文日期|索引号|来\s*源[:：]"
)

_TOOLS = (
    r"字号|字体|大|中|小|默认|打印(?:本页|页面|本文)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|分享(?:到|至)?|微信|微博|"
    r"新浪微博|QQ空间|QQ好友|朋友圈|返回(?:顶部|列表|首页)?|扫一扫[^\x1d]{0,20}+|无障碍(?:阅读|浏览)?|登录|注册|退出|取消|确定|[|｜A+-]"
)
_LINE = re.compile(
    r"(?:您|你)?(?:现在|当前|目前|所在)*(?:的|所在)?位置(?:是)?\s*[:：>＞].*|"
    r"(?:上一篇|下一篇|上一条|下一条|相关链接|友情链接|分享到|分享至)\s*(?:[:：].*|)|"
    r"温馨提示[:：]?|.*(?:统一身份认证|ICP备|公网安备|网站标识码|政府网站找错).*|版权所有.*|.*版权所有[:：©].*|"
    rf"(?=.*(?:字号|字体|打印|关闭|收藏|分享|返回|扫一扫|无障碍|登录))(?>(?:[\s【】\[\]()（）:：,，、/]|{_TOOLS})+)"
)


def is_chrome_line(line: str) -> bool:
    """Whether a line of running text is a breadcrumb, a button, a foot of the site and no more."""
    return len(line) < 120 and _LINE.fullmatch(line) is not None and not _REPORT.search(line)


def holds_report(marked: str) -> bool:
    """Whether words of a report are in a part of a page."""
    return _REPORT.search(marked) is not None


def kind(tag: str, attributes: Mapping[str, str | None]) -> str | None:
    """How ``drop`` shall judge an element; ``None`` for one that is text. Only containers are asked for attributes."""
    if tag not in CONTAINERS:
        return KINDS.get(tag)
    return kind_by_name(f"{attributes.get('class')} {attributes.get('id')}") if attributes else None


def hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether the attributes of an element say that it is not shown."""
    return "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or "") is not None


@lru_cache(maxsize=4096)
def kind_by_name(names: str) -> str | None:
    """``CHROME`` or ``HEAD`` when the class and id of an element say so."""
    names = names.lower()
    if _CLASSES.search(names):
        return CHROME
    return HEAD if _HEADS.search(names) else None


def drop(marked: str) -> str:
    """``marked`` without the regions between ``DROP`` and ``DROP_END`` that hold no report."""
    if DROP not in marked:
        return marked
    regions = _regions(marked)
    hidden = [region for region in regions if region[2] == HIDDEN]
    all_hidden = bool(hidden) and not _REPORT.search(_without(hidden, marked))
    report, title = _Finder(_REPORT, marked), _Finder(_TITLE, marked)

    def goes(region: tuple[int, int, str]) -> bool:
        start, end, kind = region
        if kind == SCRIPT or (kind == HIDDEN and not all_hidden):
            return True
        # Metadata lines stand in boxes named after the share buttons beside them.
        may_be_title = kind == HEAD or (kind == CHROME and end - start < 400)
        return not (report.within(start, end) or (may_be_title and title.within(start, end)))

    left = _without(filter(goes, regions), marked)
    return re.sub(f"{DROP}.|{DROP_END}", "", left) if DROP in left else left


def _without(regions: Iterable[tuple[int, int, str]], marked: str) -> str:
    out: list[str] = []
    position = 0
    for start, end, _kind in regions:
        if start >= position:  # not inside a region that is gone
            out.append(marked[position:start])
            position = end
    return "".join(out) + marked[position:]


class _Finder:
    """Whether a pattern is in a region, for regions in the order of their beginning: no place is searched twice."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern, self._text = pattern, text
        self._found, self._done = -1, 0  # the last place found; where the search goes on

    def within(self, start: int, end: int) -> bool:
        if self._found < start:
            if self._done >= end or not (match := self._pattern.search(self._text, max(start, self._done), end)):
                self._done = max(self._done, end)
                return False
            self._found, self._done = match.start(), match.start() + 1
        return self._found < end


def _regions(marked: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of each region, outer before inner; an unclosed one ends with the text."""
    regions: list[tuple[int, int, str]] = []
    open_at: list[int] = []
    start, end = marked.find(DROP), marked.find(DROP_END)
    while start >= 0 or end >= 0:
        if end < 0 or 0 <= start < end:
            open_at.append(len(regions))
            regions.append((start, len(marked), marked[start + 1 : start + 2]))
            start = marked.find(DROP, start + 1)
        else:
            if open_at:
                index = open_at.pop()
                regions[index] = (regions[index][0], end + 1, regions[index][2])
            end = marked.find(DROP_END, end + 1)
    return regions

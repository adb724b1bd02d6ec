"""What a web page shows around its article, and how to tell it from the article.

Nothing is dropped for the name of its class alone when it holds the words of a report: sites put whole reports into
boxes named ``footer``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

DROP, DROP_END = "\x0e", "\x0f"
# The letter behind DROP: never text; chrome unless a report is in it; a head, which may also hold the title; hidden.
SCRIPT, CHROME, HEAD, HIDDEN = "s", "c", "h", "d"

NAMED_ATTRIBUTE = "x-chrome"  # set in the source where ``kind_by_name`` has an answer
ALWAYS = ("script", "style", "template", "select", "textarea", "iframe", "object", "datalist")
USUALLY = ("nav", "footer", "button", "dialog", "x-foreign")
_CLASSES = re.compile(
    rb"nav|menu|foot|crumb|share|sidebar|login|popup|modal|dialog|copyright|toolbar|pagination|qrcode|weizhi|dqwz|"
    rb"(?<![a-z])(?:position|location|layer|fenxiang|print|search|banner|topbar|side|related|wzfz)(?![a-z])"
)
_HEADS = re.compile(rb"head(?!ing|line)|(?<![a-z])top(?![a-z])")
_NAMES = re.compile(rb"""[\s"'/](?:class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s>]*)""")
_REPORT = re.compile(
    r"本年新收|本年制发|本年度办理|本年处理决定|本年收费|予以公开|结果维持|"
    r"[一二三四五六][、.．]\s*(?:总体情况|總體情況|概述|主动公开|主動公開|收到和处理|收到和處理|依申请公开|"
    r"政府信息公开行政复议|因?政府信息公开|行政复议|存在的?(?:主要)?问题|其他需要|其它需要)"
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


def kind_by_name(tag: bytes) -> str | None:
    """``CHROME`` or ``HEAD`` when the class or id in the tag of an element says so."""
    kind = _kind(b" ".join(_NAMES.findall(tag.lower())))
    return kind or (HEAD if tag[:7].lower() == b"<header" else None)


@lru_cache(maxsize=4096)
def _kind(names: bytes) -> str | None:
    if _CLASSES.search(names):
        return CHROME
    return HEAD if _HEADS.search(names) else None


def drop(marked: str) -> str:
    """``marked`` without the regions between ``DROP`` and ``DROP_END`` that hold no report."""
    if DROP not in marked:
        return marked
    report = [match.start() for match in _REPORT.finditer(marked)]
    title = [match.start() for match in _TITLE.finditer(marked)]
    regions = _regions(marked)
    hidden = _outermost([(start, end) for start, end, kind in regions if kind == HIDDEN])
    all_hidden = all(_covered(place, hidden) for place in report)
    out: list[str] = []
    position = 0
    for start, end, kind in regions:
        if start < position:
            continue  # inside a region that is gone
        holds = _any_within(report, start, end)
        if kind == HEAD:
            holds = holds or _any_within(title, start, end)
        elif kind == CHROME:
            # Metadata lines stand in boxes named after the share buttons beside them.
            holds = holds or (end - start < 400 and _any_within(title, start, end))
        keep = holds and kind != SCRIPT and (kind != HIDDEN or all_hidden)
        out.append(marked[position:start])
        position = start + 2 if keep else end
    out.append(marked[position:])
    return "".join(out).replace(DROP_END, "")


def _regions(marked: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of each region, outer before inner; an unclosed one ends with the text."""
    regions: list[tuple[int, int, str]] = []
    open_at: list[int] = []
    for match in re.finditer(f"[{DROP}{DROP_END}]", marked):
        if match[0] == DROP:
            open_at.append(len(regions))
            regions.append((match.start(), len(marked), marked[match.end() : match.end() + 1]))
        elif open_at:
            index = open_at.pop()
            regions[index] = (regions[index][0], match.end(), regions[index][2])
    return regions


def _any_within(places: list[int], start: int, end: int) -> bool:
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end


def _outermost(regions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in regions:
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _covered(place: int, regions: list[tuple[int, int]]) -> bool:
    index = bisect_left(regions, (place, 0)) - 1
    return index >= 0 and regions[index][1] > place

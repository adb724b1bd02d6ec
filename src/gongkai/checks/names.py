"""The name of the reporting body: C10, and what a name tells of the body's level."""

from __future__ import annotations

import re

from gongkai.checks.findings import WARNING, Fault, Unread
from gongkai.checks.registry import Case, reading
from gongkai.checks.words import bare
from gongkai.report import Report
from gongkai.statute.divisions import Division, autonomous, leading, without_superiors

_IN_TITLE = re.compile(r"^(.{2,40}?)20\d\d年|^20\d\d年度?(.{2,40}?)政府信息公开")
_COUNTY = re.compile(r"(?:.{2,10}?[省市州盟]){0,2}?(.{2,6}?[县旗])")
_BELOW = re.compile(r"[县旗镇乡]|街道|苏木")
_NATIONAL = re.compile(r"^(?:中华人民共和国|国家|国务院)")
_NAMELESS = re.compile(
    r"[我本]?(?:县|区|旗|市|镇|乡|街道)(?=(?:人民)?政府|府办|直|属)|[县区](?=.{2,10}(?:局|委|会|中心|办公室)$)"
)
# What a body does and no word of where: 水利局, 卫生健康局.
_PLACELESS = re.compile(
    r"(?:水利|水务|教育|教育体育|体育|财政|民政|司法|公安|审计|统计|林业|林业和草原|商务|文化和旅游|文化广电和旅游|卫生健康|"
    r"医疗保障|人力资源和社会保障|自然资源|自然资源和规划|生态环境|住房和城乡建设|交通运输|农业农村|应急管理|市场监督管理|"
    r"退役军人事务|乡村振兴|发展和改革|科学技术|科技|工业和信息化|城市管理|行政审批服务|政务服务数据管理|信访|档案|"
    r"机关事务(?:管理|服务)|气象|烟草专卖)(?:局|委员会|中心)"
)
_SHORT_OFFICE = re.compile(r"(?:人民)?政府办$|府办$")
_SHORT_GOVERNMENT = re.compile(r"(?<!人民)政府(?=办公室$|$)")
_PLACE_ONLY = re.compile(r"[县镇乡旗]$|街道$")


def below_prefecture(report: Report) -> bool | None:
    """Whether the body is of county level or below; ``None`` when neither its kind nor its name tells."""
    name = bare(report.agency or "")
    body = without_superiors(name)
    if report.kind or leading(name) or _BELOW.search(body):
        return True
    # A province or prefecture, and then at once the body.
    return False if _NATIONAL.match(name) or body != name else None


def division(case: Case) -> tuple[Division, ...]:
    """The divisions that the body's name can mean; none when it names none that is known."""
    name = bare(case.report.agency or "")
    county = _COUNTY.match(name)
    return leading(name) or (autonomous(county[1]) if county else ())


def _in_title(report: Report) -> str:
    match = _IN_TITLE.match(bare(report.title or ""))
    return (match[1] or match[2]) if match else bare(report.agency or "")


def _full_county(name: str, case: Case) -> str:
    """``name`` with the full name of an autonomous county in place of the short one."""
    county = None if leading(name) else _COUNTY.match(name)
    if not county:
        return name
    candidates = [d.name for d in autonomous(county[1])]
    text = bare(case.words.text) if candidates else ""
    chosen = next((c for c in candidates if c in text), candidates[0] if len(candidates) == 1 else county[1])
    return name.replace(county[1], chosen, 1)


def _full_district(name: str, case: Case) -> str:
    """A district's bodies put the city in front; said only where the report itself does so elsewhere."""
    cities = [d.prefecture for d in leading(name) if d.name.endswith("区") and d.prefecture and name.startswith(d.name)]
    text = bare(case.words.text) if cities else ""
    return next((f"{city}{name}" for city in cities if f"{city}{name}" in text), name)


@reading(
    name="reporter-name-incomplete",
    id="C10",
    title="机关名称不是规范全称",
    severity=WARNING,
    source="条例 第五十条",
)
def reporter_name_incomplete(case: Case) -> Fault | Unread | None:
    """报告标题中的机关名称应是规范全称：有地名，地名是行政区划全称（如“某某族自治县”），有机关名而非只写地名，
    不写“政府办”等简称；市辖区机关在文中自称带市名的，标题也应带市名。"""
    name = _in_title(case.report)
    if not name:
        return Unread("未能核对：没有读到机关名称")
    full = _SHORT_OFFICE.sub("人民政府办公室", _SHORT_GOVERNMENT.sub("人民政府", name))
    full = _full_county(full, case)
    if full in [d.name for d in leading(full)] or _PLACE_ONLY.search(full):
        full += "办事处" if full.endswith("街道") else "人民政府"
    full = _full_district(full, case)
    nameless = not leading(name) and (_NAMELESS.match(name) or _PLACELESS.fullmatch(name))
    if nameless:
        full = f"（地名）{full}"
    if full == name:
        return None
    where = (case.report.title_place,) if case.report.title_place else ()
    why = "没有地名" if nameless else "不是规范全称"
    return Fault(f"标题中的机关名称“{name}”{why}，应作“{full}”", where=where, expected=full, found=name)

"""What is shown of personal data: enough to tell two people apart at the counter, too little to harm either."""

from __future__ import annotations

import re
from functools import cache

from gongkai.office.acts.personal.identity import normalised
from gongkai.statute import divisions

STARS = "****"
_COMPOUND = frozenset(
    """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶
    太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良
    漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五
    完颜 纳兰 叶赫 那拉
    """.split()  # noqa: SIM905
)
# A part that ends so is a place in a county, not a county: 幸福小区, 高新园区.
_NO_DIVISION = re.compile(
    r"[路街道巷弄村镇乡号栋]|(?:小|社|园|街|校|厂|矿|景|片|库|营|住宅|家属|生活|开发|工业|度假|保税|示范)区$"
)
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:省|自治区)")
_PART = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:自治州|地区|盟|市|自治县|县|区|旗)")


def identity(number: str) -> str:
    """The first six (division) and the last four: 110105********1234; of the old 15 digits the last three."""
    number = normalised(number)
    if re.fullmatch(r"\d{17}[\dX]", number):
        return number[:6] + "*" * 8 + number[14:]
    if re.fullmatch(r"\d{15}", number):
        return number[:6] + "*" * 6 + number[12:]
    return certificate(number)


def certificate(number: str) -> str:
    """Other papers (passport, officer's card): the first and the last two of at least eight characters."""
    number = re.sub(r"\s+", "", number)
    if re.fullmatch(r"\d{17}[\dXx]|\d{15}", number):
        return identity(number)
    return f"{number[0]}{STARS}{number[-2:]}" if len(number) >= 8 else STARS


def phone(number: str) -> str:
    """138****5678; of a landline the area code and the last three: 0731-****567."""
    digits = re.sub(r"[^\d]", "", number.translate(_DIGITS))
    mobile = re.fullmatch(r"(?:86|0086)?(1\d{10})", digits)
    if mobile:
        return mobile[1][:3] + STARS + mobile[1][7:]
    landline = re.fullmatch(r"(0[12]\d|0[3-9]\d{2})(\d{7,8})\d{0,5}", digits)
    if landline:
        return f"{landline[1]}-{STARS}{landline[2][-3:]}"
    return STARS + digits[-3:] if len(digits) >= 7 else STARS


def account(number: str) -> str:
    """A bank account: the last four."""
    digits = re.sub(r"\s+", "", number)
    return f"{STARS} {digits[-4:]}" if len(digits) >= 10 else STARS


def person(name: str) -> str:
    """The family name, 某 for each character of the given one and at most two: 张某某, 欧阳某."""
    name = name.strip()
    if not name:
        return ""
    if not re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff]+", name):
        return name[0] + "某某"  # 买买提·艾力, John Smith
    family = name[:2] if name[:2] in _COMPOUND and len(name) > 2 else name[:1]
    return family + "某" * min(2, max(1, len(name) - len(family)))


def email(address: str) -> str:
    """The first character and the domain: z****@example.com."""
    local, at, domain = address.strip().rpartition("@")
    return f"{local[0]}{STARS}@{domain}" if local and at and domain else STARS


def address(text: str) -> str:
    """Province, city and county as they stand in front; the rest, however long, is four stars."""
    text = re.sub(r"\s+", "", text)
    kept = _known_divisions(text) or _likely_divisions(text)
    return text[:kept] + STARS


def _known_divisions(text: str) -> int:
    """How many characters in front are names of divisions, the broader before the narrower."""
    kept = 0
    for _ in range(3):
        length = next((n for n in range(divisions.LONGEST, 1, -1) if text[kept : kept + n] in _names()), 0)
        if not length:
            break
        kept += length
    # A province alone may be followed by divisions that the list of 2022 does not have.
    return max(kept, _likely_divisions(text) if kept else 0)


def _likely_divisions(text: str) -> int:
    """Divisions by the form of their names, only behind a province: so that no street or estate is taken for one."""
    province = _PROVINCE.match(text)
    if not province:
        return 0
    kept = province.end()
    for _ in range(2):
        part = _PART.match(text, kept)
        if not part or _NO_DIVISION.search(part[0]):
            break
        kept = part.end()
        if part[0].endswith(("县", "区", "旗")) and not part[0].endswith("地区"):
            break
    return kept


@cache
def _names() -> frozenset[str]:
    return divisions.above() | frozenset(divisions.counties())


_DIGITS = {0xFF10 + n: str(n) for n in range(10)}

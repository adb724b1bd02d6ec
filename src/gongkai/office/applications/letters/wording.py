"""How letters write things: dates, amounts, law, numbers of documents, names and forms of address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category

from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.facts import Party
from gongkai.statute import citations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万")
_EDITION = re.compile(r"（\d{4}年[^）]*）$")
_LINE_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_STOPS = "。；，、;,. "
_GROUP = 10_000


def capitals(yuan: int) -> str:
    """人民币贰仟贰佰元整, for whole yuan. Raises ``LetterError`` for amounts that are no fee."""
    if not 0 <= yuan < _GROUP ** len(_GROUPS):
        raise LetterError(f"金额“{yuan}元”不在可以写作大写的范围内")
    out, zero = "", False
    for place in reversed(range(len(_GROUPS))):
        group = yuan // _GROUP**place % _GROUP
        # 零 stands once for any run of empty places, and never at the end.
        if group and out and (zero or group < 1000):
            out += _DIGITS[0]
        zero = not group or group % 10 == 0
        out += _thousands(group) + _GROUPS[place] if group else ""
    return f"人民币{out or _DIGITS[0]}元整"


def _thousands(group: int) -> str:
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            out += (_DIGITS[0] if gap and out else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return out


def amount(yuan: int) -> str:
    """2200元（大写：人民币贰仟贰佰元整）."""
    return f"{yuan}元（大写：{capitals(yuan)}）"


def cited(source: str) -> str:
    """A citation as a letter writes it: 条例 第三十条 → 《中华人民共和国政府信息公开条例》第三十条.

    Raises ``KeyError`` for an instrument that ``citations.toml`` does not know.
    """
    instrument = citations.cited(source)
    if instrument is None:
        raise KeyError(source)
    title = f"《{_EDITION.sub('', instrument.title)}》"
    number = f"（{instrument.number}）" if instrument.number == instrument.short else ""
    return f"{title}{number}{source.removeprefix(instrument.short).strip()}"


def document_number(code: str, series: str, year: int, number: int) -> str:
    """某自然资公开答〔2024〕5号: the body's code, the series of the letter, the year, the number without zeros."""
    return f"{code}{series}〔{year}〕{number}号"


def names(parties: Sequence[Party]) -> str:
    """张三、李四."""
    return "、".join(plain(party.name) for party in parties)


def you(parties: Sequence[Party], agency: bool = False) -> str:
    """The form of address: 你, 你们, 你单位; between bodies 贵单位."""
    if agency:
        return "贵单位"
    if len(parties) > 1:
        return "你们"
    return "你" if parties[0].natural else "你单位"


def plain(text: str) -> str:
    """One line, without characters that are not seen: a value may neither break a line nor turn the text around."""
    return " ".join(_seen(text).split())


def clause(text: str) -> str:
    """One line without the stop at its end, which the template sets."""
    return plain(text).rstrip(_STOPS)


def passage(text: str) -> str:
    """Lines, each of them plain; empty ones are left out."""
    lines = (plain(line) for line in _LINE_BREAKS.split(text))
    return "\n".join(line for line in lines if line)


def _seen(text: str) -> str:
    spaced = _LINE_BREAKS.sub(" ", text).replace("\t", " ")
    return "".join(c for c in spaced if category(c) not in {"Cc", "Cf", "Cs"})

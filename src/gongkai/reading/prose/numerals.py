"""Printed numerals → values: 1,136 · １７ · 3.5万 · 十七 · 三百六十八万 · 二〇二二 · 百分之九十八点五."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:[.．](\d+))?([十百千万亿]*)")
_DIGITS = {"零": 0, "〇": 0, **{c: n for n, c in enumerate("一二三四五六七八九", 1)}, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_DIGIT_BY_DIGIT = re.compile("[零〇一二三四五六七八九]+")


@lru_cache(maxsize=4096)
def value_of(printed: str) -> tuple[int | Decimal, int] | None:
    """The value of a numeral and its printed decimals after multiplying out: 99.42 → 2, 3.5万 → −3, 368万 → −4.

    ``None`` for what is no numeral (1.2.3) and for two digits that mean "from … to …" (三五件).
    """
    if match := _ARABIC.fullmatch(printed):
        whole, fraction, powers = match.groups()
        digits = whole.replace(",", "")
        if not fraction and not powers:
            return int(digits), 0
        power = sum(_POWERS[c] for c in powers)
        places = len(fraction or "") - power
        value = Decimal(f"{digits}.{fraction or 0}") * 10**power
        return (int(value) if places <= 0 else round(value, places)), places
    whole, point, fraction = printed.partition("点")
    chinese = _chinese(whole)
    if chinese is None or (point and not _DIGIT_BY_DIGIT.fullmatch(fraction)):
        return None
    if not point:
        return chinese, -(_POWERS[whole[-1]] if whole[-1] in _GROUPS else 0)
    return Decimal(f"{chinese}.{''.join(str(_DIGITS[c]) for c in fraction)}"), len(fraction)


def _chinese(printed: str) -> int | None:
    if _DIGIT_BY_DIGIT.fullmatch(printed):
        if len(printed) > 1 and not set(printed) & set("零〇"):
            return None
        return int("".join(str(_DIGITS[c]) for c in printed))
    total = group = digit = 0
    for c in printed:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            group += (digit or 1) * _UNITS[c]
            digit = 0
        elif c in _GROUPS:
            if not group + digit and not total:
                return None
            total = (total + group + digit) * _GROUPS[c] if c == "亿" else total + (group + digit) * _GROUPS[c]
            group = digit = 0
        else:
            return None
    return total + group + digit if printed else None

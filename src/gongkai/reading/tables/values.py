"""The contents of a value cell: a number, a mark, a blank, or words (spec: ``cell_values``)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.figures import BLANK, NULL_MARK

_ZERO_WORDS = {"零", "〇"}
_ZERO_MARKS = {"-", "—", "--", "——", "－", "–", "―", "无", "無"}
_NULL_MARKS = {"/", "\\", "／", "＼", "∕"}
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,9})?(?:万元|件|个|条|次|元|项|宗|人次)?")
_TWO_NUMBERS = re.compile(r"\d\s+\d")  # "11 75" may be one number broken off, or two of which a border was lost
_MARKS = "①-⑳⑴-⒇⁰¹²³⁴-⁹₀-₉"  # of notes; width folded, they would be digits
_NOTE, _MARK = re.compile(rf"(?<=\d)[{_MARKS}]+\Z"), re.compile(f"[{_MARKS}]")
_SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\xad]+")


class Content(NamedTuple):
    """``value``: what it says; else ``reason`` (blank, null_mark). ``dash``: a mark that reads as 0."""

    value: int | Decimal | None
    reason: str | None = None
    dash: bool = False


_BLANK = Content(None, BLANK)


@lru_cache(maxsize=8192)
def content(text: str) -> Content | None:
    """What a value cell says, or ``None`` when its words are no value. Decimals are kept as printed (84.670)."""
    plain = _SPACE.sub("", text)
    if not plain:
        return _BLANK
    if len(plain) > 24 or _TWO_NUMBERS.search(text):
        return None
    plain = _NOTE.sub("", plain)
    if _MARK.search(plain):
        return None
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", plain))
    if plain in _ZERO_WORDS:
        return Content(0)
    if plain in _ZERO_MARKS:
        return Content(0, None, True)
    if plain in _NULL_MARKS:
        return Content(None, NULL_MARK)
    match = _NUMBER.fullmatch(plain)
    if not match:
        return None
    sign, whole, fraction = match.groups()
    digits = sign + whole.replace(",", "")
    return Content(Decimal(digits + fraction) if fraction else int(digits))

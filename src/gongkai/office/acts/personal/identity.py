"""Identity numbers of citizens (公民身份号码): 18 characters as GB 11643—1999 has them, or the 15 of before 1999."""

from __future__ import annotations

import datetime
import re

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# First two digits: provinces, Hong Kong, Macao and Taiwan, their residents' cards (81–83), foreigners (9).
_REGIONS = frozenset(
    """11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83
    90 91 92 93 94 95 96 97 98 99""".split()  # noqa: SIM905
)
_OLDEST = datetime.date(1880, 1, 1)


def normalised(number: str) -> str:
    """Without spaces, full-width digits as digits, the check character as a capital X."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e-]", "", number.translate(FULL_WIDTH)).upper()


def fault(number: str, today: datetime.date | None = None) -> str | None:
    """What is wrong with an identity number (normalised or not), as a sentence; ``None`` when nothing is."""
    number = normalised(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]|[0-9]{15}", number, re.ASCII):
        return "身份证号码应为 18 位（前 17 位为数字，最后一位为数字或 X）或旧版的 15 位数字"
    if number[:2] not in _REGIONS:
        return "身份证号码的前两位不是有效的地区代码"
    if not _is_birthday(number, today or datetime.date.today()):
        return "身份证号码中的出生日期不存在或不合理"
    if len(number) == 18 and check_character(number) != number[17]:
        return "身份证号码的校验位不对，请核对是否输错"
    return None


def check_character(number: str) -> str:
    """The 18th character that belongs to the first 17 digits (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def lengthened(number: str) -> str:
    """A number of 15 digits as the 18 that its holder has had since 1999; any other as it is."""
    if not re.fullmatch(r"[0-9]{15}", number, re.ASCII):
        return number
    longer = number[:6] + "19" + number[6:]
    return longer + check_character(longer)


def _is_birthday(number: str, today: datetime.date) -> bool:
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return _OLDEST <= datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) <= today
    except ValueError:
        return False


FULL_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {0xFF38: "X", 0xFF58: "x", 0xFF0B: "+", 0xFF0D: "-", 0x3000: " "}

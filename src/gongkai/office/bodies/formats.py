"""Codes, numbers and names of bodies and people as they must be written; each refusal says what is expected.

Django calls these as validators of the models' fields, so that forms, imports and services refuse alike.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

from gongkai.statute.divisions import name_of

# GB 32100—2015, table 2: 31 characters; I, O, S, V and Z are left out. A weight of 3^i mod 31 for each of the first 17.
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(3**place % 31 for place in range(17))
_LANDLINE = r"(?:[(（]0\d{2,3}[)）]|0\d{2,3}[-－—]?)?[2-9]\d{6,7}(?:(?:-|转)\d{1,6})?"
_MOBILE = r"1[3-9]\d{9}"
# Short numbers of the state and of carriers (12345, 96110), numbers that many share (400, 800).
_SERVICE = r"1[0-2]\d{1,4}|9[56]\d{3,4}|[48]00-?\d{3}-?\d{4}"
_PHONE = re.compile(rf"(?:{_LANDLINE}|{_MOBILE}|{_SERVICE})")
_BETWEEN_PHONES = re.compile(r"[、，,；;/\s]+")
_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._@-]{1,59}")


def uscc_check_character(first_17: str) -> str:
    """The 18th character of a unified social credit code (GB 32100—2015, 附录 A). Raises ``ValueError``."""
    total = sum(_USCC_ALPHABET.index(c) * weight for c, weight in zip(first_17, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[-total % 31]


def validate_uscc(code: str) -> None:
    """统一社会信用代码: 18 characters of the standard's 31, the last one follows from the others."""
    if len(code) != 18:
        raise ValidationError(f"统一社会信用代码应为18位，现为{len(code)}位", code="uscc")
    if wrong := sorted({c for c in code if c not in _USCC_ALPHABET}):
        raise ValidationError(
            f"统一社会信用代码只用数字和大写字母（不用I、O、S、V、Z），不应有“{'”“'.join(wrong)}”", code="uscc"
        )
    if uscc_check_character(code[:17]) != code[17]:
        raise ValidationError("统一社会信用代码的校验码（最后一位）不对，请对照证书核对各位", code="uscc")


def validate_division_code(code: str) -> None:
    """行政区划代码: 6 digits of GB/T 2260 that exist; 9 or 12 for townships and villages, which begin with such 6."""
    if not re.fullmatch(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?", code):
        raise ValidationError("行政区划代码应为6位数字（县级以上），乡镇、街道为9位或12位数字", code="division_code")
    if name_of(code[:6]) is None:
        raise ValidationError(f"行政区划代码的前6位“{code[:6]}”不在国家标准GB/T 2260中，请核对", code="division_code")


def validate_postcode(code: str) -> None:
    """邮政编码: six digits, the first two not both zero."""
    if not re.fullmatch(r"(?!00)[0-9]{6}", code):
        raise ValidationError("邮政编码应为6位数字，如“224000”", code="postcode")


def validate_phones(text: str) -> None:
    """One number or several: 0515-88123456, 13800138000, 12345; with 、 or blanks between them."""
    for one in _BETWEEN_PHONES.split(text.strip()):
        if not _PHONE.fullmatch(one):
            raise ValidationError(
                f"“{one}”不是电话号码；应如“0515-88123456”“0515-88123456-8012”或11位手机号码，几个号码之间用顿号",
                code="phone",
            )


def validate_account(text: str) -> None:
    """登录名: how a person signs in; kept in small letters, so that capitals never matter."""
    if not _ACCOUNT.fullmatch(text):
        raise ValidationError(
            "登录名应为2至60个小写字母、数字或“.”“_”“-”“@”，以字母或数字开头，如“zhangmin”", code="account"
        )


def validate_name(text: str) -> None:
    """Names of bodies and people: no blanks around or line breaks within, which a copied cell often brings."""
    if text != text.strip() or re.search(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]", text):
        raise ValidationError("名称首尾不应有空格，中间不应有换行或看不见的字符", code="name")

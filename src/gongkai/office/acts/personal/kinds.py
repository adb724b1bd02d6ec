"""The kinds of personal data that are kept encrypted: how each is written, checked, masked and looked up."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.office.acts.personal import identity, masks

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
# A local part without quotes and comments (RFC 5322 3.2.3), a domain that a resolver takes. Anything else is read anew
# when it becomes the header of a mail: "a(b)@x.cn" went to a@x.cn, "a,b@x.cn" nowhere.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_EMAIL = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
_LANDLINE = re.compile(r"0\d{9,11}|\d{7,8}|[48]00\d{7}|0\d{9,11}[-转]\d{1,6}|0\d{2,3}-\d{7,8}[-转]\d{1,6}")


@dataclass(frozen=True, slots=True)
class PersonalKind:
    """``tidied``: as it is kept. ``fault``: the sentence beside the field, ``None`` when it is right.

    ``sought``: what two ways of writing the same have in common, the text whose hash is looked up.
    """

    key: str
    label: str
    tidied: Callable[[str], str]
    fault: Callable[[str], str | None]
    mask: Callable[[str], str]
    sought: Callable[[str], str]
    longest: int = 100

    def checked(self, text: str) -> str:
        """``text`` as it is kept. Raises ValueError with the sentence for the person who typed it."""
        text = self.tidied(text)
        if len(text) > self.longest:
            raise ValueError(f"{self.label}过长，最多 {self.longest} 个字")
        if sentence := self.fault(text):
            raise ValueError(sentence)
        return text


def _narrow(text: str) -> str:
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e]+", " ", text.translate(identity.FULL_WIDTH)).strip()


def _without_spaces(text: str) -> str:
    return _narrow(text).replace(" ", "").upper()


def _tidied_phone(text: str) -> str:
    text = re.sub(r"[（）()]", "-", _narrow(text)).replace(" ", "").strip("-")
    mobile = _MOBILE.fullmatch(text.replace("-", ""))
    return mobile[1] if mobile else re.sub("-+", "-", text)


def _phone_fault(text: str) -> str | None:
    digits = text.replace("-", "")
    if re.fullmatch(r"1[3-9]\d{9}", digits) or _LANDLINE.fullmatch(digits) or _LANDLINE.fullmatch(text):
        return None
    if digits.startswith("1") and digits.isdigit():
        return f"手机号码应为 11 位，现为 {len(digits)} 位" if len(digits) != 11 else "手机号码应以 13 至 19 开头"
    return "请填写 11 位手机号码，或带区号的固定电话（如 0731-12345678）"


def _certificate_fault(text: str) -> str | None:
    return None if re.fullmatch(r"[\w（）()/·.-]{4,40}", text) else "证件号码应为 4 至 40 个字母、数字或汉字"


def _account_fault(text: str) -> str | None:
    return None if re.fullmatch(r"\d{8,30}", text) else "银行账号应为 8 至 30 位数字"


def _email_fault(text: str) -> str | None:
    return None if _EMAIL.fullmatch(text) else "电子邮箱应写成 name@example.com 的样子"


def _no_fault(text: str) -> str | None:
    return None


_ALL = (
    PersonalKind(
        "identity",
        "身份证号码",
        identity.normalised,
        identity.fault,
        masks.identity,
        lambda text: identity.lengthened(identity.normalised(text)),
    ),
    PersonalKind(
        "certificate",
        "证件号码",
        _without_spaces,
        _certificate_fault,
        masks.certificate,
        lambda text: identity.lengthened(_without_spaces(text)),
    ),
    PersonalKind(
        "phone",
        "联系电话",
        _tidied_phone,
        _phone_fault,
        masks.phone,
        lambda text: re.sub(r"\D", "", _tidied_phone(text)),
    ),
    PersonalKind("address", "地址", _narrow, _no_fault, masks.address, _without_spaces, longest=300),
    PersonalKind(
        "account",
        "银行账号",
        lambda text: _without_spaces(text).replace("-", ""),
        _account_fault,
        masks.account,
        lambda text: _without_spaces(text).replace("-", ""),
    ),
    PersonalKind("email", "电子邮箱", _narrow, _email_fault, masks.email, lambda text: _narrow(text).lower()),
    # A whole letter or mail: kept as it is, shown nowhere as a mask, never looked up (so all have one hash).
    PersonalKind(
        "document", "文书内容", lambda text: text, _no_fault, lambda text: masks.STARS, lambda text: "", longest=500_000
    ),
    # A table that was uploaded, as JSON: names and numbers of many. Never shown, never looked up.
    PersonalKind(
        "table", "表格内容", lambda text: text, _no_fault, lambda text: masks.STARS, lambda text: "", longest=50_000_000
    ),
    PersonalKind("person", "姓名", _narrow, _no_fault, masks.person, _without_spaces),
)

KINDS: dict[str, PersonalKind] = {kind.key: kind for kind in _ALL}

"""What must not stand on an error page, whoever typed it: passwords, and what identifies a person."""

from __future__ import annotations

import re

# Parts of field names. What they hold is typed again rather than shown or put into the page's source.
SECRET = ("password", "passwd", "secret", "token", "otp")
PERSONAL = (
    *("identity", "id_number", "id_card", "mobile", "phone", "fax", "email", "address", "bank_account"),
    *("applicant_name", "joint_applicants", "representative", "agent", "party"),
)
_EXACT = ("code",)  # of the second factor

# Identity numbers (18 or 15 signs) and mobile numbers inside a text.
_NUMBERS = re.compile(r"(?<![\dXx])(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?![\dXx])")
PLACE = "【号码已略去，请补上】"


def is_secret(name: str) -> bool:
    """Whether a field holds a secret, by its name."""
    return any(part in name.lower() for part in SECRET) or _own(name) in _EXACT


def is_left_out(name: str) -> bool:
    """Whether a field's content is left out as a whole."""
    return is_secret(name) or any(part in name.lower() for part in PERSONAL)


def without_numbers(text: str) -> str:
    """``text`` with identity and mobile numbers replaced by a mark that asks for them."""
    return _NUMBERS.sub(PLACE, text)


def _own(name: str) -> str:
    """``code`` of ``people-0-code``."""
    return name.rsplit("-", 1)[-1].lower()

"""What a password must be like (GB/T 22239—2019 8.1.4.1 a: 身份鉴别信息具有复杂度要求并定期更换)."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

_KINDS = {"小写字母": r"[a-z]", "大写字母": r"[A-Z]", "数字": r"[0-9]", "符号": r"[^A-Za-z0-9\s]"}
# Read back as the words that people vary: P@ssw0rd2024! is still 'password'.
_SWAPPED = str.maketrans("@4301$5!7", "aaeoissit")


class Length:
    """At least ``least`` characters; at most 128, because hashing takes as long as the password is."""

    def __init__(self, least: int = 10) -> None:
        self.least = least

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError``."""
        if len(password) < self.least:
            raise ValidationError(f"密码至少 {self.least} 个字符，现在是 {len(password)} 个。", code="too_short")
        if len(password) > 128:
            raise ValidationError("密码最多 128 个字符。", code="too_long")

    def get_help_text(self) -> str:
        """For the page."""
        return f"至少 {self.least} 个字符。"


class Kinds:
    """Of small and capital letters, figures, signs, at least ``least`` kinds."""

    def __init__(self, least: int = 3) -> None:
        self.least = least

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError``."""
        has = [kind for kind, pattern in _KINDS.items() if re.search(pattern, password)]
        if len(has) < self.least:
            raise ValidationError(
                f"{'、'.join(_KINDS)}四类中至少用 {self.least} 类，现在用了 {len(has)} 类。", code="too_few_kinds"
            )

    def get_help_text(self) -> str:
        """For the page."""
        return f"{'、'.join(_KINDS)}四类中至少用 {self.least} 类。"


class NotLikePerson(UserAttributeSimilarityValidator):
    """Not like the sign-in name, the name or the mail address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("account", "name", "email"))

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError``. The sign-in name must not be part of it either."""
        account = str(getattr(user, "account", "") or "").lower()
        try:
            super().validate(password, user)
            like = len(account) >= 4 and account in password.lower()
        except ValidationError:
            like = True
        if like:
            raise ValidationError("密码与登录名、姓名或邮箱太相似。", code="password_too_similar")

    def get_help_text(self) -> str:
        """For the page."""
        return "不与登录名、姓名、邮箱相似。"


class NotCommon(CommonPasswordValidator):
    """None of the 20,000 passwords that are tried first, also not with signs in place of letters or a year behind."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError``."""
        plain = password.lower().strip()
        core = re.sub(r"[^a-z]*$", "", re.sub(r"^[^a-z]*", "", plain))
        swapped = re.sub(r"[\W\d_]+$", "", plain).translate(_SWAPPED)
        tried = {plain, swapped} | ({core} if len(core) * 2 >= len(plain) else set())
        if tried & self.passwords or re.search(r"(.)\1{4,}", plain) or _runs(plain):
            raise ValidationError("这是常见的密码，容易被猜中。", code="password_too_common")

    def get_help_text(self) -> str:
        """For the page."""
        return "不是常见的密码（如 Password@2024、Admin123456）。"


class NotRecent:
    """None of the person's ``last`` passwords; remembers the new one, whoever set it."""

    def __init__(self, last: int = 5) -> None:
        self.last = last

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError``."""
        if user is None or user.pk is None:
            return
        from gongkai.office.bodies.sign_in.models import KeptPassword

        kept = KeptPassword.objects.filter(person=user).values_list("hash", flat=True)[: self.last]
        if any(check_password(password, one) for one in {*kept, user.password}):
            raise ValidationError(f"不能使用最近 {self.last} 次用过的密码。", code="password_recent")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Django calls it whenever a person with a new password has been saved."""
        if user is None or user.pk is None:
            return
        from gongkai.office.bodies.sign_in.models import KeptPassword

        KeptPassword.objects.create(person=user, hash=user.password)
        older = KeptPassword.objects.filter(person=user).values("pk")[self.last :]
        KeptPassword.objects.filter(pk__in=list(older.values_list("pk", flat=True))).delete()

    def get_help_text(self) -> str:
        """For the page."""
        return f"不是最近 {self.last} 次用过的。"


def _runs(text: str) -> bool:
    """Neighbours on the keyboard or in the row of figures make up most of it: qwertyuiop, 1234567890."""
    rows = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
    steps = {row[i : i + 2] for row in rows for i in range(len(row) - 1)}
    steps |= {step[::-1] for step in steps}
    pairs = [text[i : i + 2] for i in range(len(text) - 1)]
    return len(pairs) > 0 and sum(pair in steps for pair in pairs) * 3 >= len(pairs) * 2

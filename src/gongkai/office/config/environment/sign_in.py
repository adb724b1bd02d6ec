"""Settings of signing in; ``catalogue`` lists them under 登录."""

from __future__ import annotations

import os
from typing import TypeVar

from gongkai.office.config.environment.setting import Setting, listed, text, whole

T = TypeVar("T")

# The values of gongkai.office.bodies.roles.Role, which cannot be imported while settings are read; a test compares.
ROLES = (
    "registrar",
    "handler",
    "reviewer",
    "signatory",
    "first_disclosure_reviewer",
    "second_disclosure_reviewer",
    "final_disclosure_reviewer",
    "supervisor",
    "system_administrator",
    "security_administrator",
    "auditor",
)


class EmptyCounts(Setting[T]):
    """A setting whose empty value is a value of its own, not the default."""

    def value(self) -> T:
        """As ``Setting.value``."""
        if os.environ.get(self.name, self.default).strip():
            return super().value()
        return self.parse("")


def roles(value: str) -> tuple[str, ...]:
    """Names of roles."""
    names = listed(value)
    for name in names:
        if name not in ROLES:
            raise ValueError(f"没有角色“{name}”；可用的有 {'、'.join(ROLES)}")
    return names


MFA_ROLES = EmptyCounts(
    "GONGKAI_MFA_ROLES",
    "哪些角色登录时除密码外必须使用动态口令，用逗号分开；设为空则都不要求（只供演示）",
    roles,
    default="system_administrator,security_administrator,auditor,signatory,final_disclosure_reviewer",
)
SESSION_LIMIT = Setting(
    "GONGKAI_SESSION_LIMIT", "一个人最多同时在几处登录，超过时最早的一处退出", whole(1, 20), default="3"
)
PASSWORD_DAYS = Setting(
    "GONGKAI_PASSWORD_DAYS", "密码最长使用多少天，到期登录时须更换；0 为不限", whole(0, 3650), default="180"
)
ONE_TIME_HOURS = Setting(
    "GONGKAI_ONE_TIME_PASSWORD_HOURS", "管理员发放的一次性密码多少小时内有效", whole(1, 720), default="72"
)
LOCK_FAILURES = Setting(
    "GONGKAI_LOCK_FAILURES", "同一登录名从同一地址连续登录失败多少次后锁定", whole(3, 20), default="5"
)
LOCK_MINUTES = Setting("GONGKAI_LOCK_MINUTES", "锁定多少分钟", whole(1, 1440), default="15")
OIDC_CLAIM = Setting(
    "GONGKAI_OIDC_CLAIM",
    "统一身份认证给出的哪一项等于本系统的登录名（如工号 employee_number）；不写则由系统管理员逐个关联",
    text,
    example="employee_number",
)

SETTINGS = (MFA_ROLES, SESSION_LIMIT, PASSWORD_DAYS, ONE_TIME_HOURS, LOCK_FAILURES, LOCK_MINUTES, OIDC_CLAIM)

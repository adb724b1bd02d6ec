"""The roles people hold in bodies, and what belongs together by law."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """Value: the name in code, database and addresses. Label: what people read."""

    REGISTRAR = "registrar", "登记人"
    HANDLER = "handler", "承办人"
    REVIEWER = "reviewer", "审核人"
    SIGNATORY = "signatory", "签发人"
    FIRST_DISCLOSURE_REVIEWER = "first_disclosure_reviewer", "公开审查员（初审）"
    SECOND_DISCLOSURE_REVIEWER = "second_disclosure_reviewer", "公开审查员（复审）"
    FINAL_DISCLOSURE_REVIEWER = "final_disclosure_reviewer", "公开审查员（终审）"
    SUPERVISOR = "supervisor", "主管部门审查员"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全保密管理员"
    AUDITOR = "auditor", "安全审计员"


# 三员分立 (GB/T 22239—2019): nobody holds two of these.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})
# These reach every body of the county: the department in charge of disclosure (条例 3) and the administrators.
COUNTY_WIDE = ADMINISTRATORS | {Role.SUPERVISOR}
DISCLOSURE_WORK = frozenset(Role) - COUNTY_WIDE

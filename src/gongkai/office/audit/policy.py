"""Who may look into the log: the auditor, and into what concerns rights the security administrator (三员分立)."""

from __future__ import annotations

from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.rules import RolePolicy, rule

policy = RolePolicy(
    "audit",
    {
        # Reading and exporting are acts: which part of the log a person sees is cut in ``selectors.acts``.
        "audit.read": rule(Role.AUDITOR, Role.SECURITY_ADMINISTRATOR, by_system=False),
        "audit.read_act": rule(Role.AUDITOR, Role.SECURITY_ADMINISTRATOR, by_system=False),
        "audit.export_list": rule(Role.AUDITOR, Role.SECURITY_ADMINISTRATOR, by_system=False),
        # The chain can only be taken out as a whole stretch, so only by who may see all of it; the system does so on
        # behalf of the command line.
        "audit.export_chain": rule(Role.AUDITOR),
        "audit.see_verification": rule(Role.AUDITOR),
        "audit.verify": rule(Role.AUDITOR),
        "audit.record_verification": rule(Role.AUDITOR),
    },
    lambda thing: None,
)

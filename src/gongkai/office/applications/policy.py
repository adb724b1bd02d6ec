"""Who may do what to an application. The course of the case itself (what is lawful now) is the statute's affair."""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.rules import RolePolicy, Rule, rule
from gongkai.statute.states import course

# Roles of the statute → roles of the office. The head of the disclosure office signs, and agrees to extensions.
STATUTE_ROLES = {
    "registrar": (Role.REGISTRAR,),
    "handler": (Role.HANDLER,),
    "reviewer": (Role.REVIEWER,),
    "signatory": (Role.SIGNATORY,),
    "head": (Role.SIGNATORY,),
}
CASE_TEAM = (Role.REGISTRAR, Role.HANDLER, Role.REVIEWER, Role.SIGNATORY)


def event_roles(event: str) -> tuple[Role, ...]:
    """Everybody whom some transition of ``event`` names."""
    named = [role for t in course().transitions if t.event == event for role in t.roles]
    return tuple(dict.fromkeys(role for name in named for role in STATUTE_ROLES[name]))


def _own(actor: Actor, thing: Any) -> str:
    """For what people keep for themselves."""
    mine = getattr(thing, "person_id", None) == getattr(actor.person, "pk", None)
    return "" if mine else "这是别人保存的，不能改动。"


def _body_of(thing: Any) -> int | None:
    """A case or something of a body; or a body in which one is registered."""
    return thing.body_id if hasattr(thing, "body_id") else getattr(thing, "pk", None)


_RULES: dict[str, Rule] = {
    f"applications.{event}": rule(*event_roles(event)) for event in course().events if event != "submitted"
} | {
    # The department in charge of disclosure sees the register of every body, not who applied (条例 3, 46; spec §9).
    "applications.see": rule(*CASE_TEAM, Role.SUPERVISOR),
    "applications.see_applicant": rule(*CASE_TEAM),
    "applications.attach": rule(*CASE_TEAM),
    "applications.reveal": rule(*CASE_TEAM),
    "applications.submitted": rule(Role.REGISTRAR),
    "applications.correct_entry": rule(Role.REGISTRAR),
    "applications.assign": rule(Role.REGISTRAR, Role.REVIEWER, Role.SIGNATORY),
    "applications.decide": rule(Role.HANDLER),
    "applications.approve": rule(Role.REVIEWER),
    "applications.agree_extension": rule(Role.SIGNATORY),
    "applications.deliver": rule(Role.REGISTRAR, Role.HANDLER),
    "applications.recompute_due": rule(Role.SYSTEM_ADMINISTRATOR),
    "applications.link_duplicate": rule(Role.REGISTRAR, Role.HANDLER),
    "applications.split": rule(Role.REGISTRAR),
    "applications.suggest_publication": rule(Role.REGISTRAR, Role.HANDLER),
    "applications.redact": rule(Role.HANDLER),
    "applications.burn": rule(Role.HANDLER),
    "applications.set_prefix": rule(Role.REGISTRAR, Role.SIGNATORY),
    # The county's wording of letters is the department's in charge (条例 第三条), not the system administrator's, who
    # keeps machines and no law.
    "applications.write_letter": rule(Role.REGISTRAR, Role.HANDLER),
    "applications.rewrite_letter": rule(Role.REGISTRAR, Role.HANDLER),
    "applications.drop_letter": rule(Role.REGISTRAR, Role.HANDLER),
    "applications.send_letter": rule(Role.REGISTRAR, Role.HANDLER),
    "applications.record_service": rule(Role.REGISTRAR, Role.HANDLER),
    "applications.change_wording": rule(Role.SUPERVISOR),
    "applications.keep_calendar": rule(*CASE_TEAM),
    "applications.close_calendar": rule(),
    "applications.keep_filter": rule(*CASE_TEAM, Role.SUPERVISOR),
    "applications.drop_filter": rule(guard=_own),
    "applications.register_rectification": rule(Role.REGISTRAR),
    "applications.finish_rectification": rule(Role.HANDLER),
    "applications.import_register": rule(Role.REGISTRAR),
    "applications.apply_register": rule(Role.REGISTRAR),
    "applications.export": rule(*CASE_TEAM, Role.SUPERVISOR),
}

policy = RolePolicy("applications", _RULES, _body_of)

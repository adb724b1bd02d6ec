"""Who may do what with uploads. Whoever is signed in may hand reports in; what one sees is cut by ``visible_to``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongkai.office.acts.policy import Actor, Verdict
from gongkai.office.bodies.rules import RolePolicy, rule
from gongkai.office.bodies.selectors.standing import reach, standings


def _within_reach(actor: Actor, thing: Any) -> str:
    if actor.system or thing.person_id == actor.person.pk:
        return ""
    bodies = reach(actor.person)
    return "" if bodies is None or thing.body_id in bodies else "这批文件属于别的机关，您不能处理。"


def _own_body(actor: Actor, thing: Any) -> str:
    if actor.system or thing.body_id == actor.person.body_id:
        return ""
    bodies = reach(actor.person)
    return "" if bodies is None or thing.body_id in bodies else "您在这个机关没有角色，不能以它的名义上传。"


def _once_by_system(actor: Actor, thing: Any) -> str:
    if not actor.system:
        return "读取由系统进行。"
    return "" if thing.finished_at is None else "这一批已经读取完毕。"


class _Policy(RolePolicy):
    """Everybody signed in may; the log names the role in which they did."""

    def may(self, actor: Actor, verb: str, thing: Any = None) -> Verdict:
        """See ``acts.policy.Policy``."""
        verdict = super().may(actor, verb, thing)
        if not verdict or actor.person is None:
            return verdict
        held = standings(actor.person)
        body_id = getattr(thing, "body_id", None)
        chosen = next((s for s in held if s.body_id == body_id), held[0] if held else None)
        if chosen is None:
            return replace(verdict, body_id=actor.person.body_id, body_name=actor.person.body.name)
        return replace(
            verdict,
            role=chosen.role.label,
            body_id=chosen.body_id,
            body_name=chosen.body_name,
            standing_in_for=chosen.standing_in_for,
        )


policy = _Policy(
    "analysis",
    {
        "analysis.see": rule(),
        "analysis.export": rule(),
        "analysis.upload": rule(guard=_own_body),
        "analysis.attach": rule(guard=_within_reach),
        "analysis.read_again": rule(guard=_within_reach),
        "analysis.remove": rule(guard=_within_reach),
        "analysis.finish": rule(guard=_once_by_system),
    },
    body_of=lambda thing: thing.body_id,
)

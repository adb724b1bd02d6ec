"""A policy written as a table: which roles may do a verb, to things of which bodies, and what else must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gongkai.office.acts.policy import POLICIES, Actor, Verdict
from gongkai.office.bodies.roles import COUNTY_WIDE, Role
from gongkai.office.bodies.selectors.standing import Standing, standings


class Where(Enum):
    """How far a role reaches in a rule."""

    OWN = "own"  # things of the body in which the role is held
    COUNTY = "county"  # things of every body


# Says in Chinese why not, or "" when nothing stands against it.
Guard = Callable[[Actor, Any], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may: ``roles`` (empty: everybody who is signed in), how far, and what must hold besides."""

    roles: frozenset[Role] = frozenset()
    where: Where = Where.OWN
    guard: Guard | None = None
    by_system: bool = True  # may the system itself (imports, jobs, demonstration) do it?


def rule(*roles: Role, where: Where | None = None, guard: Guard | None = None, by_system: bool = True) -> Rule:
    """A rule in one line. County-wide roles reach every body unless ``where`` says otherwise."""
    if where is None:
        where = Where.COUNTY if roles and set(roles) <= COUNTY_WIDE else Where.OWN
    return Rule(frozenset(roles), where, guard, by_system)


class RolePolicy:
    """The policy of an app: its table of rules, and the way from a thing to the body that it belongs to."""

    def __init__(self, app: str, rules: Mapping[str, Rule], body_of: Callable[[Any], int | None]) -> None:
        """``rules``: by code (``app.verb``; reading, too, has codes). ``body_of`` gives the id of a thing's body."""
        self.rules = dict(rules)
        self._body_of = body_of
        POLICIES[app] = self

    def may(self, actor: Actor, verb: str, thing: Any = None) -> Verdict:
        """See ``acts.policy.Policy``. A verb without a rule is refused."""
        entry = self.rules.get(verb)
        if entry is None:
            return Verdict(False, "没有为这项操作设定权限，不能进行。")
        if actor.system:
            verdict = Verdict(True, role="系统") if entry.by_system else Verdict(False, "这项操作必须由人员进行。")
        elif actor.person is None:
            verdict = Verdict(False, "请先登录。")
        else:
            verdict = self._by_role(actor, entry, thing)
        if verdict and thing is not None and entry.guard and (against := entry.guard(actor, thing)):
            return Verdict(False, against)
        return verdict

    def _by_role(self, actor: Actor, entry: Rule, thing: Any) -> Verdict:
        if not actor.person.is_active:
            return Verdict(False, "您的账号已停用。")
        if not entry.roles:
            return Verdict(True)
        held = [s for s in standings(actor.person) if s.role in entry.roles]
        if not held:
            return Verdict(False, f"这项操作由{_named(entry.roles)}进行，您目前没有这个角色。")
        if thing is None or entry.where is Where.COUNTY:
            return _as(held[0])
        body_id = self._body_of(thing)
        for standing in held:
            if standing.role in COUNTY_WIDE or standing.body_id == body_id:
                return _as(standing)
        return Verdict(False, f"这项操作由该事项所属机关的{_named(entry.roles)}进行，您在那里没有这个角色。")


def _as(standing: Standing) -> Verdict:
    return Verdict(
        True,
        role=standing.role.label,
        body_id=standing.body_id,
        body_name=standing.body_name,
        standing_in_for=standing.standing_in_for,
    )


def _named(roles: Iterable[Role]) -> str:
    wanted = set(roles)
    return "或".join(role.label for role in Role if role in wanted)

"""May this person do this act to this thing now, and if not, why: the question every app's policy answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, or the system itself (jobs, imports by command), and by which request.

    Neither a person nor the system: somebody who is not signed in.
    """

    person: Any = None
    request_number: str = ""
    address: str = ""
    system: bool = False

    @property
    def name(self) -> str:
        """The name that goes into the log."""
        if self.system:
            return "系统"
        return self.person.name if self.person else "未登录者"


SYSTEM = Actor(system=True)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A policy's answer. ``why`` says in Chinese why not; the rest says in which role, where, and for whom."""

    allowed: bool
    why: str = ""
    role: str = ""
    body_id: int | None = None
    body_name: str = ""
    standing_in_for: str = ""

    def __bool__(self) -> bool:
        return self.allowed


class Policy(Protocol):
    """One object per app."""

    def may(self, actor: Actor, verb: str, thing: Any = None) -> Verdict:
        """Without ``thing``: might the actor do this to anything at all (menus, pages)?"""
        ...


POLICIES: dict[str, Policy] = {}  # by app; a policy enters itself


def policy_for(code: str) -> Policy:
    """The policy that judges ``app.verb``."""
    return POLICIES[code.partition(".")[0]]


class Refused(PermissionDenied):
    """The act may not be done; ``str(error)`` is the Chinese sentence that says why. A page shows it, status 403."""

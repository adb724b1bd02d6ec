"""Reading the log is an act."""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.audit.policy import policy
from gongkai.office.audit.selectors.acts import asked_already


def read(actor: Actor, conditions: list[tuple[str, str]]) -> None:
    """Note that a person searched the log with these conditions (label, words); once within the hour."""
    detail: dict[str, Any] = {"条件": dict(conditions)} if conditions else {}
    if not asked_already(actor.person, detail):
        _read(actor, None, detail)


@verb("audit.read", "查阅操作日志", policy=policy)
def _read(actor: Actor, log: None, detail: dict[str, Any]) -> Done:
    return Done(Act, detail)


@verb("audit.read_act", "查阅一条操作记录", policy=policy)
def read_act(actor: Actor, act: Act) -> Done:
    """The whole of one act, with its detail."""
    return Done(act)

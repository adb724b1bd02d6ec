"""Things that own attachments and personal data, in the tests: bodies and people, with a policy that can be told."""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.policy import Actor, Verdict


class OwnersPolicy:
    """Says yes, or ``why`` not; remembers what it was asked."""

    def __init__(self) -> None:
        self.why = ""
        self.asked: list[str] = []

    def may(self, actor: Actor, verb: str, thing: Any = None) -> Verdict:
        self.asked.append(verb)
        return Verdict(not self.why, self.why, role="登记人", body_id=1, body_name="清源县民政局")

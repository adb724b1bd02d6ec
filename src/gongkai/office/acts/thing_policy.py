"""The policy of verbs that any app's things have: attaching a file, revealing personal data.

This app knows no rights; whoever owns the thing decides. For ``acts.attach`` to an ``applications.application`` the
policy of ``applications`` is asked ``applications.attach``.
"""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.policy import POLICIES, Actor, Verdict


class ThingPolicy:
    """Asks the policy of the thing's app; refuses where there is no thing or no policy."""

    def may(self, actor: Actor, verb: str, thing: Any = None) -> Verdict:
        """Without a thing: no. Menus and pages ask the app that owns the things."""
        if thing is None:
            return Verdict(False, "没有指明对哪一项办理。")
        app = thing._meta.app_label
        policy = POLICIES.get(app)
        if policy is None:
            return Verdict(False, "这类事项没有设定办理权限。")
        return policy.may(actor, f"{app}.{verb.partition('.')[2]}", thing)


THING_POLICY = ThingPolicy()

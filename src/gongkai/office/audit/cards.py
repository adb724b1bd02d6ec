"""Cards on the auditor's desk."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.office.acts.policy import Actor
from gongkai.office.audit.models import Verification
from gongkai.office.audit.policy import policy
from gongkai.office.audit.selectors.verifications import is_late, verdicts
from gongkai.office.look.cards import Card, CardItem
from gongkai.office.look.words import datetime_cn


def cards(actor: Actor) -> Iterator[Card]:
    """A broken chain comes before everything else; a verification that did not come is named too. One query."""
    if not policy.may(actor, "audit.see_verification"):
        return
    href = reverse("audit:verification")
    last = verdicts().first()
    if last is not None and last.state == Verification.State.BROKEN:
        found = [CardItem(fault["sentence"]) for fault in last.faults[:3]]
        yield Card("操作日志校验发现异常", len(last.faults), href, found, "bad", order=0)
    elif is_late(last):
        when = f"最近一次完成于{datetime_cn(last.finished_at)}" if last else "还没有完成过一次"
        note = f"{when}。日志应每夜校验，请查看后台任务是否运行。"
        yield Card("操作日志久未校验", None, href, [CardItem("查看校验情况", href, note)], "caution", 10, "stuck")
    else:
        assert last is not None
        state = f"{datetime_cn(last.finished_at)}校验，共{last.last}条，首尾相连，没有改动"
        yield Card("操作日志完整", None, href, [CardItem("查看校验情况", href, state)], "good", 900, "overview")

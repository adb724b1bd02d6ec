"""Deadlines computed anew when the days off of a year are decided (the yearly notice); before, they are estimates."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application
from gongkai.office.applications.policy import policy
from gongkai.office.applications.services.registering import refresh_due


@verb("applications.recompute_due", "按放假安排重新计算期限", policy=policy)
def recompute(actor: Actor, case: Application) -> Done:
    """Write what the clock says now; done to those cases whose answer has changed (``changed``)."""
    before, estimated = case.due, case.provisional
    refresh_due(case, list(case.events.all()))
    case.version += 1
    case.save(update_fields=["due", "provisional", "version"])
    return Done(case, {"原期限": before, "期限": case.due, "原为预估": estimated, "仍为预估": case.provisional})


def changed() -> Iterable[Application]:
    """Open cases whose last day was an estimate and is now another, or certain."""
    for case in Application.objects.open().filter(provisional=True).prefetch_related("events").iterator(chunk_size=500):
        now = Application(received_on=case.received_on, due=case.due, provisional=case.provisional)
        refresh_due(now, list(case.events.all()))
        if (now.due, now.provisional) != (case.due, case.provisional):
            yield case


def recompute_all() -> int:
    """Every case concerned, an act each; how many. Again, it does nothing."""
    concerned = list(changed())
    for case in concerned:
        recompute(SYSTEM, case, ground="国务院办公厅节假日安排的通知")
    return len(concerned)

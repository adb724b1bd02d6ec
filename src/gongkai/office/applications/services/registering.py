"""登记: an application becomes a case with a number, on the day and by the channel it came."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.office.acts.numbering import next_number
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.choices import Channel
from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.policy import policy
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.bodies.models import Body
from gongkai.statute.states import Facts, rule

# Without signs that are mistaken for one another when read aloud or copied by hand.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REGISTER = "application"  # the kind of number


@verb("applications.submitted", "登记申请", policy=policy, shared=True)
def register(
    actor: Actor, body: Body, *, channel: str, arrived_on: date, fields: Mapping[str, Any], source: str = ""
) -> Done:
    """Register one application with ``body``; ``fields`` are those of the model that the applicant stated.

    The day of receipt follows from the channel (条例 31): submitted or signed for, that day; else once confirmed.
    Raises ``Refused`` for a day to come.
    """
    today = timezone.localdate()
    if arrived_on > today:
        raise Refused("提交或寄达日期不能晚于今天。")
    ruling = rule("START", "submitted", "registrar", Facts(today=today, channel=Channel(channel).statute))
    state = ruling.must()
    case = Application(
        body=body,
        channel=channel,
        arrived_on=arrived_on,
        received_on=arrived_on if state == "RECEIVED" else None,
        state=state,
        year=arrived_on.year,
        code=query_code(),
        **fields,
    )
    refresh_due(case, [])
    # From here to the commit others who register with this body wait.
    case.number = next_number(body.pk, REGISTER, arrived_on.year)
    case.save(force_insert=True)
    CaseEvent.objects.create(
        application=case,
        event="submitted",
        on=arrived_on,
        state=state,
        data={"source": source} if source else {},
        by_id=actor.person.pk if actor.person else None,
        by_name=actor.name,
    )
    return Done(case, {"提交方式": case.get_channel_display(), "状态": case.get_state_display()})


def refresh_due(case: Application, events: list[CaseEvent]) -> None:
    """Write what the clock says now into the columns that lists sort and filter by."""
    deadline = deadline_of(case, events)
    running = deadline is not None and case.finished_on is None
    if running:
        assert deadline is not None
        case.due, case.provisional = deadline.due, deadline.provisional


def query_code() -> str:
    """A code by which the applicant follows the case; 60 bits, so guessing is no way in."""
    return "".join(secrets.choice(_SIGNS) for _ in range(12))

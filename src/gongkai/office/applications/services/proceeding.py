"""Every event of a case's course, as a verb each: the statute rules, the event is written, the clock follows."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.policy import policy
from gongkai.office.applications.selectors.facts import best_ruling, facts_of, statute_roles
from gongkai.office.applications.services.numbers import reply_number
from gongkai.office.applications.services.registering import refresh_due
from gongkai.office.applications.services.replying import sign_reply
from gongkai.office.bodies.services.changes import StaleError
from gongkai.statute.errors import UnlawfulError
from gongkai.statute.states import Facts, Ruling, course


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of an event besides that it happened; which of it an event needs, its form asks.

    ``version``: that of the case which the person saw; ``None`` when nobody looked (jobs, imports).
    """

    on: date | None = None  # default: today
    days: int | None = None
    until: date | None = None
    party: str = ""
    served: date | None = None
    fee: int = 0
    head_agreed: bool = False
    applicant_told: bool = False
    override: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    version: int | None = None


def proceed(actor: Actor, case: Application, event: str, particulars: Particulars | None = None, **more: Any) -> Any:
    """Do ``event`` (a key of the course) to ``case``. Raises ``Refused`` with the sentence and its article."""
    return VERBS_BY_EVENT[event](actor, case, particulars or Particulars(), **more)


def foresee(actor: Actor, case: Application, event: str, known: Particulars) -> tuple[Application, CaseEvent]:
    """What ``event`` would make of ``case``: a copy of it and the entry, neither saved. Raises ``Refused``."""
    after = copy(case)
    return after, _prepared(event, actor, after, known)


def _carry_out(event: str, actor: Actor, case: Application, known: Particulars) -> Done:
    if known.version is not None and known.version != case.version:
        raise StaleError(case, known.version)
    entry = _prepared(event, actor, case, known)
    entry.save()
    if event == "signed_and_sent":
        _sign(actor, case, entry)
    case.version += 1
    case.save()
    detail = {"日期": entry.on, "状态": case.get_state_display(), "version": case.version}
    if event == "signed_and_sent":
        detail["文号"] = case.decision.number
    if entry.override:
        detail |= {"例外办理": entry.overridden, "理由": entry.override}
    return Done(case, detail)


def _prepared(event: str, actor: Actor, case: Application, known: Particulars) -> CaseEvent:
    """Judge the event and move ``case`` in memory. Raises ``Refused``."""
    today = timezone.localdate()
    on = known.on or today
    events = list(case.events.all())
    _check_day(case, events, on, today)
    ruling = _ruled(event, actor, case, known, facts_of(case, events, on))
    entry = CaseEvent(
        application=case,
        event=event,
        on=on,
        state=ruling.must(),
        days=known.days,
        until=known.until,
        party=known.party,
        served=known.served,
        override=known.override if ruling.overridden else "",
        overridden="；".join(refusal for refusal, _ in ruling.overridden),
        data=known.data,
        by_id=actor.person.pk if actor.person else None,
        by_name=actor.name,
    )
    _move(case, entry)
    try:
        refresh_due(case, [*events, entry])
    except UnlawfulError as error:
        raise Refused(str(error)) from error
    return entry


def _sign(actor: Actor, case: Application, entry: CaseEvent) -> None:
    """The number is given by the signature, so that no number stands for a draft that was never sent."""
    decision = case.decision
    decision.signatory = actor.person
    decision.number = reply_number(case.body, entry.on.year)
    decision.save(update_fields=["signatory", "number", "changed_at"])
    sign_reply(actor, case, entry)


def _check_day(case: Application, events: list[CaseEvent], on: date, today: date) -> None:
    if on > today:
        raise Refused("办理日期不能晚于今天。")
    last = max((event.on for event in events), default=case.arrived_on)
    if on < last:
        raise Refused(f"办理日期不能早于上一步（{last.year}年{last.month}月{last.day}日）。")


def _ruled(event: str, actor: Actor, case: Application, known: Particulars, facts: Facts) -> Ruling:
    facts = replace(
        facts,
        extension=known.days or 0,
        later=known.until,
        fee=known.fee,
        head_agreed=known.head_agreed,
        applicant_told=known.applicant_told,
    )
    if event == "signed_and_sent" and actor.person is not None:
        facts = replace(facts, signatory=str(actor.person.pk))
    verdict = policy.may(actor, f"applications.{event}", case)
    named = dict.fromkeys(role for t in course().transitions if t.event == event for role in t.roles)
    roles = list(named) if actor.system else statute_roles(verdict.role)
    ruling = best_ruling(case.state, event, roles or list(named), facts, known.override or None)
    if not ruling.lawful:
        hint = "；确需补记的，请填写例外办理的理由" if ruling.overridable else ""
        article = f"（{ruling.article}）" if ruling.article else ""
        raise Refused(f"{ruling.why}{article}{hint}。")
    return ruling


def _move(case: Application, entry: CaseEvent) -> None:
    state = course().states[entry.state]
    case.state = entry.state
    if entry.event == "confirmed":
        case.received_on = entry.on
    if entry.event == "correction_received" and entry.data.get("description"):
        case.description = entry.data["description"]
    if entry.event == "signed_and_sent":
        case.replied_on, case.outcome = entry.on, case.decision.outcome
    elif state.outcome:
        case.outcome = state.outcome
    if state.clock == "ended" and case.finished_on is None:
        case.finished_on = entry.on


VERBS_BY_EVENT: dict[str, Callable[..., Any]] = {
    event.key: verb(f"applications.{event.key}", event.label, policy=policy)(partial(_carry_out, event.key))
    for event in course().events.values()
    if event.key != "submitted"
}

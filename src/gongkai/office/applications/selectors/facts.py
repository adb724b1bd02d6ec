"""The facts of a case that the guards of the course ask about, and what may be done to it now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.applications.choices import Channel
from gongkai.office.applications.policy import STATUTE_ROLES, policy
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.applications.selectors.consultations import consultations
from gongkai.office.applications.selectors.decisions import needs_of
from gongkai.office.applications.selectors.letter_facts import unsaid
from gongkai.statute import calendar, terms
from gongkai.statute.outcomes import outcome as outcome_of
from gongkai.statute.states import Event, Facts, Ruling, course, rule

if TYPE_CHECKING:
    from gongkai.office.applications.models import Application, CaseEvent

_DECIDING = ("DRAFT_REPLY", "REVIEW")  # where the reply is asked whether it says all that it must


def facts_of(application: Application, events: Sequence[CaseEvent] | None = None, today: date | None = None) -> Facts:
    """As they are today. With ``events`` and ``decision`` at hand nothing is asked of the database but what the reply
    says, while it is being decided."""
    day = today or timezone.localdate()
    known = list(application.events.all()) if events is None else list(events)
    deadline = deadline_of(application, known)
    decision = getattr(application, "decision", None)
    counted = {key: sum(event.event == key for event in known) for key in course().events}
    chosen = outcome_of(decision.outcome, day) if decision else None
    return Facts(
        today=day,
        channel=Channel(application.channel).statute,
        due=deadline.due if deadline else None,
        correction_limit=_correction_limit(application),
        correction_due=_date(known, "request_correction", "correction_due"),
        fee_due=deadline.until if deadline and application.state == "FEE_NOTICED" else None,
        corrections=counted["request_correction"],
        extensions=counted["extend"],
        extension_limit=_days("extension", application, 20),
        delays=sum(event.until is not None for event in known),
        consultations=len(open_consultations(known)),
        fee_notices=counted["fee_notice"],
        outcome=decision.outcome if decision else None,
        needs=frozenset(needs_of(chosen, known)) if chosen else frozenset(),
        records=frozenset(key for key, value in decision.records.items() if value) if decision else frozenset(),
        unsaid=unsaid(application, known, day) if decision and application.state in _DECIDING else (),
        article=chosen.article if chosen else None,
        handler=_key(application.handler_id),
        reviewer=_key(decision.reviewer_id) if decision else None,
        signatory=_key(decision.signatory_id) if decision else None,
    )


def open_consultations(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """Consultations without opinion or end so far, in order."""
    return [one.asked for one in consultations(events) if one.answer is None]


@dataclass(frozen=True, slots=True)
class Possibility:
    """One event on the case page: lawful for this person now, or why not and by which article."""

    event: Event
    ruling: Ruling | None
    why: str = ""
    article: str = ""

    @property
    def lawful(self) -> bool:
        return self.ruling is not None and self.ruling.lawful


def possibilities(actor: Actor, application: Application, facts: Facts | None = None) -> list[Possibility]:
    """Every event of the course, in its order, for this person and this case, today.

    What the person would enter in the form (days of an extension, what is owed) is taken to be in order: the form and
    the verb judge that.
    """
    here = facts or facts_of(application)
    hopeful = replace(here, extension=here.extension or 1, head_agreed=True, applicant_told=True, fee=here.fee or 1)
    found = []
    for event in course().events.values():
        if event.key == "submitted":
            continue
        verdict = policy.may(actor, f"applications.{event.key}", application)
        ruling = best_ruling(application.state, event.key, STATUTE_ROLES, _for_actor(hopeful, actor, event.key))
        if not ruling.lawful:
            found.append(Possibility(event, ruling, ruling.why or "", ruling.article or ""))
        elif not verdict:
            found.append(Possibility(event, None, verdict.why))
        else:
            found.append(Possibility(event, ruling))
    return found


def best_ruling(state: str, event: str, roles: Iterable[str], facts: Facts, override: str | None = None) -> Ruling:
    """The ruling for somebody with several roles: the first that lets the act pass, else the most telling refusal."""
    rulings = [rule(state, event, role, facts, override) for role in roles]
    named = {role for t in course().transitions if t.event == event for role in t.roles}
    telling = [ruling for role, ruling in zip(roles, rulings, strict=True) if role in named]
    return next((ruling for ruling in rulings if ruling.lawful), (telling or rulings)[0])


def statute_roles(label: str) -> list[str]:
    """The roles of the statute that somebody acting as ``label`` (a role of the office) has."""
    return [name for name, roles in STATUTE_ROLES.items() if any(role.label == label for role in roles)]


def _for_actor(facts: Facts, actor: Actor, event: str) -> Facts:
    if event == "signed_and_sent" and actor.person is not None:
        return replace(facts, signatory=_key(actor.person.pk))
    return facts


def _correction_limit(application: Application) -> date | None:
    if application.received_on is None:
        return None
    days = _days("correction", application, None)
    return None if days is None else calendar.add_working_days(application.received_on, days)


def _days(name: str, application: Application, default: int | None) -> int | None:
    if application.received_on is None:
        return default
    term = terms.on(application.received_on).get(name)
    return term.days if term else default


def _date(events: Iterable[CaseEvent], event: str, key: str) -> date | None:
    values = [found.data[key] for found in events if found.event == event and found.data.get(key)]
    return date.fromisoformat(values[-1]) if values else None


def _key(person_id: int | None) -> str | None:
    return None if person_id is None else str(person_id)

"""From a case to a letter: what its record says, what must be typed, and the letter composed of both."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.office.applications.letters import (
    Entry,
    Facts,
    Field,
    LetterError,
    Party,
    compose,
    entry,
    lacks,
    letters_of,
    reply_kind,
)
from gongkai.office.applications.letters import Letter as Composed
from gongkai.office.applications.letters.catalogue import AGENCY, THIRD_PARTY, entries
from gongkai.office.applications.letters.composing import asked
from gongkai.office.applications.letters.derived import INPUTS
from gongkai.office.applications.models import Application, CaseEvent, Letter
from gongkai.office.applications.selectors.clock import case_of
from gongkai.office.applications.selectors.consultations import objected
from gongkai.office.applications.selectors.enclosing import enclosed_unasked, enclosures
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_values import recorded
from gongkai.office.applications.selectors.rectified import KINDS as RECTIFYING
from gongkai.office.applications.selectors.sender import sender_of
from gongkai.office.applications.selectors.wordings import wording_on

# What only the record can say: nobody types it.
FIXED = frozenset(
    """
    register_number received_on arrived_on channel query_code description applicant_kind identity_kind identity_number
    phone address email representative agent purpose form way assistance registrar handler due
    """.split()  # noqa: SIM905
)
# What the decision and the course of the case say in a reply; typed only where they say nothing.
DECIDED = (
    *("reason", "content", "cited_law", "grounds_of_refused_parts", "search_record", "consultation"),
    *("category", "responsible_body", "obtained", "archive", "first_reply_on", "first_reply_number"),
)
OTHERS = {THIRD_PARTY: "consult_third_party", AGENCY: "consult_agency"}  # and the event that brings them in


@dataclass(frozen=True, slots=True)
class Offered:
    """A letter that may be written, and the event that it goes with."""

    entry: Entry
    event: CaseEvent | None


@dataclass(frozen=True, slots=True)
class Start:
    """What a new letter begins with. ``ask``: the fields to be typed; ``values``: what is known of them."""

    entry: Entry
    event: CaseEvent | None
    ask: tuple[Field, ...]
    values: dict[str, Any]
    party: str


def writable(case: Application, events: Sequence[CaseEvent], on: date) -> list[Offered]:
    """The letters of the case: those of its events, the draft of the reply, and those that go with no event."""
    there = {event.event for event in events}
    found = [
        Offered(one, event)
        for event in events
        for one in letters_of(event.event, event.on, case.outcome or None)
        if OTHERS.get(one.to, event.event) in there  # who was not asked has no letter
        and all(getattr(event, name) for name in one.wants)
    ]
    decision = getattr(case, "decision", None)
    if decision is not None and case.finished_on is None:
        with suppress(LetterError):  # an outcome without a letter of its own
            found.append(Offered(entry(reply_kind(decision.outcome), on), None))
    free = dict.fromkeys(e.kind for e in entries() if not e.events and e.kind not in RECTIFYING)
    found += [Offered(entry(kind, on), None) for kind in free]
    return [one for one in found if case.received_on or not one.entry.after_receipt]


def overruled(case: Application, events: Sequence[CaseEvent]) -> bool:
    """Whether all was given out although a third party refused: it is told what and why (条例 32)."""
    return objected(events) and case.outcome == "granted"


def find(case: Application, events: Sequence[CaseEvent], kind: str, event: int, on: date) -> Offered | None:
    """One of ``writable``; ``event`` 0: the newest that it goes with, or none."""
    fitting = [one for one in writable(case, events, on) if one.entry.kind == kind]
    if event:
        fitting = [one for one in fitting if one.event is not None and one.event.pk == event]
    return fitting[-1] if fitting else None


def start(case: Application, events: Sequence[CaseEvent], chosen: Offered, on: date) -> Start:
    """What is known of ``chosen``, sent on ``on``, and what is asked."""
    kind = chosen.entry.kind
    known = recorded(case, events, chosen.event, chosen.entry)
    decided = {key for key in DECIDED if known.get(key)} if chosen.entry.outcome else set()
    fields = asked(kind, on, wording_on(kind, on))
    ask = tuple(field for field in fields if field.key not in FIXED and field.key not in decided)
    party = chosen.event.party if chosen.event else ""
    if not party and chosen.entry.to in OTHERS:
        party = next((e.party for e in reversed(events) if e.event == OTHERS[chosen.entry.to]), "")
    return Start(chosen.entry, chosen.event, ask, known, party)


def composed(
    case: Application,
    events: Sequence[CaseEvent],
    kind: str,
    content: Content,
    *,
    on: date,
    number: str = "",
    event: int = 0,
) -> Composed:
    """The letter as it would go out on ``on``. Raises ``LetterError``."""
    return compose(kind, _facts(case, events, kind, content, on=on, number=number, event=event), wording_on(kind, on))


def unsaid(case: Application, events: Sequence[CaseEvent], on: date) -> tuple[str, ...]:
    """What the reply of the decision must say and does not, were it signed on ``on``."""
    kind = reply_kind(case.decision.outcome)
    try:
        facts = _facts(case, events, kind, _reply_content(case), on=on)
        return lacks(kind, facts, wording_on(kind, on))
    except LetterError as error:
        return (str(error),)


def _facts(
    case: Application,
    events: Sequence[CaseEvent],
    kind: str,
    content: Content,
    *,
    on: date,
    number: str = "",
    event: int = 0,
) -> Facts:
    chosen = find(case, events, kind, event, on)
    if chosen is None:
        raise LetterError("这件申请现在没有这种文书")
    known = recorded(case, events, chosen.event, chosen.entry)
    fixed = {key: known.get(key) for key in FIXED}
    if chosen.entry.outcome:
        fixed |= {key: known[key] for key in DECIDED if known.get(key)}
    # A reply may be made of the record alone; of other letters somebody has seen every field.
    base = known if chosen.entry.outcome else {key: known[key] for key in INPUTS if known.get(key) is not None}
    values = {**base, **{k: v for k, v in content.values.items() if v not in (None, "")}, **fixed}
    return Facts(
        sender=sender_of(case.body, on),
        on=on,
        applicants=applicants(case),
        values=values,
        recipients=content.recipients,
        case=case_of(case.received_on, events) if case.received_on else None,
        number=number,
        attachments=tuple(one.name for one in enclosures(case, content.enclosed)),
        copies=content.copies,
    )


def as_it_stands(letter: Letter, events: Sequence[CaseEvent], on: date) -> Composed:
    """What was signed or sent; of a draft what it would be today. Raises ``LetterError``, ``SealError``."""
    content = Content.of(letter)
    if content.letter is not None:
        return content.letter
    case, event = letter.application, letter.event_id or 0
    return composed(case, events, letter.kind, content, on=on, number=letter.number, event=event)


def signed_reply(case: Application) -> Letter | None:
    """The reply that the signature made, sent or not; ``None`` before, and where it was not made here."""
    return next((one for one in case.letters.order_by("-pk") if one.is_reply and one.state != Letter.State.DRAFT), None)


def reply_draft(case: Application, *, held: bool = False) -> Letter | None:
    """What the handler wrote beforehand of the reply that is now decided.

    ``held``: for the signature; nobody rewrites it until the transaction ends.
    """
    drafts = case.letters.filter(kind=reply_kind(case.decision.outcome), sent_on=None, number="")
    drafts = drafts.select_for_update(no_key=True) if held else drafts
    return drafts.order_by("pk").last()


def reply(case: Application, events: Sequence[CaseEvent], on: date, number: str = "") -> tuple[Composed, Content]:
    """The reply of the decision as it would be signed on ``on``, and what it was made of. Raises ``LetterError``."""
    content = _reply_content(case)
    return composed(case, events, reply_kind(case.decision.outcome), content, on=on, number=number), content


def _reply_content(case: Application) -> Content:
    draft = reply_draft(case)
    return Content.of(draft) if draft else Content(enclosed=tuple(one.pk for one in enclosed_unasked(case)))


def applicants(case: Application) -> tuple[Party, ...]:
    """All of them; whoever applies jointly is of the same kind."""
    natural = case.applicant_kind == "natural_person"
    others = [name.strip() for name in case.joint_applicants.replace("，", "、").split("、")]
    return tuple(Party(name, natural) for name in (case.applicant_name, *others) if name)

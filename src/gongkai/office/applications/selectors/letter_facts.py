"""From a case to a letter: what its record says, what must be typed, and the letter composed of both."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.letters import (
    Entry,
    Facts,
    Field,
    LetterError,
    Party,
    compose,
    entry,
    letters_of,
    reply_kind,
)
from gongkai.office.applications.letters import Letter as Composed
from gongkai.office.applications.letters.catalogue import AGENCY, THIRD_PARTY, entries
from gongkai.office.applications.letters.composing import asked
from gongkai.office.applications.letters.derived import INPUTS
from gongkai.office.applications.models import Application, CaseEvent, Letter
from gongkai.office.applications.selectors.clock import case_of
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_values import recorded
from gongkai.office.applications.selectors.sender import sender_of
from gongkai.office.applications.selectors.wordings import wording_on

# What only the record can say: nobody types it.
FIXED = frozenset(
    """
    register_number received_on arrived_on channel query_code description applicant_kind identity_kind identity_number
    phone address email representative agent purpose form way assistance registrar handler due
    """.split()  # noqa: SIM905
)
# What the decision says in a reply; typed only where it says nothing.
DECIDED = ("reason", "content", "cited_law", "grounds_of_refused_parts", "search_record")
ENCLOSABLE = ("答复附件", "遮盖后的文件")  # labels of files that may leave the case
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
    ]
    decision = getattr(case, "decision", None)
    if decision is not None and case.finished_on is None:
        with suppress(LetterError):  # an outcome without a letter of its own
            found.append(Offered(entry(reply_kind(decision.outcome), on), None))
    free = dict.fromkeys(e.kind for e in entries() if not e.events)
    return [*found, *(Offered(entry(kind, on), None) for kind in free)]


def overruled(case: Application, events: Sequence[CaseEvent]) -> bool:
    """Whether all was given out although a third party refused: it is told what and why (条例 32)."""
    refused = any(e.event == "opinion_or_timeout" and e.data.get("opinion") in ("refuse", "partly") for e in events)
    return refused and case.outcome == "granted"


def find(case: Application, events: Sequence[CaseEvent], kind: str, event: int, on: date) -> Offered | None:
    """One of ``writable``; ``event`` 0: the newest that it goes with, or none."""
    fitting = [one for one in writable(case, events, on) if one.entry.kind == kind]
    if event:
        fitting = [one for one in fitting if one.event is not None and one.event.pk == event]
    return fitting[-1] if fitting else None


def start(case: Application, events: Sequence[CaseEvent], chosen: Offered, on: date) -> Start:
    """What is known of ``chosen``, sent on ``on``, and what is asked."""
    kind = chosen.entry.kind
    known = recorded(case, events, chosen.event, chosen.entry.kind)
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
    chosen = find(case, events, kind, event, on)
    if chosen is None:
        raise LetterError("这件申请现在没有这种文书")
    known = recorded(case, events, chosen.event, chosen.entry.kind)
    fixed = {key: known.get(key) for key in FIXED}
    if chosen.entry.outcome:
        fixed |= {key: known[key] for key in DECIDED if known.get(key)}
    fee = {key: known[key] for key in INPUTS if known.get(key) is not None}
    values = {**fee, **{k: v for k, v in content.values.items() if v not in (None, "")}, **fixed}
    facts = Facts(
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
    return compose(kind, facts, wording_on(kind, on))


def as_it_stands(letter: Letter, events: Sequence[CaseEvent], on: date) -> Composed:
    """What was signed or sent; of a draft what it would be today. Raises ``LetterError``, ``SealError``."""
    content = Content.of(letter)
    return content.letter or composed(letter.application, events, letter.kind, content, on=on, number=letter.number)


def reply_draft(case: Application, *, held: bool = False) -> Letter | None:
    """What the handler wrote beforehand of the reply that is now decided.

    ``held``: for the signature; nobody rewrites it until the transaction ends.
    """
    drafts = case.letters.filter(kind=reply_kind(case.decision.outcome), sent_on=None, number="")
    drafts = drafts.select_for_update(no_key=True) if held else drafts
    return drafts.order_by("pk").last()


def reply(case: Application, events: Sequence[CaseEvent], on: date, number: str = "") -> tuple[Composed, Content]:
    """The reply of the decision as it would be signed on ``on``, and what it was made of. Raises ``LetterError``."""
    draft = reply_draft(case)
    content = Content.of(draft) if draft else Content(enclosed=tuple(one.pk for one in enclosable(case)))
    return composed(case, events, reply_kind(case.decision.outcome), content, on=on, number=number), content


def applicants(case: Application) -> tuple[Party, ...]:
    """All of them; whoever applies jointly is of the same kind."""
    natural = case.applicant_kind == "natural_person"
    others = [name.strip() for name in case.joint_applicants.replace("，", "、").split("、")]
    return tuple(Party(name, natural) for name in (case.applicant_name, *others) if name)


def enclosable(case: Application) -> list[Attachment]:
    """Files of the case that may go out with a reply: what was put up for it, and what is redacted as now marked."""
    burned = case.redactions.exclude(burned_id=None).values("burned_id")
    wanted = Q(label=ENCLOSABLE[0]) | Q(label=ENCLOSABLE[1], pk__in=burned)
    return list(attachments_of(case).filter(wanted))


def enclosures(case: Application, keys: Sequence[int]) -> list[Attachment]:
    """Those of ``keys`` that (still) may go out."""
    return [one for one in enclosable(case) if one.pk in keys] if keys else []

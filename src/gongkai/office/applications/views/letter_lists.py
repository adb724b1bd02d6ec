"""The letters of a case in short: what there is, and what goes with what has just happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from gongkai.office.applications.models import Application, CaseEvent, Letter
from gongkai.office.applications.selectors.letter_facts import Offered, overruled, writable
from gongkai.office.look.badges import Badge
from gongkai.office.look.words import date_cn

State = Letter.State
STATES = {
    State.DRAFT: Badge("草稿", "neutral"),
    State.SIGNED: Badge("已签发，待送出", "caution"),
    State.SENT: Badge("已送出", "info"),
    State.SERVED: Badge("已送达", "good"),
}
_NO_LETTER_NEEDED = {"register_form"}
_OVERRULED = "third_party_disclosure"  # may be written after any consultation; must be, when the refusal was overruled


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter for a list. ``day``: of its state."""

    title: str
    number: str
    href: str
    badge: Badge
    day: date


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter to be written: its label, the event that it goes with, the address of its form."""

    label: str
    why: str
    href: str


def rows_of(case: Application) -> list[LetterRow]:
    """In order; one query, and nothing sealed is opened."""
    found = case.letters.defer("content", "proof")
    return [
        LetterRow(
            title=one.title,
            number=one.number,
            href=reverse("applications:letter", args=[case.pk, one.pk]),
            badge=STATES[one.state],
            day=one.served_on or one.sent_on or timezone.localtime(one.made_at).date(),
        )
        for one in found
    ]


def offers_of(case: Application, events: Sequence[CaseEvent]) -> list[Offer]:
    """All that may be written, those of the newest events first."""
    found = writable(case, events, timezone.localdate())
    return [_offer(case, one) for one in sorted(found, key=lambda one: -_moment(one))]


def due_offers(case: Application, events: Sequence[CaseEvent], rows: Sequence[LetterRow]) -> list[Offer]:
    """Those of the newest event, as far as there is no letter of the kind yet: what is to be done next."""
    last = events[-1] if events else None
    there = {row.title for row in rows}
    needless = _NO_LETTER_NEEDED if overruled(case, events) else {*_NO_LETTER_NEEDED, _OVERRULED}
    return [
        _offer(case, one)
        for one in writable(case, events, timezone.localdate())
        if one.event is not None
        and one.event is last
        and one.entry.kind not in needless
        and not any(title.endswith(one.entry.title) for title in there)
    ]


def _offer(case: Application, one: Offered) -> Offer:
    event = one.event
    party = f"（{event.party}）" if event is not None and event.party else ""
    why = f"{date_cn(event.on)}{event.get_event_display()}{party}" if event is not None else ""
    if one.entry.outcome and event is None:
        why = "处理决定，签发前"
    href = reverse("applications:new_letter", args=[case.pk, event.pk if event else 0, one.entry.kind])
    return Offer(one.entry.label, why, href)


def _moment(one: Offered) -> int:
    return one.event.pk if one.event else (10**12 if one.entry.outcome else 0)

"""The home page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.office.bodies.gate import signed_in
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.selectors.standing import Standing, standings
from gongkai.office.desk.selectors.recent import recent_acts
from gongkai.office.look.cards import GROUPS, Card, collect

# What an empty group says; a group that is not named here is left out when it is empty.
_EMPTY = {
    "waiting": "目前没有等您办理的事项。有新的事项时，会列在这里。",
    "late": "没有逾期的事项。",
}
_ORDER = ("late", "waiting", "stuck", "overview")


@dataclass(frozen=True, slots=True)
class Section:
    """A group of cards under its heading; without cards, the sentence that says so."""

    key: str
    heading: str
    cards: list[Card]
    empty: str


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, what is late, what is stuck, the county at a glance, what they did last."""
    person: Person = request.user  # type: ignore[assignment]
    held = standings(person)
    context = {
        "title": f"{person.name}，您好",
        "own": [one for one in held if not one.standing_in_for],
        "deputed": _by_person(held),
        "sections": sections(collect(request.actor)),  # type: ignore[attr-defined]
        "recent": recent_acts(person),
    }
    return render(request, "desk/home.html", context)


def sections(cards: dict[str, list[Card]]) -> list[Section]:
    """The groups in the order of the page. A card with nothing behind it stands back behind those that have."""
    found = []
    for key in _ORDER:
        mine = sorted(cards.get(key, []), key=lambda card: card.count == 0)
        busy = key in ("overview", "stuck") or any(card.count != 0 for card in mine)
        if mine and busy:
            found.append(Section(key, GROUPS[key], mine, ""))
        elif key in _EMPTY:
            found.append(Section(key, GROUPS[key], [], _EMPTY[key]))
    return found


def _by_person(held: tuple[Standing, ...]) -> dict[str, list[Standing]]:
    """Whose roles, and which."""
    whose: dict[str, list[Standing]] = {}
    for one in held:
        if one.standing_in_for:
            whose.setdefault(one.standing_in_for, []).append(one)
    return whose

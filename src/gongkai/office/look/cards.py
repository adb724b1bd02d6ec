"""Cards of the desk. An app offers them in its ``cards.py``: a function ``cards(actor) -> Iterable[Card]``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from gongkai.office.look.badges import Badge, Tone
from gongkai.office.look.offers import offered

# What a card is about; the desk shows the groups in this order.
GROUPS = {"waiting": "等我办理", "late": "已经逾期", "stuck": "长期未动", "overview": "全县概况"}


@dataclass(frozen=True)
class CardItem:
    """A line on a card: the first few things that are behind its count."""

    label: str
    href: str = ""
    note: str = ""
    badge: Badge | None = None
    day: date | None = None


@dataclass(frozen=True)
class Card:
    """A count that leads to the list behind it. ``count`` None: nothing to count; ``items``: at most a handful.

    ``or_more``: nobody counted on from there.
    """

    title: str
    count: int | None = None
    href: str = ""
    items: Sequence[CardItem] = field(default=())
    tone: Tone = "neutral"
    order: int = 100
    group: str = "waiting"
    empty: str = "没有"
    or_more: bool = False

    def __post_init__(self) -> None:
        if self.group not in GROUPS:
            raise ValueError(f"{self.title}: no group {self.group!r} in {list(GROUPS)}")


def collect(actor: Any) -> dict[str, list[Card]]:
    """The cards of all installed apps for this person, by group in the order of ``GROUPS``; empty groups are left out.

    What an actor is, is between the apps and the desk: it is passed through.
    """
    offers = chain.from_iterable(ask(actor) for ask in offered("cards", "cards"))
    cards = sorted(offers, key=lambda card: (card.order, card.title))
    grouped = {group: [card for card in cards if card.group == group] for group in GROUPS}
    return {group: found for group, found in grouped.items() if found}

"""What a letter holds besides its dates: what was typed for it, and, once signed or sent, the letter as it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gongkai.office.applications.letters import Letter as Composed
from gongkai.office.applications.letters import Party, known_fields
from gongkai.office.applications.letters.facts import FieldValue
from gongkai.office.applications.letters.fields import DATE
from gongkai.office.applications.models import Letter


@dataclass(frozen=True, slots=True)
class Content:
    """``values``: key of a field → what was typed. ``enclosed``: keys of attachments. ``letter``: fixed for ever."""

    values: Mapping[str, FieldValue] = field(default_factory=dict)
    recipients: tuple[Party, ...] = ()
    copies: tuple[str, ...] = ()
    enclosed: tuple[int, ...] = ()
    letter: Composed | None = None

    @classmethod
    def of(cls, letter: Letter) -> Content:
        """Opens what is sealed. Raises ``SealError``."""
        raw = json.loads(letter.content.reveal())
        return cls(
            values={key: _value(key, value) for key, value in raw["values"].items()},
            recipients=tuple(Party(name, natural) for name, natural in raw["recipients"]),
            copies=tuple(raw["copies"]),
            enclosed=tuple(raw["enclosed"]),
            letter=Composed.from_json(raw["letter"]) if raw["letter"] else None,
        )

    def fixed(self, letter: Composed) -> Content:
        """With the letter as it goes out."""
        return replace(self, letter=letter)

    def dumped(self) -> str:
        """For ``Letter.content``."""
        raw: dict[str, Any] = {
            "values": {k: v.isoformat() if isinstance(v, date) else v for k, v in self.values.items()},
            "recipients": [[party.name, party.natural] for party in self.recipients],
            "copies": list(self.copies),
            "enclosed": list(self.enclosed),
            "letter": self.letter.to_json() if self.letter else None,
        }
        return json.dumps(raw, ensure_ascii=False)


def _value(key: str, value: Any) -> FieldValue:
    types = {known.key: known.type for known in known_fields().values()}
    return date.fromisoformat(value) if value and types.get(key) == DATE else value

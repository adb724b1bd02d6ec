"""What became, or would become, of a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class RowState(Enum):
    """Value: in the database. ``label``: what people read."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        return {"new": "新增", "changed": "变更", "same": "无变化", "wrong": "错误"}[self.value]


@dataclass
class RowOutcome:
    """``name``: what the row is about; ``notes``: heading and sentence, for a wrong row what to put right."""

    sheet: str
    number: int
    name: str
    state: RowState
    notes: list[tuple[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        return {
            "sheet": self.sheet,
            "number": self.number,
            "name": self.name,
            "state": self.state.value,
            "notes": [list(note) for note in self.notes],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> RowOutcome:
        """The inverse."""
        return cls(
            data["sheet"],
            data["number"],
            data["name"],
            RowState(data["state"]),
            [(heading, sentence) for heading, sentence in data["notes"]],
        )

"""What a check says: a fault, an "unread", and the finding that people and programs get."""

from __future__ import annotations

from typing import Any, NamedTuple

from gongkai.figures import Place
from gongkai.report.serialise import place_from_json, place_to_json

ERROR, WARNING, INFO = "error", "warning", "info"
HOLDS, FAILS, UNREAD = "holds", "fails", "unread"


class Fault(NamedTuple):
    """The sentence of a check function for the reviewer, in Chinese.

    ``severity`` and ``source`` only where this fault differs from what the check's metadata say; ``cells`` and
    ``where`` only where the check knows better than its subject.
    """

    message: str
    where: tuple[Place, ...] = ()
    expected: str | None = None
    found: str | None = None
    severity: str | None = None
    hint: str | None = None
    cells: tuple[str, ...] = ()
    source: str | None = None


class Unread(NamedTuple):
    """A check function that needs something the document does not hold says which; never a fault of the report."""

    message: str
    cells: tuple[str, ...] = ()


class Finding(NamedTuple):
    """One verdict of one check on one subject (see ``docs/findings.md`` for the JSON)."""

    check: str
    verdict: str
    severity: str
    message: str
    source: str
    cells: tuple[str, ...] = ()
    where: tuple[Place, ...] = ()
    expected: str | None = None
    found: str | None = None
    hint: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "verdict": self.verdict,
            "severity": self.severity,
            "cells": list(self.cells),
            "message": self.message,
            "expected": self.expected,
            "found": self.found,
            "source": self.source,
            "where": [place_to_json(p) for p in self.where],
            "hint": self.hint,
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Finding:
        """The finding that ``to_json`` gave; raises ``KeyError`` for anything else."""
        where = tuple(place_from_json(place) for place in raw["where"])
        return cls(**{**{name: raw[name] for name in cls._fields}, "cells": tuple(raw["cells"]), "where": where})

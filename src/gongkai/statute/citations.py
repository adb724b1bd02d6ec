"""Instruments of law as dated data (``citations.toml``): what a check cites, and what has been superseded since."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, notice or interpretation. ``superseded``: the day from which ``by`` took its place; ``None`` in force."""

    short: str
    title: str
    in_force: date
    number: str | None = None
    superseded: date | None = None
    by: str | None = None
    watch: tuple[str, ...] = ()


@cache
def instruments() -> dict[str, Instrument]:
    """Short name → instrument."""
    raw = tomllib.loads((files("gongkai.statute") / "citations.toml").read_text(encoding="utf-8"))
    return {
        i["short"]: Instrument(
            short=i["short"],
            title=i["title"],
            in_force=i["from"],
            number=i.get("number"),
            superseded=i.get("superseded"),
            by=i.get("by"),
            watch=tuple(i.get("watch", ())),
        )
        for i in raw["instrument"]
    }


def cited(source: str) -> Instrument | None:
    """The instrument that a citation such as "条例 第五十条第（四）项" begins with; ``None`` when it is not known."""
    fitting = [short for short in instruments() if source == short or source.startswith(short + " ")]
    return instruments()[max(fitting, key=len)] if fitting else None


@cache
def superseded_before(year: int) -> tuple[Instrument, ...]:
    """Instruments with words to watch for that no longer applied on 1 January of ``year``."""
    first_day = date(year, 1, 1)
    return tuple(i for i in instruments().values() if i.watch and i.superseded and i.superseded <= first_day)

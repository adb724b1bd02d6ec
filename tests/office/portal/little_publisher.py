"""A provider of published items as the app that publishes will enter one: here over a list of three."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Item:
    title: str
    href: str
    body_name: str
    published_on: date


ITEMS = tuple(
    Item(f"{year}年农村低保发放名单", f"/items/{year}/", "清源县民政局", date(year + 1, 1, 15))
    for year in range(2019, 2024)
)


def by_words(*, words: str, number: str, body: Any) -> Iterator[Item]:
    """Items that share a year and 低保 with what is asked, the newest first."""
    if "低保" in words:
        yield from ITEMS[::-1]


def broken(*, words: str, number: str, body: Any) -> list[Item]:
    raise RuntimeError(f"the index is gone while looking for {words}")

"""The information processing fee (信息处理费) as dated data (``fees.toml``): an amount in yuan and the steps to it.

One basis an application, never both (国办函〔2020〕109号 第三条). By item: the applications of one applicant to one
body in one calendar month; by page: the A4 pages of one application, for paper, e-mail and copies of electronic data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from gongkai.statute import dated

ITEM, PAGE = "item", "page"
BASES = {ITEM: "按件计收", PAGE: "按量计收"}


class FeeStep(NamedTuple):
    """Numbers ``first`` to ``last`` at ``yuan_each``: ``yuan`` in all, in words, and the provision."""

    first: int
    last: int
    yuan_each: int
    yuan: int
    words: str
    article: str


class Fee(NamedTuple):
    """``yuan``: whole yuan; the sum of its steps."""

    yuan: int
    steps: tuple[FeeStep, ...]


@dataclass(frozen=True, slots=True)
class Tariff:
    """``bands``: (first number, yuan each), ascending. Beyond the last band each ``step`` costs ``rise`` more each.

    ``forms``: of provision (条例 第四十条) that are charged so; empty for every one.
    """

    basis: str
    unit: str
    article: str
    bands: tuple[tuple[int, int], ...]
    valid_from: date
    valid_to: date | None = None
    step: int | None = None
    rise: int = 0
    forms: tuple[str, ...] = ()

    def band(self, number: int) -> tuple[int | None, int]:
        """The last number of the band that ``number`` is in (``None``: no end), and its yuan each."""
        first, each = max(band for band in self.bands if band[0] <= number)
        after = min((band[0] for band in self.bands if band[0] > number), default=None)
        if after is not None:
            return after - 1, each
        if self.step is None:
            return None, each
        steps = (number - first) // self.step
        return first + (steps + 1) * self.step - 1, each + steps * self.rise


@cache
def tariffs() -> tuple[Tariff, ...]:
    """All tariffs, those out of force too."""
    return tuple(Tariff(**entry) for entry in dated.read("fees.toml", "tariff"))


def tariff(basis: str, received: date) -> Tariff:
    """The tariff for applications received on that day. Raises ``KeyError`` for an unknown basis, ``OutOfRangeError``
    before there was one."""
    return dated.as_of((entry for entry in tariffs() if entry.basis == basis), received, BASES.get(basis, basis))


def fee(basis: str, count: int, received: date, already: int = 0) -> Fee:
    """What ``count`` items or pages cost when ``already`` as many came before them in the same month.

    By item, the third application of a month costs ``fee(ITEM, 1, received, already=2)``. Raises ``ValueError`` for
    negative numbers, else as ``tariff`` does.
    """
    if count < 0 or already < 0:
        raise ValueError(f"count and already must not be negative: {count}, {already}")
    entry = tariff(basis, received)
    steps, number, end = [], already + 1, already + count
    while number <= end:
        last, each = entry.band(number)
        last = end if last is None else min(last, end)
        amount = (last - number + 1) * each
        span = f"第{number}至{last}{entry.unit}" if last > number else f"第{number}{entry.unit}"
        cost = f"每{entry.unit}{each}元，计{amount}元" if each else "不收费"
        steps.append(FeeStep(number, last, each, amount, f"{span}：{cost}", entry.article))
        number = last + 1
    return Fee(sum(step.yuan for step in steps), tuple(steps))

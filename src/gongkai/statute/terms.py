"""The periods of an application as dated data (``terms.toml``)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from gongkai.statute import dated
from gongkai.statute.errors import OutOfRangeError

NAMES = {
    "reply": "答复期限",
    "extension": "延长答复期限的上限",
    "delay": "理由合理而延迟答复的期限（由机关确定）",
    "correction": "告知补正的期限",
    "third_party": "第三方提出意见的期限",
    "agency": "其他机关提出意见的期限",
    "suspension": "征求意见所需时间不计入答复期限",
    "payment": "缴纳信息处理费的期限",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One period. ``days``: working days, ``None`` without limit. ``valid_to``: last day, ``None`` while in force."""

    name: str
    article: str
    valid_from: date
    days: int | None = None
    valid_to: date | None = None


@cache
def terms() -> tuple[Term, ...]:
    """All entries, those out of force too."""
    return tuple(Term(**entry) for entry in dated.read("terms.toml", "term"))


@cache
def _eras() -> tuple[tuple[date, ...], tuple[dict[str, Term], ...]]:
    changes = {term.valid_from for term in terms()} | {t.valid_to + timedelta(1) for t in terms() if t.valid_to}
    starts = tuple(sorted(changes))
    return starts, tuple({term.name: term for term in terms() if dated.in_force(term, start)} for start in starts)


def on(received: date) -> dict[str, Term]:
    """Name → period for a case received on that day; what the law of that day did not have is absent.

    Raises ``OutOfRangeError`` for days before the first regulation.
    """
    starts, eras = _eras()
    position = bisect_right(starts, received)
    if position == 0:
        raise OutOfRangeError(f"收到日期 {received} 早于政府信息公开条例施行之日（{starts[0]}），没有可适用的期限规定")
    return eras[position - 1]

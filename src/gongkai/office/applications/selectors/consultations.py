"""Consultations of a case, each with its end: an opinion, or that the period ran out (条例 第三十二条、第三十四条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.office.applications.models import CaseEvent

THIRD_PARTY, AGENCY = "consult_third_party", "consult_agency"
_WORDS = {"agree": "同意公开", "refuse": "不同意公开", "partly": "同意部分公开", "none": "未提出意见"}


@dataclass(slots=True)
class Consulted:
    """``answer``: ``None`` while neither opinion nor end was entered."""

    asked: CaseEvent
    answer: CaseEvent | None = None

    @property
    def third_party(self) -> bool:
        return self.asked.event == THIRD_PARTY

    @property
    def objects(self) -> bool:
        """To the whole, or to a part."""
        return self.answer is not None and self.answer.data.get("opinion") in ("refuse", "partly")

    @property
    def words(self) -> str:
        """What came of it; empty while nothing has."""
        if self.answer is None:
            return ""
        if self.answer.data.get("timeout"):
            return "期满未提出意见" if self.third_party else "期满未提出意见，视为同意公开"
        return _WORDS.get(str(self.answer.data.get("opinion")), "收到意见")


def consultations(events: Iterable[CaseEvent]) -> list[Consulted]:
    """In the order in which they were sent; an opinion that names nobody ends the first that waits."""
    found: list[Consulted] = []
    for event in events:
        if event.event in (THIRD_PARTY, AGENCY):
            found.append(Consulted(event))
        elif event.event == "opinion_or_timeout" and (waiting := [one for one in found if one.answer is None]):
            named = (one for one in waiting if event.party and one.asked.party == event.party)
            next(named, waiting[0]).answer = event
    return found


def objected(events: Iterable[CaseEvent]) -> bool:
    """Whether a third party who was consulted does not agree to all of it."""
    return any(one.third_party and one.objects for one in consultations(events))


def result_for_applicant(events: Iterable[CaseEvent]) -> str:
    """What third parties said, without their names; empty before."""
    told = [one.words for one in consultations(events) if one.third_party and one.answer is not None]
    if len(told) < 2:
        return f"第三方{told[0]}" if told else ""
    return "；".join(f"第三方（{number}）{words}" for number, words in enumerate(told, 1))

"""How and where to appeal: against the reply, or against silence (条例 第五十一条; 行政复议法; 行政诉讼法)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.sender import sender_of
from gongkai.office.bodies.models import Body
from gongkai.statute import remedies
from gongkai.statute.errors import OutOfRangeError
from gongkai.statute.outcomes import outcome

_COURTS = {"basic": "机关所在地的基层人民法院", "intermediate": "机关所在地的中级人民法院"}
COMPLAINT = (
    "认为机关没有依法履行政府信息公开义务的，也可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报"
    "（条例 第四十七条、第五十一条）。"
)


@dataclass(frozen=True, slots=True)
class Appeal:
    """``text``: the statute's paragraph with the authority and the court in their places."""

    text: str
    articles: tuple[str, ...]


def appeal_of(case: Application, today: date) -> Appeal | None:
    """Against how it ended, else against an answer that is overdue; ``None`` where there is nothing to appeal."""
    ended = case.replied_on or case.finished_on  # what is no longer processed is told, and appealed, like a reply
    if ended and case.outcome:
        try:
            kind = outcome(case.outcome, ended).kind
        except (KeyError, OutOfRangeError):
            return None
        found = _appeal(case.body, kind, ended)
        if found is None or case.replied_on:
            return found
        return replace(found, text=found.text.replace("本答复", "不再处理的告知"))  # there is no reply
    if case.finished_on is None and case.due is not None and case.due < today:
        return _appeal(case.body, remedies.SILENCE, today)
    return None


def _appeal(body: Body, kind: str, on: date) -> Appeal | None:
    """The same kind of body, authority and court as the letters of ``body`` name; a description where none is known."""
    sender = sender_of(body, on)
    try:
        law, place = remedies.remedy(kind, on), remedies.hearing(sender.kind, on)
    except (KeyError, OutOfRangeError):
        return None
    if not law.text:
        return None
    names = [sender.authorities.get(key) or remedies.AUTHORITIES[key] for key in place.hears]
    court = sender.courts.get(place.court) or _COURTS[place.court]
    return Appeal(law.text.format(authority="或者".join(names), court=court), law.articles + place.articles)

"""What happened to a case: its events by the day on which they count, and the acts around them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from django.utils import timezone

from gongkai.office.applications.models import CaseEvent
from gongkai.office.applications.selectors.consultations import consultations
from gongkai.office.look.components import TimelineEntry
from gongkai.office.look.words import date_cn, in_words
from gongkai.statute.states import course

_TONES = {"request_correction": "caution", "extend": "caution", "signed_and_sent": "good", "withdrawn": "neutral"}
LABELS = {
    "text": "内容",
    "correction_due": "补正期限",
    "how": "方式",
    "reason": "理由",
    "description": "补正后的内容",
    "amount": "金额（元）",
    "basis": "计收方式",
    "count": "数量",
    "due": "期限",
    "way": "发送方式",
    "source": "来源",
    "note": "备注",
}


def story(events: Iterable[CaseEvent], acts: list[TimelineEntry], *, team: bool) -> list[TimelineEntry]:
    """The newest first: by the day on which it counts, within a day as it was written down. Acts that only repeat an
    event are left to it; what was written only the ``team`` reads."""
    labels = {event.label for event in course().events.values()} | {"登记申请"}
    known = list(events)
    came = {one.answer.pk: one.words for one in consultations(known) if one.answer is not None}
    dated = [(event.on, event.at, entry_of_event(event, came.get(event.pk, ""), team=team)) for event in known]
    dated += [(timezone.localtime(act.when).date(), act.when, act) for act in acts if act.what not in labels]
    return [entry for *_, entry in sorted(dated, key=itemgetter(0, 1), reverse=True)]


def entry_of_event(event: CaseEvent, came: str = "", *, team: bool = True) -> TimelineEntry:
    """One event with what was written about it; ``came``: of a consultation that it ends."""
    parts = []
    if event.party and team:
        parts.append(f"对象：{event.party}")
    if came:
        parts.append(came)
    if event.days:
        parts.append(f"延长{event.days}个工作日")
    if event.until:
        parts.append(f"延迟至{date_cn(event.until)}以前答复")
    if event.served:
        parts.append(f"送达：{date_cn(event.served)}")
    for key, label in LABELS.items() if team else ():
        if value := event.data.get(key):
            parts.append(f"{label}：{_words(value)}")
    if event.override:
        parts.append(f"例外办理：{event.overridden}")
    return TimelineEntry(
        when=event.on,
        what=event.get_event_display(),
        who=event.by_name,
        role=f"{date_cn(event.at)}录入" if timezone.localtime(event.at).date() != event.on else "",
        detail="；".join(parts),
        why=event.override,
        tone="caution" if event.override else _TONES.get(event.event, "info"),  # type: ignore[arg-type]
    )


def _words(value: Any) -> str:
    text = str(value)
    if len(text) == 10 and text[4:5] == "-":
        try:
            return date_cn(date.fromisoformat(text))
        except ValueError:
            pass
    return {"item": "按件计收", "page": "按量计收"}.get(text, in_words(value))

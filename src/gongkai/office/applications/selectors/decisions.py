"""Outcomes for the person at work: in groups, with what each rests on and needs; what the case itself proves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.selectors.consultations import Consulted, consultations, objected
from gongkai.office.look.words import date_cn
from gongkai.statute.outcomes import NEEDS, Outcome, outcome, outcomes, outcomes_on
from gongkai.statute.remedies import NAMES, remedy

# By the parts of the statutory table (三): prefix of the code → heading. Closings are events, not decisions.
GROUPS = {
    "granted": "予以公开",
    "partially": "部分公开",
    "denied": "不予公开",
    "unavailable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
}
# What the course of the case itself proves; nobody types it.
FROM_EVENTS = {
    "correction_request": "request_correction",
    "reason_request": "excessive",
    "fee_notice": "fee_notice",
    "withdrawal": "withdrawn",
}
# The parts of records that have several, as they are asked and shown.
SEARCH = {"systems": "检索的系统、场所", "words": "检索词", "people": "检索人员", "on": "检索日期"}
HARM = {"harm": "公开会怎样损害第三方合法权益", "interest": "不公开对公共利益的影响", "result": "衡量结果"}
RESPONSIBLE = {"body": "负责公开的机关", "contact": "联系方式", "unknown": "不能确定的情况"}
_PARTS = {"record": "", "text": "", "name": "", **SEARCH, **HARM, **RESPONSIBLE}
_NOT_DECIDED = ("closed_no_supplement", "closed_fee_unpaid", "other_withdrawn")


@dataclass(frozen=True, slots=True)
class Option:
    """An outcome as the page explains it."""

    outcome: Outcome
    remedy: str

    @property
    def needs(self) -> list[str]:
        against = (f"{NEEDS[need]}（第三方不同意公开的）" for need in self.outcome.against)
        return [*(NEEDS[need] for need in self.outcome.needs), *against]


def options(day: date) -> list[tuple[str, list[Option]]]:
    """Heading → what may be decided on ``day``, in the order of the table."""
    found = []
    known = [one for one in outcomes_on(day).values() if one.code not in _NOT_DECIDED]
    for prefix, heading in GROUPS.items():
        mine = [one for one in known if _group(one.code) == prefix]
        if mine:
            found.append((heading, [Option(one, _remedy(one, day)) for one in mine]))
    return found


def _group(code: str) -> str:
    return max((prefix for prefix in GROUPS if code.startswith(prefix)), key=len, default="other")


def _remedy(one: Outcome, day: date) -> str:
    return NAMES[remedy(one.kind, day).name] if one.kind != "none" else NAMES["none"]


@cache
def _labels() -> dict[str, str]:
    return {one.code: one.label for one in outcomes()}


def outcome_label(code: str) -> str:
    """``""`` for none."""
    return _labels().get(code, code)


def proved(events: Iterable[CaseEvent]) -> dict[str, str]:
    """Needs (keys of ``NEEDS``) that the events of a case meet, each with a sentence."""
    known = list(events)
    by_event: dict[str, CaseEvent] = {}
    for event in known:
        by_event.setdefault(event.event, event)
    found = {}
    for need, name in FROM_EVENTS.items():
        if name in by_event:
            event = by_event[name]
            party = f"（{event.party}）" if event.party else ""
            found[need] = f"{date_cn(event.on)}{event.get_event_display()}{party}"
    # A consultation without its end proves nothing (条例 第三十二条).
    if told := [_told(one) for one in consultations(known) if one.third_party and one.answer is not None]:
        found["consultation"] = "；".join(told)
    return found


def _told(one: Consulted) -> str:
    asked, answer = one.asked, one.answer
    assert answer is not None
    party = f"（{asked.party}）" if asked.party else ""
    return f"{date_cn(asked.on)}{asked.get_event_display()}{party}，{date_cn(answer.on)}{one.words}"


def record_words(record: object) -> str:
    """A record of a decision (text, or a mapping of its parts) as the page shows it."""
    if not isinstance(record, dict):
        return str(record)
    parts = [(label, record[key]) for key, label in _PARTS.items() if record.get(key)]
    return "；".join(f"{label}：{value}" if label else str(value) for label, value in parts)


def needs_of(chosen: Outcome, events: Iterable[CaseEvent]) -> tuple[str, ...]:
    """Keys of ``NEEDS``: those of the outcome, and those besides where a third party objects to it (条例 32)."""
    return (*chosen.needs, *(chosen.against if objected(events) else ()))


def lacking(case: Application, events: Sequence[CaseEvent]) -> list[str]:
    """What the chosen outcome still needs, in words."""
    decision = getattr(case, "decision", None)
    if decision is None:
        return []
    needs = needs_of(outcome(decision.outcome, decision.changed_at.date()), events)
    return [NEEDS[need] for need in needs if not decision.records.get(need)]

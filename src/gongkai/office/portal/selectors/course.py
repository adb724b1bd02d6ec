"""Where a case stands, in words for its applicant; what the office does inside is not told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.look.components import TimelineEntry
from gongkai.office.look.words import date_cn
from gongkai.statute.deadlines import Deadline
from gongkai.statute.states import course

# State → what it is called and what it means for the applicant.
STATES = {
    "AWAITING_CONFIRMATION": ("等待机关确认", "申请已经提交。机关会与您确认收到，从确认的第二天起计算答复期限。"),
    "RECEIVED": ("正在办理", "机关已经收到您的申请，正在办理。"),
    "CORRECTION_REQUESTED": ("需要您补正", "机关请您补充或者说明一些内容。收到您的补正后，重新计算答复期限。"),
    "REASON_REQUESTED": ("需要您说明理由", "您提出的申请数量、频次较多，机关请您说明理由。"),
    "CONSULTING_THIRD_PARTY": (
        "正在征求第三方意见",
        "公开可能影响第三方的权益，机关正在征求其意见，所需时间不计入期限。",
    ),
    "CONSULTING_AGENCY": (
        "正在征求其他机关意见",
        "这些信息由几个机关共同制作，正在征求意见，所需时间不计入期限。",
    ),
    "SECRECY_REVIEW": ("正在办理", "机关正在依照规定确定这些信息是否可以公开。"),
    "FEE_NOTICED": ("需要您缴费", "机关已经发出收费通知。缴费以后，重新计算答复期限。"),
    "DRAFT_REPLY": ("正在办理", "机关正在准备答复。"),
    "REVIEW": ("正在办理", "机关正在准备答复。"),
    "REPLIED": ("已经答复", "机关已经作出答复。"),
    "CLOSED_NO_SUPPLEMENT": ("已经办结", "您没有在期限内补正，申请不再处理。您可以重新提出申请。"),
    "CLOSED_FEE_UNPAID": ("已经办结", "没有在期限内缴费，视为放弃申请，不再处理。您可以重新提出申请。"),
    "WITHDRAWN": ("已经撤回", "您已经撤回这项申请。需要时可以重新提出。"),
    "ARCHIVED": ("已经办结", "这项申请已经办结，材料已经归档。"),
}
# Events of which the applicant is told, or which they did themselves.
_TOLD = {
    "submitted": "提交申请",
    "confirmed": "机关与您确认收到",
    "request_correction": "机关请您补正",
    "correction_received": "收到您的补正",
    "correction_overdue": "补正期限已过，不再处理",
    "excessive": "机关请您说明理由",
    "reason_accepted": "机关认可您说明的理由",
    "reason_not_accepted": "机关不认可您说明的理由",
    "consult_third_party": "征求第三方意见",
    "consult_agency": "征求其他机关意见",
    "opinion_or_timeout": "征求意见结束",
    "extend": "延长答复期限",
    "fee_notice": "发出收费通知",
    "paid": "收到您的缴费",
    "fee_overdue": "缴费期限已过，不再处理",
    "signed_and_sent": "作出答复",
    "withdrawn": "您撤回申请",
}
_CONSULTED = {"consult_third_party": "第三方", "consult_agency": "其他机关"}
_COUNTED = ("", "（二）", "（三）", "（四）", "（五）")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of the applicant. ``until``: by when; ``None`` where no day was set."""

    title: str
    text: str
    until: date | None
    can_correct: bool = False


def words_of(case: Application) -> tuple[str, str]:
    """What the state is called, and a sentence."""
    return STATES[case.state]


def is_open(case: Application) -> bool:
    """Whether the body still has to do something."""
    return course().states[case.state].clock != "ended"


def nameless(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """Copies without the names of those consulted and without the clerks' reasons: the steps of the deadline quote
    both."""
    called: dict[str, str] = {}
    counts: dict[str, int] = {}
    found = []
    for event in map(copy, events):
        if event.party:
            if event.party not in called:
                word = _CONSULTED.get(event.event, "对方")
                counts[word] = counts.get(word, 0) + 1
                called[event.party] = word + (
                    _COUNTED[counts[word] - 1] if counts[word] <= len(_COUNTED) else f"（{counts[word]}）"
                )
            event.party = called[event.party]
        if event.override:
            event.override = "机关已记录理由"
        found.append(event)
    return found


def public_deadline(case: Application, events: Iterable[CaseEvent]) -> Deadline | None:
    """The deadline with steps that the applicant may read."""
    return deadline_of(case, nameless(events))


def story(events: Iterable[CaseEvent]) -> list[TimelineEntry]:
    """The newest first; nobody's name."""
    entries = [
        TimelineEntry(
            when=event.on,
            what=_TOLD[event.event],
            detail=_detail(event),
            tone="good" if event.event == "signed_and_sent" else "info",
        )
        for event in events
        if event.event in _TOLD
    ]
    return entries[::-1]


def _detail(event: CaseEvent) -> str:
    if event.until:
        return f"延迟至{date_cn(event.until)}以前答复"
    return f"延长{event.days}个工作日" if event.days else ""


def asked(case: Application, events: Sequence[CaseEvent], deadline: Deadline | None) -> Asked | None:
    """What the body waits for from the applicant; ``None``: nothing."""
    last = {event.event: event for event in events}
    if case.state == "CORRECTION_REQUESTED":
        data = last["request_correction"].data
        return Asked("请您补正", str(data.get("text") or ""), _day(data.get("correction_due")), can_correct=True)
    if case.state == "REASON_REQUESTED":
        return Asked("请您说明理由", str(last["excessive"].data.get("text") or ""), None)
    if case.state == "FEE_NOTICED":
        data = last["fee_notice"].data
        amount = f"应缴信息处理费{data['amount']}元。" if data.get("amount") else ""
        return Asked("请您缴费", f"{amount}缴费办法见收费通知书。", deadline.until if deadline else None)
    return None


def due_words(case: Application, deadline: Deadline | None) -> str:
    """By when the body has to answer, as a sentence."""
    if not is_open(case):
        return ""
    if deadline is None:
        return "机关与您确认收到以后，从第二天起20个工作日内答复。"
    if deadline.due is None:
        return "答复期限现在停止计算。"
    estimate = "（预估：之后的放假安排尚未公布）" if deadline.provisional else ""
    return f"最迟应在{date_cn(deadline.due)}答复您{estimate}。"


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None

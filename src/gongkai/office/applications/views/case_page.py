"""The page of a case: what it is, when it is due and why, what the law allows now, what happened, the papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.acts.timeline import history_of
from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.selectors.applicants import MANY, count_in_month, others_asking, similar_earlier
from gongkai.office.applications.selectors.clock import days_left, deadline_of, urgency
from gongkai.office.applications.selectors.content import gaps
from gongkai.office.applications.selectors.decisions import lacking, outcome_label
from gongkai.office.applications.selectors.facts import facts_of, possibilities
from gongkai.office.applications.selectors.letter_facts import signed_reply
from gongkai.office.applications.selectors.seeing import masked_name
from gongkai.office.applications.views.acting import case_for, page_of
from gongkai.office.applications.views.letter_lists import due_offers, rows_of
from gongkai.office.applications.views.listing import URGENCY_TONES
from gongkai.office.applications.views.timeline import story
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.views.acting import allowed_actions, verdict
from gongkai.office.look.badges import Badge, clock_badge
from gongkai.office.look.components import Fact, FileItem, Masked
from gongkai.office.look.frame import Action
from gongkai.office.look.words import date_cn
from gongkai.statute.deadlines import Deadline
from gongkai.statute.outcomes import outcome
from gongkai.statute.states import CLOCKS, Facts, course

# Reviewing and signing have pages of their own, with the draft before one's eyes.
_PAGES = {"signed_and_sent": "applications:sign", "returned": "applications:review"}
_PERSONAL = ("identity_number", "phone", "address", "email")
_REVEALABLE = frozenset(_PERSONAL)


@dataclass(frozen=True, slots=True)
class Note:
    """An alert above the page, with where it leads."""

    text: str
    tone: str
    title: str


@may("applications.see")
@require_safe
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A constant number of queries, however long the case has gone on."""
    case = case_for(request, pk)
    events = list(case.events.all())
    team = bool(verdict(request, "applications.see_applicant", case))
    attached = list(attachments_of(case)) if team else []
    deadline = deadline_of(case, events)
    facts = facts_of(case, events)
    letters = rows_of(case) if team else []
    found = possibilities(request.actor, case, facts)  # type: ignore[attr-defined]
    context = {
        "title": str(case),
        "subtitle": f"{case.body.name}　{case.get_state_display()}",
        "breadcrumbs": [("申请", reverse("applications:cases"))],
        "actions": _actions(request, case, team),
        "case": case,
        "team": team,
        "notes": _notes(case, events, attached, team, facts),
        "what": _what(case, team),
        "applicant": _applicant(request, case, team),
        "clock": _clock(case, deadline),
        "steps": deadline.steps if deadline else (),
        "lawful": [(p, _address(case, p.event.key)) for p in found if p.lawful],
        "overridable": [
            (p, _address(case, p.event.key))
            for p in found
            if not p.lawful
            and p.ruling
            and p.ruling.overridable
            and verdict(request, f"applications.{p.event.key}", case)
        ],
        "refused": [p for p in found if not p.lawful],
        "decision": _decision(case, events),
        "files": [_file(case, one, request) for one in attached],
        "letters": letters,
        "due_letters": due_offers(case, events, letters) if verdict(request, "applications.write_letter", case) else [],
        "may_redact": bool(attached) and verdict(request, "applications.redact", case),
        "may_attach": verdict(request, "applications.attach", case),
        "similar": similar_earlier(case) if team else [],
        "may_link": verdict(request, "applications.link_duplicate", case),
        "asked_too": others_asking(case) if team and case.outcome in _RELEASED else [],
        "suggestion": case.suggestions.first(),
        "may_suggest": verdict(request, "applications.suggest_publication", case),
        "timeline": story(events, history_of(case) if team else [], team=team),
        "parts": list(case.parts.all()),
    }
    return render(request, "applications/case.html", context)


_RELEASED = ("granted", "granted_already_public", "partially_granted")


def _what(case: Application, team: bool) -> list[Fact]:
    facts = [
        Fact("用途", case.purpose),
        Fact("信息形式", case.get_form_display() or "申请人没有写明"),
        Fact("获取方式", case.get_way_display() or "申请人没有写明"),
        Fact("提交方式", case.get_channel_display()),
        Fact("提交或寄达", date_cn(case.arrived_on)),
        Fact("收到之日", date_cn(case.received_on) or "待确认"),
        Fact("承办人", case.handler.name if case.handler else None),
    ]
    if team:  # by the code a case is followed and its reply read, which is the applicant's affair
        facts.append(Fact("查询码", case.code))
    if case.needs_assistance:
        facts.append(Fact("需要的协助", case.needs_assistance, note="条例 第四十三条"))
    if case.duplicate_of:
        facts.append(Fact("首次申请", str(case.duplicate_of), href=page_of(case.duplicate_of)))
    if case.split_from:
        facts.append(Fact("由此拆分", str(case.split_from), href=page_of(case.split_from)))
    return facts


def _applicant(request: HttpRequest, case: Application, team: bool) -> list[Fact]:
    if not team:
        return [Fact("申请人", masked_name(case)), Fact("类别", case.get_applicant_kind_display())]
    revealing = bool(verdict(request, "applications.reveal", case))
    facts = [
        Fact("姓名或者名称", case.applicant_name),
        Fact("类别", case.get_applicant_kind_display()),
        Fact("共同申请人", case.joint_applicants),
        Fact("法定代表人", case.representative),
        Fact("代理人", case.agent),
        Fact("身份证明", case.get_identity_kind_display()),
    ]
    for name in _PERSONAL:
        value = getattr(case, name)
        href = reverse("applications:reveal", args=[case.pk, name]) if revealing else ""
        label = str(Application._meta.get_field(name).verbose_name)
        facts.append(Fact(label, Masked(value.mask, href, label) if value else None))
    return [fact for fact in facts if fact.value or fact.label in ("证件号码", "联系电话")]


def _clock(case: Application, deadline: Deadline | None) -> dict[str, Any]:
    today = timezone.localdate()
    state = course().states[case.state]
    found: dict[str, Any] = {"state": CLOCKS[state.clock], "waiting": ""}
    if deadline is None:
        return found
    if case.finished_on is not None:
        late = case.replied_on is not None and case.due is not None and case.replied_on > case.due
        found["due"] = case.due
        found["badge"] = Badge("逾期答复", "bad") if late else Badge("已办结", "good")
        return found
    found["due"] = deadline.due
    if deadline.due:
        found["badge"] = clock_badge(days_left(deadline.due, today))
        colour = urgency(deadline.due, today)
        found["tone"] = URGENCY_TONES[colour] if colour else "neutral"
    elif deadline.until:
        found["waiting"] = f"期限停止计算，等待至{date_cn(deadline.until)}"
    return found


def _decision(case: Application, events: list[CaseEvent]) -> dict[str, Any] | None:
    decision = getattr(case, "decision", None)
    if decision is None:
        if not case.outcome:
            return None
        return {"facts": [Fact("处理结果", outcome_label(case.outcome))], "lacking": []}
    return {"facts": decision_facts(case), "lacking": lacking(case, events)}


def decision_facts(case: Application) -> list[Fact]:
    """The decision as far as it is; the case must have one."""
    decision = case.decision
    known = outcome(decision.outcome, case.replied_on or timezone.localdate())
    facts = [
        Fact("处理结果", known.label, note=known.article or ""),
        Fact("文号", decision.number),
        Fact("理由和依据", decision.reason),
        Fact("答复内容", decision.content),
        Fact("审核意见", decision.opinion),
        Fact("答复日期", date_cn(case.replied_on)),
        Fact("送达", _delivery(case)),
    ]
    return [fact for fact in facts if fact.value]


def _delivery(case: Application) -> str:
    if case.served_on is None:
        return "尚未登记送达" if case.replied_on else ""
    way = case.decision.get_delivery_way_display()
    return f"{date_cn(case.served_on)}，{way}" + (
        f"，{case.decision.delivery_proof}" if case.decision.delivery_proof else ""
    )


def _notes(
    case: Application, events: list[CaseEvent], attached: list[Attachment], team: bool, facts: Facts
) -> list[Note]:
    notes = []
    if case.state == "AWAITING_CONFIRMATION":
        notes.append(Note("请于当日与申请人确认收到，确认之日为收到之日（条例 第三十一条）。", "urgent", "待确认"))
    if team and case.state in ("AWAITING_CONFIRMATION", "RECEIVED"):
        missing = gaps(case, {one.label for one in attached})
        if missing:
            words = "、".join(f"{gap.what}（{gap.article}）" for gap in missing)
            asked = any(gap.correct for gap in missing) and _correctable(facts)
            advice = "建议在收到之日起7个工作日内一次性告知补正。" if asked else ""
            notes.append(Note(f"{words}。{advice}", "caution", "申请缺少"))
    if team and case.finished_on is None and (count := count_in_month(case)) > MANY:
        words = (
            f"该申请人本月向本机关提出的申请已有{count}件：可以要求说明理由（条例 第三十五条），"
            "也可以依照规定收取信息处理费（条例 第四十二条）。"
        )
        notes.append(Note(words, "info", "申请数量较多"))
    for event in events:
        if event.override:
            words = f"{date_cn(event.on)}{event.get_event_display()}：{event.overridden}。理由：{event.override}"
            notes.append(Note(words, "caution", "例外办理"))
    return notes


def _correctable(facts: Facts) -> bool:
    """Whether a correction may still be asked for: once, and in time (条例 第三十条)."""
    limit = facts.correction_limit
    return not facts.corrections and (limit is None or facts.today <= limit)


def _file(case: Application, one: Attachment, request: HttpRequest) -> FileItem:
    warnings = [finding.sentence for finding in one.file.findings or []]
    if one.disagreement:
        warnings.append(one.disagreement)
    return FileItem(
        name=f"{one.name}{f'（{one.label}）' if one.label else ''}",
        href=reverse("applications:file", args=[case.pk, one.pk]),
        size=one.file.size,
        kind=one.file.kind.name,
        warnings=warnings,
        when=one.uploaded_at,
        who=one.uploaded_by_name,
    )


def _address(case: Application, event: str) -> str:
    if event in _PAGES:
        return reverse(_PAGES[event], args=[case.pk])
    return reverse("applications:event", args=[case.pk, event])


def _service(case: Application) -> tuple[str, Action]:
    """The reply is sent, and its service recorded, with its letter; where none was made here, with the case."""
    letter = signed_reply(case)
    if letter is None:
        href = reverse("applications:deliver", args=[case.pk])
        return "applications.deliver", Action("登记送达", href, "send", primary=not case.served_on)
    if letter.sent_on is None:
        href = reverse("applications:send_letter", args=[case.pk, letter.pk])
        return "applications.send_letter", Action("送出答复书", href, "send", primary=True)
    href = reverse("applications:letter_service", args=[case.pk, letter.pk])
    return "applications.record_service", Action("登记送达", href, "checkbox", primary=not case.served_on)


def _actions(request: HttpRequest, case: Application, team: bool) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"applications:{name}", args=[case.pk])

    offers = []
    if case.finished_on is None:
        offers += [("applications.correct_entry", Action("更正登记", to("correct_entry"), "pencil"))]
        offers += [("applications.assign", Action("指定承办人", to("assign"), "user"))]
    if case.state == "DRAFT_REPLY":
        offers += [("applications.decide", Action("拟定处理决定", to("decide"), "pencil", primary=True))]
    if case.state == "REVIEW":
        offers += [
            ("applications.approve", Action("审核", to("review"), "check", primary=True)),
            ("applications.signed_and_sent", Action("签发", to("sign"), "signature", primary=True)),
        ]
    if case.replied_on:
        offers.append(_service(case))
    if case.state == "RECEIVED":
        offers += [("applications.split", Action("拆分", to("split"), "stack-2"))]
    if case.finished_on is None:
        offers += [("applications.agree_extension", Action("同意延期", to("agree_extension"), "clock"))]
    offers += [("applications.see_applicant", Action("接收回执", to("receipt"), "file-text"))]
    return allowed_actions(request, case, *offers)

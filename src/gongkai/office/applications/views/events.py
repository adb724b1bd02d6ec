"""An event of the course: its form, the deadline it would lead to, and doing it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.office.acts.policy import Refused
from gongkai.office.applications.forms.event_form import EventForm
from gongkai.office.applications.forms.events import FORMS
from gongkai.office.applications.forms.fees import FeeForm
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.applications.selectors.facts import possibilities
from gongkai.office.applications.services.proceeding import foresee, proceed
from gongkai.office.applications.views.acting import act_by_form, case_for, crumbs, page_of
from gongkai.office.applications.views.case_page import Note
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.views.acting import verdict
from gongkai.office.look.components import Fact
from gongkai.office.look.words import date_cn
from gongkai.statute.states import course

CONFIRM = "confirm"  # the step of the form that acts; without it the page shows what would follow


@may("applications.see")
@require_http_methods(["GET", "HEAD", "POST"])
def event_page(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """First what would follow, then, confirmed, the act. What was typed is kept whatever happens."""
    if event not in FORMS:
        raise Http404
    case = case_for(request, pk, f"applications.{event}")
    events = list(case.events.all())
    label = course().events[event].label
    possible = next(p for p in possibilities(request.actor, case) if p.event.key == event)  # type: ignore[attr-defined]
    agrees = bool(verdict(request, "applications.agree_extension", case))
    form = FORMS[event](request.POST or None, case=case, events=events, may_agree=agrees)
    if possible.lawful or not (possible.ruling and possible.ruling.overridable):
        form.without_override()
    seen = _digest(request)
    # Whoever changes a field after the preview sees another one first.
    confirmed = request.method == "POST" and request.POST.get("step") == f"{CONFIRM}-{seen}"
    notes, preview = [], None
    if not possible.lawful and request.method != "POST":
        notes.append(
            Note(
                f"{possible.why}（{possible.article}）" if possible.article else possible.why, "caution", "现在不能办理"
            )
        )
    if request.method == "POST" and not confirmed and form.is_valid():
        preview = _preview(request, case, event, form)
    return act_by_form(
        request,
        form,
        lambda data: proceed(request.actor, case, event, form.particulars()),  # type: ignore[attr-defined]
        posted=confirmed,
        done=f"已办理：{label}",
        back=page_of(case),
        title=label,
        submit="确认办理" if preview else "下一步：预览",
        cancel=page_of(case),
        breadcrumbs=crumbs(case),
        template="applications/event.html",
        extra={
            "notes": notes,
            "preview": preview,
            "step": f"{CONFIRM}-{seen}" if preview else "preview",
            "facts": _facts(case),
        },
    )


def _digest(request: HttpRequest) -> str:
    """Of what was typed, so that a confirmation is of what was shown."""
    typed = sorted(
        (k, request.POST.getlist(k)) for k in request.POST if k not in ("csrfmiddlewaretoken", "step", "version")
    )
    return hashlib.sha256(repr(typed).encode()).hexdigest()[:16]


def _facts(case: Application) -> list[Fact]:
    return [
        Fact("申请", str(case)),
        Fact("状态", case.get_state_display()),
        Fact("答复期限", date_cn(case.due) or "停止计算"),
    ]


def _preview(request: HttpRequest, case: Application, event: str, form: EventForm) -> dict[str, Any] | None:
    try:
        after, entry = foresee(request.actor, case, event, form.particulars())  # type: ignore[attr-defined]
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    deadline = deadline_of(after, [*case.events.all(), entry])
    facts = [Fact("状态", after.get_state_display()), Fact("办理日期", date_cn(entry.on))]
    if after.finished_on is not None:
        facts.append(Fact("期限", "终止"))
    elif deadline and deadline.due:
        moved = f"由{date_cn(case.due)}变为{date_cn(deadline.due)}" if deadline.due != case.due else "不变"
        facts.append(Fact("答复期限", date_cn(deadline.due), note=moved))
    elif deadline:
        facts.append(Fact("答复期限", "停止计算", note=f"至{date_cn(deadline.until)}" if deadline.until else ""))
    if isinstance(form, FeeForm) and form.fee is not None:
        facts.append(Fact("信息处理费", f"{form.fee.yuan}元", note="；".join(step.words for step in form.fee.steps)))
    if entry.override:
        facts.append(Fact("例外办理", entry.overridden, note=entry.override))
    if entry.on != timezone.localdate():
        facts.append(Fact("补记", "办理日期不是今天"))
    return {"facts": facts, "steps": deadline.steps if deadline else ()}

"""文书 of a case: written from the record, looked at, sent, proved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.acts.attachments.serving import download
from gongkai.office.acts.policy import Refused
from gongkai.office.acts.services.attachments import store
from gongkai.office.applications.forms.letters import LetterForm, SendForm, ServiceForm
from gongkai.office.applications.letters import FORMATS, LetterError
from gongkai.office.applications.letters import render as on_paper
from gongkai.office.applications.letters.checking import newest
from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.selectors.enclosing import enclosable, enclosed_unasked
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_facts import Start, as_it_stands, find, start
from gongkai.office.applications.services.lettering import drop_letter, rewrite_letter, write_letter
from gongkai.office.applications.services.posting import file_name, record_service, send_letter
from gongkai.office.applications.views.acting import act_by_form, as_file, case_for, crumbs
from gongkai.office.applications.views.letter_lists import STATES, offers_of, rows_of
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.views.acting import allowed_actions, demand, verdict
from gongkai.office.look.components import Fact
from gongkai.office.look.frame import Action
from gongkai.office.look.words import date_cn
from gongkai.rendering.errors import RenderingError

_asks = require_http_methods(["GET", "HEAD", "POST"])


@may("applications.see_applicant")
@require_safe
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that are there, and those that may be written."""
    case = case_for(request, pk, "applications.see_applicant")
    events = list(case.events.all())
    context = {
        "title": "文书",
        "subtitle": str(case),
        "breadcrumbs": crumbs(case),
        "case": case,
        "letters": rows_of(case),
        "offers": offers_of(case, events) if verdict(request, "applications.write_letter", case) else [],
    }
    return render(request, "applications/letters/list.html", context)


@may("applications.write_letter")
@_asks
def new_letter(request: HttpRequest, pk: int, event: int, kind: str) -> HttpResponse:
    """``event``: the key of the event that it goes with; 0: none."""
    case = case_for(request, pk, "applications.write_letter")
    begun = _start(case, kind, event)
    unasked = [one.pk for one in enclosed_unasked(case)]
    form = LetterForm(request.POST or None, start=begun, files=enclosable(case), enclosed=unasked, content=None)
    return act_by_form(
        request,
        form,
        lambda data: write_letter(  # type: ignore[attr-defined]
            request.actor, case, kind=kind, content=form.content(), event=event
        ),
        done="已保存草稿：{}",
        back=_page,
        title=begun.entry.label,
        submit="保存草稿并预览",
        cancel=_list(case),
        intro="内容由办理记录带出，请核对、补齐。送出时才编文号。",
        breadcrumbs=_crumbs(case),
    )


@may("applications.rewrite_letter")
@_asks
def edit_letter(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A draft only."""
    case, letter = _letter(request, pk, number, "applications.rewrite_letter")
    if letter.state != Letter.State.DRAFT:
        raise Refused(f"这份文书{letter.state.label}，不能再修改。")
    begun, content = _start(case, letter.kind, letter.event_id or 0), Content.of(letter)
    form = LetterForm(
        request.POST or None,
        start=begun,
        files=enclosable(case),
        enclosed=content.enclosed,
        content=content,
        initial={"version": letter.version},
    )
    return act_by_form(
        request,
        form,
        lambda data: rewrite_letter(  # type: ignore[attr-defined]
            request.actor, letter, content=form.content(), version=data["version"]
        ),
        done="已保存：{}",
        back=_page,
        title=f"修改{letter.title}",
        submit="保存并预览",
        cancel=_page(letter),
        breadcrumbs=_crumbs(case, letter),
    )


@may("applications.see_applicant")
@require_safe
def letter(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The letter as it would be, or as it was."""
    case, one = _letter(request, pk, number, "applications.see_applicant")
    made, trouble = None, ""
    try:
        made = as_it_stands(one, list(case.events.all()), timezone.localdate())
    except LetterError as error:
        trouble = f"{error}。"
    context = {
        "title": one.title,
        "subtitle": one.state.label,
        "breadcrumbs": _crumbs(case),
        "actions": _actions(request, case, one, bool(made)),
        "case": case,
        "letter": one,
        "badge": STATES[one.state],
        "made": made,
        "trouble": trouble,
        "facts": _facts(one),
        "formats": [] if made is None else [(form, _file(one, form)) for form in FORMATS],
        "may_drop": one.state == Letter.State.DRAFT and verdict(request, "applications.drop_letter", one),
    }
    return render(request, "applications/letters/letter.html", context)


@may("applications.see_applicant")
@require_safe
def letter_file(request: HttpRequest, pk: int, number: int, format: str) -> HttpResponseBase:
    """Sent: the sealed file itself. Before: made now, to be printed and stamped."""
    case, one = _letter(request, pk, number, "applications.see_applicant")
    if format not in FORMATS:
        raise Http404
    kept = one.pdf if format == "pdf" else one.docx
    try:
        if kept is not None:
            return download(kept, store())
        made = as_it_stands(one, list(case.events.all()), timezone.localdate())
        data = on_paper(made, format)
    except (LetterError, RenderingError, StoreError) as error:
        messages.error(request, f"{error}。")
        return redirect(_page(one))
    return as_file(data, f"{file_name(one)}{'' if one.number else '（草稿）'}", format)


@may("applications.send_letter")
@_asks
def send_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Once, for good."""
    case, one = _letter(request, pk, number, "applications.send_letter")
    if one.sent_on is not None:
        raise Refused(f"这份文书已于{date_cn(one.sent_on)}送出，不能再送一次。")
    initial = {"version": one.version, "way": case.way, "on": timezone.localdate()}
    form = SendForm(request.POST or None, letter=one, to=newest(one.kind).to, initial=initial)
    return act_by_form(
        request,
        form,
        lambda data: send_letter(request.actor, one, **data),  # type: ignore[attr-defined]
        done="文书已送出",
        back=_page(one),
        title=f"送出{one.title}",
        submit="编号并送出" if newest(one.kind).series and not one.number else "送出",
        cancel=_page(one),
        intro="送出后不能修改、撤回。DOCX和PDF同时存档。",
        breadcrumbs=_crumbs(case, one),
    )


@may("applications.record_service")
@_asks
def service_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """When it arrived, and how one knows."""
    case, one = _letter(request, pk, number, "applications.record_service")
    if one.sent_on is None:
        raise Refused("文书尚未送出，不能登记送达。")
    initial = {"version": one.version, "on": one.served_on or timezone.localdate()}
    return act_by_form(
        request,
        ServiceForm(request.POST or None, initial=initial),
        lambda data: record_service(request.actor, one, **data),  # type: ignore[attr-defined]
        done="已登记送达",
        back=_page(one),
        title="登记文书送达",
        submit="登记",
        cancel=_page(one),
        breadcrumbs=_crumbs(case, one),
    )


@may("applications.drop_letter")
@require_POST
def drop_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A draft that is not wanted."""
    case, one = _letter(request, pk, number, "applications.drop_letter")
    try:
        drop_letter(request.actor, one)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_page(one))
    messages.success(request, "已删除草稿")
    return redirect(_list(case))


def _letter(request: HttpRequest, pk: int, number: int, code: str) -> tuple[Application, Letter]:
    """A letter of a case that the person may see; its text is for the team alone."""
    case = case_for(request, pk, "applications.see_applicant")
    one = get_object_or_404(case.letters.select_related("docx__file", "pdf__file", "mail"), pk=number)
    one.application = case
    demand(request, code, case)
    return case, one


def _start(case: Application, kind: str, event: int) -> Start:
    today = timezone.localdate()
    events = list(case.events.all())
    chosen = find(case, events, kind, event, today)
    if chosen is None:
        raise Http404("这件申请现在没有这种文书。")
    return start(case, events, chosen, today)


def _facts(one: Letter) -> list[Fact]:
    facts = [
        Fact("文号", one.number or "送出时编号"),
        Fact("拟写", f"{one.made_by_name}，{date_cn(one.made_at)}"),
        Fact("送出", f"{date_cn(one.sent_on)}，{one.get_way_display()}，{one.sent_by_name}" if one.sent_on else ""),
        Fact("邮件", one.mail.get_state_display() if one.mail else "", note=one.mail.trouble if one.mail else ""),
        Fact("送达", date_cn(one.served_on), note=one.proof.reveal() if one.proof else ""),
    ]
    return [fact for fact in facts if fact.value]


def _actions(request: HttpRequest, case: Application, one: Letter, whole: bool) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"applications:{name}", args=[case.pk, one.pk])

    offers = []
    if one.state == Letter.State.DRAFT:
        offers.append(("applications.rewrite_letter", Action("修改", to("edit_letter"), "pencil")))
    ready = one.state == Letter.State.SIGNED or (one.state == Letter.State.DRAFT and _may_go(case, one))
    if whole and ready:
        offers.append(("applications.send_letter", Action("送出", to("send_letter"), "send", primary=True)))
    if one.sent_on is not None:
        label = "更正送达登记" if one.served_on else "登记送达"
        offers.append(("applications.record_service", Action(label, to("letter_service"), "checkbox")))
    return allowed_actions(request, case, *offers)


def _may_go(case: Application, one: Letter) -> bool:
    return not one.is_reply or case.finished_on is not None


def _list(case: Application) -> str:
    return reverse("applications:letters", args=[case.pk])


def _page(one: Letter) -> str:
    return reverse("applications:letter", args=[one.application_id, one.pk])


def _file(one: Letter, format: str) -> str:
    return reverse("applications:letter_file", args=[one.application_id, one.pk, format])


def _crumbs(case: Application, one: Letter | None = None) -> list[tuple[str, str]]:
    own: list[tuple[str, Any]] = [(one.title, _page(one))] if one else []
    return [*crumbs(case), ("文书", _list(case)), *own]

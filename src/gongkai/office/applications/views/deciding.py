"""Draft, review, signature, delivery: each by another person, each on a page that shows what is decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.office.applications.forms.decision import DecisionForm
from gongkai.office.applications.forms.sender import PrefixForm
from gongkai.office.applications.forms.signing import DeliverForm, ReviewForm, SignForm
from gongkai.office.applications.models import Application, ReplyPrefix
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.applications.selectors.decisions import lacking, options, proved, record_words
from gongkai.office.applications.selectors.letter_facts import reply, unsaid
from gongkai.office.applications.selectors.seeing import team_bodies
from gongkai.office.applications.services.deciding import approve, decide
from gongkai.office.applications.services.delivering import deliver
from gongkai.office.applications.services.numbers import SETTINGS, prefix_of, set_prefix
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.applications.views.acting import act_by_form, case_for, crumbs, page_of
from gongkai.office.applications.views.case_page import Note, decision_facts
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.views.acting import demand
from gongkai.office.look.components import Fact
from gongkai.office.look.words import date_cn
from gongkai.statute.outcomes import NEEDS

_asks = require_http_methods(["GET", "HEAD", "POST"])
_RETURN = "return"  # the other button of the pages of reviewer and signatory


@may("applications.decide")
@_asks
def decide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The handler's draft; beside it, what each outcome rests on and needs."""
    case = case_for(request, pk, "applications.decide")
    events = list(case.events.all())
    form = DecisionForm(request.POST or None, case=case, events=events)
    notes = []
    if case.state != "DRAFT_REPLY":
        notes.append(Note("只有在“拟稿”时可以修改处理决定。", "caution", "现在不能拟定"))
    evidence = [Fact(NEEDS[need], words) for need, words in proved(events).items()]
    return act_by_form(
        request,
        form,
        lambda data: decide(request.actor, case, **form.values()),  # type: ignore[attr-defined]
        done="已保存处理决定",
        back=page_of(case),
        title="拟定处理决定",
        submit="保存",
        cancel=page_of(case),
        breadcrumbs=crumbs(case),
        template="applications/decide.html",
        extra={"notes": notes, "groups": options(timezone.localdate()), "facts": evidence, "case": case},
    )


@may("applications.approve")
@_asks
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, or send back with an opinion."""
    case = _under_review(request, pk, "applications.approve")
    form = ReviewForm(request.POST or None, initial={"version": case.version})

    def perform(data: dict[str, Any]) -> Any:
        if request.POST.get("step") == _RETURN:
            return _returned(request, case, data)
        return approve(request.actor, case, opinion=data["opinion"], version=data["version"])  # type: ignore[attr-defined]

    return _judged(request, case, form, perform, title="审核", submit="审核通过", done="已审核")


@may("applications.signed_and_sent")
@_asks
def sign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign: the number is given and the reply goes out; or send back."""
    case = _under_review(request, pk, "applications.signed_and_sent")
    form = SignForm(request.POST or None, initial={"version": case.version, "on": timezone.localdate()})

    def perform(data: dict[str, Any]) -> Any:
        if request.POST.get("step") == _RETURN:
            return _returned(request, case, data)
        known = Particulars(on=data["on"], override=data["override"], version=data["version"])
        return proceed(request.actor, case, "signed_and_sent", known)  # type: ignore[attr-defined]

    return _judged(request, case, form, perform, title="签发", submit="签发并送出", done="已办理")


def _returned(request: HttpRequest, case: Application, data: dict[str, Any]) -> Any:
    known = Particulars(version=data["version"], data={"text": data["opinion"]} if data["opinion"] else {})
    return proceed(request.actor, case, "returned", known)  # type: ignore[attr-defined]


def _under_review(request: HttpRequest, pk: int, code: str) -> Application:
    case = case_for(request, pk, code)
    if not hasattr(case, "decision"):
        raise Http404("这件申请还没有拟定处理决定。")
    return case


def _judged(request: HttpRequest, case: Application, form: Any, perform: Any, **texts: Any) -> HttpResponse:
    events = list(case.events.all())
    notes = []
    if case.state != "REVIEW":
        notes.append(Note(f"申请现在是“{case.get_state_display()}”，不在审核中。", "caution", "现在不能办理"))
    if missing := lacking(case, events):
        notes.append(Note("、".join(missing), "caution", "还缺少的记录"))
    deadline = deadline_of(case, events)
    if deadline and deadline.due and timezone.localdate() > deadline.due:
        notes.append(Note(f"答复期限是{date_cn(deadline.due)}，已经逾期；答复将记为逾期。", "bad", "逾期"))
    made = None
    if lacks := unsaid(case, events, timezone.localdate()):
        notes.append(Note(f"{'、'.join(lacks)}。请退回承办人补充。", "caution", "答复书还没有写明应当写明的"))
    else:
        made, _ = reply(case, events, timezone.localdate())
    decision = case.decision
    facts = [
        Fact("申请人", case.applicant_name),
        Fact("所需信息", case.description),
        Fact("答复期限", date_cn(case.due)),
        *decision_facts(case),
        *(Fact(NEEDS[key], record_words(value)) for key, value in decision.records.items() if key in NEEDS),
        Fact("拟稿人", decision.drafter.name if decision.drafter else None),
        Fact("审核人", decision.reviewer.name if decision.reviewer else "尚未审核"),
        Fact("文号", f"{prefix_of(case.body)}〔{timezone.localdate().year}〕……号", note="签发时编定"),
    ]
    return act_by_form(
        request,
        form,
        perform,
        back=page_of(case),
        cancel=page_of(case),
        breadcrumbs=crumbs(case),
        template="applications/judge.html",
        extra={"notes": notes, "facts": facts, "may_return": case.state == "REVIEW", "made": made},
        **texts,
    )


@may("applications.deliver")
@_asks
def deliver_page(request: HttpRequest, pk: int) -> HttpResponse:
    """When and how it arrived, with the proof."""
    case = case_for(request, pk, "applications.deliver")
    initial = {"version": case.version, "way": case.way, "on": case.served_on or timezone.localdate()}
    if hasattr(case, "decision"):
        initial["proof"] = case.decision.delivery_proof
    return act_by_form(
        request,
        DeliverForm(request.POST or None, initial=initial),
        lambda data: deliver(request.actor, case, **data),  # type: ignore[attr-defined]
        done="已登记送达",
        back=page_of(case),
        title="登记送达",
        submit="登记",
        cancel=page_of(case),
        intro="救济期限自申请人收到答复之日起计算。",
        breadcrumbs=crumbs(case),
    )


@may("applications.set_prefix")
@_asks
def prefix_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands before the year in the numbers of a body's replies."""
    body = Body.objects.filter(pk=pk, pk__in=team_bodies(request.user)).first()  # type: ignore[arg-type]
    if body is None:
        raise Http404
    demand(request, "applications.set_prefix", body)
    kept = ReplyPrefix.objects.filter(body=body).first()
    initial: dict[str, Any] = {"text": prefix_of(body), "version": kept.version if kept else None}
    if kept is not None:
        initial |= {name: getattr(kept, name) for name in SETTINGS}
    back = reverse("applications:cases")
    return act_by_form(
        request,
        PrefixForm(request.POST or None, initial=initial),
        lambda data: set_prefix(request.actor, body, **data),  # type: ignore[attr-defined]
        done="已保存文书设置",
        back=back,
        title=f"{body.name}文书设置",
        submit="保存",
        cancel=back,
        breadcrumbs=[("申请", back)],
    )

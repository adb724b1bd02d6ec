"""Following a case: opened with its code and the end of the telephone number, for half an hour."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.acts.attachments.serving import download
from gongkai.office.acts.services.attachments import store
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.decisions import outcome_label
from gongkai.office.look.components import Fact, FileItem
from gongkai.office.look.words import date_cn
from gongkai.office.portal.forms.follow import FollowForm
from gongkai.office.portal.selectors import course
from gongkai.office.portal.selectors.appeal import COMPLAINT, appeal_of
from gongkai.office.portal.selectors.bodies import guide_of
from gongkai.office.portal.selectors.papers import papers_of
from gongkai.office.portal.views.opening import closed, opened_by
from gongkai.office.portal.views.page import forget, opened_case, public, put_off, remember_case, show

_DONE = {
    "corrected": "补正已经收到，答复期限重新计算。",
    "written": "留言已经收到，办理人员会看到。",
    "withdrawn": "申请已经撤回。",
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The way in."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if case := opened_by(form, request):
        return remember_case(redirect("portal:case"), case)
    context = {"title": "查询办理进度", "form": form, "ended": "ended" in request.GET}
    page = show(request, "follow.html", context, status=422 if form.errors else 200)
    return put_off(page, form.too_often) if form.too_often else page


@public
@require_safe
def case_page(request: HttpRequest) -> HttpResponse:
    """Where it stands, by when there is an answer and why, what is asked, what was answered, how to appeal."""
    case = opened_case(request)
    if case is None:
        return closed()
    today = timezone.localdate()
    events = list(case.events.all())
    deadline = course.public_deadline(case, events)
    state, words = course.words_of(case)
    appeal = appeal_of(case, today)
    context = {
        "title": state,
        "case": case,
        "state": words,
        "done": _DONE.get(request.GET.get("done", ""), ""),
        "due_words": course.due_words(case, deadline),
        "late": bool(case.finished_on is None and case.due and case.due < today),
        "steps": deadline.steps if deadline else (),
        "asked": course.asked(case, events, deadline),
        "facts": _facts(case),
        "reply": _reply(case),
        "papers": _papers(case),
        "appeal": appeal,
        "complaint": COMPLAINT,
        "timeline": course.story(events),
        "open": course.is_open(case),
        "guide": guide_of(case.body),
    }
    return remember_case(show(request, "case.html", context), case)


def _facts(case: Application) -> list[Fact]:
    return [
        Fact("登记号", str(case)),
        Fact("受理机关", case.body.name),
        Fact("需要的信息", case.description),
        Fact("提交日期", date_cn(case.arrived_on)),
        Fact("收到之日", date_cn(case.received_on) or "等待机关与您确认"),
    ]


def _reply(case: Application) -> list[Fact]:
    decision = getattr(case, "decision", None)
    if case.replied_on is None or decision is None:
        return []
    facts = [
        Fact("处理结果", outcome_label(case.outcome)),
        Fact("答复书文号", decision.number),
        Fact("答复日期", date_cn(case.replied_on)),
        Fact("理由和依据", decision.reason),
        Fact("答复内容", decision.content),
    ]
    return [fact for fact in facts if fact.value]


def _papers(case: Application) -> list[FileItem]:
    return [
        FileItem(
            name=paper.name,
            href=reverse("portal:paper", args=[paper.pk]),
            size=paper.file.size,
            kind=paper.label,
            when=paper.uploaded_at,
        )
        for paper in papers_of(case)
    ]


@public
@require_safe
def paper(request: HttpRequest, number: int) -> Any:
    """One paper that is meant for the applicant of the opened case; 404 for every other."""
    case = opened_case(request)
    if case is None:
        return closed()
    found = next((one for one in papers_of(case) if one.pk == number), None)
    if found is None:
        raise Http404
    try:
        return download(found, store())
    except StoreError:
        context = {"title": "文件暂时不能下载", "guide": guide_of(case.body), "body": case.body}
        return show(request, "no_paper.html", context, status=503)


@public
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Done looking."""
    return forget(redirect("portal:home"), "case")

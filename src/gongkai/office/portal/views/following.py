"""Following a case: opened with its code and the end of the telephone number, for half an hour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.acts.attachments.serving import download
from gongkai.office.acts.attachments.store import FileStore, StoreError
from gongkai.office.acts.policy import Refused
from gongkai.office.acts.services.attachments import RefusedFileError
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.decisions import outcome_label
from gongkai.office.look.components import Fact, FileItem
from gongkai.office.look.words import date_cn
from gongkai.office.portal.forms.follow import FollowForm
from gongkai.office.portal.forms.papers import CorrectForm, MessageForm
from gongkai.office.portal.selectors import course
from gongkai.office.portal.selectors.appeal import COMPLAINT, appeal_of
from gongkai.office.portal.selectors.bodies import guide_of
from gongkai.office.portal.selectors.papers import papers_of
from gongkai.office.portal.services import following, limits
from gongkai.office.portal.views.page import (
    address_of,
    forget,
    opened_case,
    portal_actor,
    public,
    remember_case,
    show,
)

# The same sentence for an unknown code and for a wrong number: nobody learns which codes there are.
NOT_FOUND = "没有找到：查询码或者电话后四位不对。请对照回执再填一次"
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
    if form.is_bound and form.is_valid():
        case = following.open_case(form.cleaned_data["code"], form.cleaned_data["phone_tail"], address_of(request))
        if case is not None:
            return remember_case(redirect("portal:case"), case)
        form.add_error(None, NOT_FOUND)
    context = {"title": "查询办理进度", "form": form}
    return show(request, "follow.html", context, status=422 if form.errors else 200)


@public
@require_safe
def case_page(request: HttpRequest) -> HttpResponse:
    """Where it stands, by when there is an answer and why, what is asked, what was answered, how to appeal."""
    case = opened_case(request)
    if case is None:
        return _closed()
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
    return show(request, "case.html", context)


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
        return _closed()
    found = next((one for one in papers_of(case) if one.pk == number), None)
    if found is None:
        raise Http404
    try:
        return download(found, FileStore(Path(settings.DATA) / "files"))
    except StoreError:
        context = {"title": "文件暂时不能下载", "guide": guide_of(case.body), "body": case.body}
        return show(request, "no_paper.html", context, status=503)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """The correction that was asked for; what comes too late or unasked is kept as a message, and said."""
    case = opened_case(request)
    if case is None:
        return _closed()
    events = list(case.events.all())
    form = _filled(CorrectForm, request, {"description": case.description})
    if form.is_bound and form.is_valid():
        limits.count(message=address_of(request))
        data = form.cleaned_data
        try:
            kept = following.correct(
                portal_actor(request),
                case,
                description=data["description"],
                words=data["words"],
                uploads=data["files"],
            )
        except RefusedFileError as refusal:
            form.add_error("files", str(refusal))
        else:
            return redirect(reverse("portal:case") + "?done=corrected") if not kept.as_message else _kept(request, kept)
    asked = course.asked(case, events, course.public_deadline(case, events))
    context = {"title": "补正申请", "form": form, "asked": asked if asked and asked.can_correct else None}
    return show(request, "correct.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, kept: following.Kept) -> HttpResponse:
    return show(request, "kept.html", {"title": "您写的内容已经转给办理人员", "why": kept.why})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A word to the clerk, with papers."""
    case = opened_case(request)
    if case is None:
        return _closed()
    form = _filled(MessageForm, request, {})
    if form.is_bound and form.is_valid():
        limits.count(message=address_of(request))
        try:
            following.write(
                portal_actor(request), case, words=form.cleaned_data["words"], uploads=form.cleaned_data["files"]
            )
        except RefusedFileError as refusal:
            form.add_error("files", str(refusal))
        else:
            return redirect(reverse("portal:case") + "?done=written")
    return show(request, "write.html", {"title": "给机关留言", "form": form}, status=422 if form.errors else 200)


def _filled(kind: Any, request: HttpRequest, initial: dict[str, str]) -> Any:
    if request.method == "POST":
        return kind(request.POST, request.FILES)
    return kind(initial=initial)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Asked once more before it is done."""
    case = opened_case(request)
    if case is None:
        return _closed()
    refused = ""
    if request.method == "POST":
        try:
            following.withdraw(portal_actor(request), case)
        except Refused as refusal:
            refused = str(refusal)
        else:
            return redirect(reverse("portal:case") + "?done=withdrawn")
    context = {"title": "撤回申请", "case": case, "refused": refused, "open": course.is_open(case)}
    return show(request, "withdraw.html", context, status=409 if refused else 200)


@public
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Done looking."""
    return forget(redirect("portal:home"), "case")


def _closed() -> HttpResponse:
    return redirect("portal:follow")

"""What an applicant does to the own case: corrects it, writes a word, withdraws it.

Who writes for longer than the case stays open loses nothing: the page asks for the code once more and keeps the rest.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.office.acts.policy import Refused
from gongkai.office.acts.services.attachments import RefusedFileError
from gongkai.office.applications.models import Application
from gongkai.office.portal.forms.follow import FollowForm
from gongkai.office.portal.forms.papers import CorrectForm, MessageForm
from gongkai.office.portal.selectors import course
from gongkai.office.portal.services import following, limits
from gongkai.office.portal.views.opening import closed, opened_by
from gongkai.office.portal.views.page import (
    address_of,
    opened_case,
    portal_actor,
    public,
    put_off,
    remember_case,
    show,
    wait_words,
)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """The correction that was asked for; what comes too late or unasked is kept as a message, and said."""
    return _written(request, CorrectForm, "correct.html", "补正申请")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A word to the clerk, with papers."""
    return _written(request, MessageForm, "write.html", "给机关留言")


def _written(request: HttpRequest, kind: Any, template: str, title: str) -> HttpResponse:
    case, way_in, too_often = opened_case(request), None, None
    posted = request.method == "POST"
    if case is None:
        if not posted:
            return closed()
        way_in = FollowForm(request.POST if "code" in request.POST else None)
        case = opened_by(way_in, request)
        too_often = way_in.too_often
    form = kind(request.POST, request.FILES) if posted else kind(initial={"description": case and case.description})
    if form.is_bound and form.is_valid():
        if case is None:
            if request.FILES:
                form.add_error("files", "文件还没有提交，请重新选择")
        else:
            try:
                limits.count(message=address_of(request))
                return remember_case(_kept(request, case, form), case)
            except RefusedFileError as refusal:
                form.add_error("files", str(refusal))
            except limits.TooOften as stop:
                too_often = stop
                form.add_error(None, wait_words(stop))
    context = {"title": title, "form": form, "way_in": way_in if case is None else None}
    if kind is CorrectForm and case is not None:
        context["asked"] = _asked(case)
    page = show(request, template, context, status=422 if form.errors or case is None else 200)
    if case is not None:
        remember_case(page, case)
    return put_off(page, too_often) if too_often else page


def _asked(case: Application) -> course.Asked | None:
    events = list(case.events.all())
    asked = course.asked(case, events, course.public_deadline(case, events))
    return asked if asked and asked.can_correct else None


def _kept(request: HttpRequest, case: Application, form: Any) -> HttpResponse:
    actor, data = portal_actor(request), form.cleaned_data
    if isinstance(form, MessageForm):
        following.write(actor, case, words=data["words"], uploads=data["files"])
        return _to_case("written")
    kept = following.correct(actor, case, description=data["description"], words=data["words"], uploads=data["files"])
    if not kept.as_message:
        return _to_case("corrected")
    return show(request, "kept.html", {"title": "您写的内容已经转给办理人员", "why": kept.why})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Asked once more before it is done."""
    case = opened_case(request)
    if case is None:
        return closed(undone=request.method == "POST")
    refused = ""
    if request.method == "POST":
        try:
            following.withdraw(portal_actor(request), case)
        except Refused as refusal:
            refused = str(refusal)
        else:
            return _to_case("withdrawn")
    context = {"title": "撤回申请", "case": case, "refused": refused, "open": course.is_open(case)}
    return show(request, "withdraw.html", context, status=409 if refused else 200)


def _to_case(done: str) -> HttpResponse:
    return redirect(reverse("portal:case") + f"?done={done}")

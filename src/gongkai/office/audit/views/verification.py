"""Whether the log is whole: the last verdict, those before, one asked for now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.acts.verification import START
from gongkai.office.audit.models import Verification
from gongkai.office.audit.selectors.verifications import under_way, verdicts
from gongkai.office.audit.services.verifying import ask
from gongkai.office.bodies.gate import may
from gongkai.office.look.badges import Badge
from gongkai.office.look.components import Fact, Progress
from gongkai.office.look.lists import Column, Listing
from gongkai.office.look.progress import render_progress

State = Verification.State


def _badge(one: Verification) -> Badge:
    return Badge(one.get_state_display(), "good" if one.state == State.INTACT else "bad")


EARLIER = Listing(
    columns=[
        Column("finished_at", "完成时间"),
        Column("asked_by", "提出人"),
        Column("state", "结果", value=_badge),
        Column("last", "链尾序号", align="end"),
        Column("head", "链尾校验值", value=lambda one: f"{one.head[:16]}……", export=lambda one: one.head),
    ],
    page_size=20,
    empty="还没有校验过",
)


@may("audit.see_verification")
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponseBase:
    """POST asks for a verification; the page shows how far it is."""
    running = under_way()
    if request.method == "POST":
        if running is not None:
            messages.info(request, "已有一次校验正在进行，请等它完成。")
        else:
            ask(request.actor, None)  # type: ignore[attr-defined]
        return redirect("audit:verification")
    if request.GET.get("export"):
        return EARLIER.respond(request, verdicts(), title="历次日志校验")
    last = verdicts().first()
    context = {
        "title": "日志校验",
        "subtitle": "逐条重算操作日志的校验值。改动、删除、插入、调换，都会在这里显出来。每夜自动校验一次。",
        "breadcrumbs": [("操作日志", reverse("audit:log"))],
        "running": progress_of(running) if running else None,
        "last": last,
        "facts": _facts(last) if last else [],
        "earlier": EARLIER.page(request, verdicts(), caption="历次校验"),
    }
    return render(request, "audit/verification.html", context)


@may("audit.see_verification")
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """For the page that waits."""
    return render_progress(request, progress_of(get_object_or_404(Verification, pk=pk)))


def progress_of(one: Verification) -> Progress:
    """A verification as the look shows jobs."""
    page = reverse("audit:verification")
    words = {State.WAITING: "waiting", State.RUNNING: "running"}
    verdict = {State.INTACT: "日志完整。", State.BROKEN: "发现异常。"}
    return Progress(
        "校验操作日志",
        words.get(one.state, "done"),  # type: ignore[arg-type, call-overload]
        done=one.done,
        total=one.total,
        text=verdict.get(State(one.state), ""),
        poll=reverse("audit:progress", args=[one.pk]),
        refresh=page,
        result=page,
    )


def _facts(last: Verification) -> list[Fact]:
    return [
        Fact("结果", _badge(last)),
        Fact("完成时间", last.finished_at),
        Fact("提出人", last.asked_by),
        Fact("链尾序号", last.last),
        Fact("链尾校验值", last.head if last.head != START else "（日志为空）"),
    ]

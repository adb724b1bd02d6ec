"""Pages of batches: the list, one batch, its progress."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.office.analysis.models import Batch
from gongkai.office.analysis.selectors.summary import Summary, by_check, summary
from gongkai.office.analysis.views.lists import BATCHES, MINE, OF_BATCH
from gongkai.office.bodies.gate import may
from gongkai.office.look.components import Fact, Progress
from gongkai.office.look.frame import Action
from gongkai.office.look.progress import render_progress

ANALYSIS = ("报告分析", "analysis:batches")


@may("analysis.see")
@require_safe
def batches(request: HttpRequest) -> HttpResponseBase:
    found = Batch.objects.visible_to(request.user).select_related("body", "person").counted()
    mine = request.GET.get(MINE) == "yes"
    return BATCHES.respond(
        request,
        found.filter(person=request.user) if mine else found,
        title="报告分析",
        subtitle="我上传的报告" if mine else "",
        actions=[Action("上传报告", reverse("analysis:upload"), "upload", primary=True)],
        keep=(MINE,),
    )


@may("analysis.see")
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponseBase:
    one = get_object_or_404(Batch.objects.visible_to(request.user).select_related("body", "person"), pk=pk)
    sums = summary(one)
    return OF_BATCH.respond(
        request,
        one.documents.all(),
        title=one.name,
        breadcrumbs=[("报告分析", reverse("analysis:batches"))],
        actions=[Action("继续上传", reverse("analysis:upload"), "upload")],
        template="analysis/batch.html",
        extra={
            "batch": one,
            "summary": sums,
            "facts": _facts(one),
            "checks": by_check(one),
            "job": None if one.finished_at else _progress(one, sums),
            "here": request.path,
        },
    )


@may("analysis.see")
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress alone, for htmx."""
    one = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    return render_progress(request, _progress(one, summary(one)))


def _facts(batch: Batch) -> list[Fact]:
    return [
        Fact("机关", batch.body.name),
        Fact("上传人", batch.person.name),
        Fact("上传时间", batch.at),
        Fact("与所属单位合计核对", batch.with_parts),
    ]


def _progress(batch: Batch, sums: Summary) -> Progress:
    done = sums.count - sums.open
    page = reverse("analysis:batch", args=[batch.pk])
    text = "文件已读完，正在与上年度报告核对。" if not sums.open else "可以离开本页，读取在后台继续。"
    return Progress(
        "读取进度",
        "done" if batch.finished_at else "running" if done or not sums.open else "waiting",
        done,
        sums.count,
        "" if batch.finished_at else text,
        poll=reverse("analysis:progress", args=[batch.pk]),
        refresh=page,
        result=page,
    )

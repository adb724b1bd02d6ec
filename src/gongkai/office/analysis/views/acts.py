"""Buttons: read again, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.office.analysis.models import Batch
from gongkai.office.analysis.selectors.summary import summary
from gongkai.office.analysis.services.again import read_again
from gongkai.office.analysis.services.removing import remove
from gongkai.office.analysis.views.documents import visible_document
from gongkai.office.bodies.gate import may
from gongkai.office.look.components import Fact
from gongkai.office.look.forms import ReasonForm, confirm_page


@may("analysis.read_again")
@require_POST
def batch_again(request: HttpRequest, pk: int) -> HttpResponse:
    """``only=failed``: what could not be read; else everything."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    read_again(request.actor, batch, failed_only=request.POST.get("only") == "failed")
    messages.success(request, "已安排重新读取。")
    return redirect("analysis:batch", pk)


@may("analysis.read_again")
@require_POST
def document_again(request: HttpRequest, pk: int) -> HttpResponse:
    document = visible_document(request, pk)
    read_again(request.actor, document.batch, document=document)
    messages.success(request, "已安排重新读取。")
    return redirect("analysis:batch", document.batch_id)


@may("analysis.remove")
@require_http_methods(["GET", "HEAD", "POST"])
def batch_remove(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove(request.actor, batch, ground=form.cleaned_data["reason"])
        messages.success(request, f"已删除“{batch.name}”。")
        return redirect("analysis:batches")
    here = reverse("analysis:batch", args=[pk])
    return confirm_page(
        request,
        title="删除分析批次",
        question=f"删除“{batch.name}”及其读取和核对结果？删除后不能恢复，操作记录中只留文件名。",
        submit="删除这一批",
        cancel=here,
        form=form,
        facts=[Fact("文件数", summary(batch).count), Fact("上传时间", batch.at)],
        breadcrumbs=[("报告分析", reverse("analysis:batches")), (batch.name, here)],
    )

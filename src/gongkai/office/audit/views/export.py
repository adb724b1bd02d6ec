"""The chain as a file that proves itself."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.office.audit.forms import ExportForm
from gongkai.office.audit.services.exporting import export_chain
from gongkai.office.bodies.gate import may
from gongkai.office.look.forms import form_page

_INTRO = (
    "导出的文件每行一条记录，带有校验值，可以脱离本系统保存，并用“gongkai audit verify 文件名”校验。"
    "供人阅读的 CSV 或 Excel 文件，请在操作日志的列表中导出。"
)


@may("audit.export_chain")
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """GET asks for the days, POST gives the file. It is written while it is read, however long the log."""
    form = ExportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        log = reverse("audit:log")
        return form_page(
            request,
            form,
            title="导出可校验的日志",
            submit="导出",
            cancel=log,
            intro=_INTRO,
            breadcrumbs=[("操作日志", log)],
        )
    stretch = export_chain(request.actor, form.cleaned_data["first_day"], form.cleaned_data["last_day"])  # type: ignore[attr-defined]
    response = StreamingHttpResponse(stretch.lines(), content_type="application/x-ndjson")
    name = f"gongkai-acts-{timezone.localdate():%Y%m%d}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

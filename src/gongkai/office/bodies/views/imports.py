"""Import from a table: template, upload, what it would do row by row, and doing it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.acts.models import Work
from gongkai.office.acts.selectors.work import works_of
from gongkai.office.bodies.forms.fields import add_refusal
from gongkai.office.bodies.forms.imports import UploadForm
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Import
from gongkai.office.bodies.services.importing import uploads
from gongkai.office.bodies.services.importing.columns import SHEETS
from gongkai.office.bodies.services.importing.outcomes import RowOutcome, RowState
from gongkai.office.bodies.services.importing.template import template
from gongkai.office.bodies.views.acting import verdict
from gongkai.office.bodies.views.working import progress_of, stop_and_say
from gongkai.office.look.badges import Badge
from gongkai.office.look.components import Progress, UnderWay
from gongkai.office.look.lists import Choice, Column, Listing, Search
from gongkai.office.look.progress import render_progress

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TONES = {RowState.NEW: "good", RowState.CHANGED: "info", RowState.SAME: "neutral", RowState.WRONG: "bad"}
_SHEETS = {sheet.key: sheet.name for sheet in SHEETS}

ROWS = Listing(
    columns=[
        Column("sheet", "表", value=lambda one: _SHEETS[one.sheet]),
        Column("number", "行号", align="end", sort="number"),
        Column("name", "内容"),
        Column("state", "结果", value=lambda one: Badge(one.state.label, _TONES[one.state])),
        Column("notes", "说明", value=lambda one: "；".join(f"{head}：{text}" for head, text in one.notes), wrap=True),
    ],
    filters=[
        Choice(
            "state",
            "结果",
            choices=[(state.value, state.label) for state in RowState],
            change=lambda rows, value: [one for one in rows if one.state.value == value],
        ),
        Choice("sheet", "表", choices=list(_SHEETS.items())),
        Search(on=["name"], hint="机关、姓名或登录名"),
    ],
    page_size=100,
    empty="没有行",
)
FILES = Listing(
    columns=[
        Column("file_name", "文件"),
        Column("at", "上传时间", sort="at"),
        Column("row_count", "行数", align="end"),
        Column("state", "状态"),
    ],
    row_link=lambda one: reverse("bodies:import", args=[one.pk]),
    empty="还没有上传过表格",
)


@may("bodies.upload_import")
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Template, upload, and the files uploaded before."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            one = uploads.upload(request.actor, file.name, file.read())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("bodies:import", pk=one.pk)
    context = {
        "title": "从表格导入",
        "subtitle": "机关、人员和角色可以用一个Excel文件批量导入",
        "form": form,
        "listing": FILES.page(request, _own(request), caption="我上传的表格"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "bodies/imports.html", context, status=status)


@may("bodies.upload_import")
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """The table to fill in."""
    response = HttpResponse(template(), content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, "机关人员导入模板.xlsx") or "attachment"
    return response


@may("bodies.upload_import")
@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the table would do, or has done, row by row; while a job is at it, how far it is."""
    one = get_object_or_404(_own(request), pk=pk)
    works = works_of(one)
    open_work = next((work for work in works.values() if work.is_open), None)
    last = max(works.values(), key=lambda work: work.pk, default=None)
    rows = [RowOutcome.from_json(data) for data in one.outcomes]
    counts = Counter(row.state for row in rows)
    context: dict[str, Any] = {
        "import": one,
        "under_way": _under_way(one, open_work) if open_work else None,
        "note": one.note or (last.note if last else ""),
        "tried": one.state != Import.State.UPLOADED,
        "counts": [(Badge(state.label, _TONES[state]), counts[state]) for state in RowState],  # type: ignore[arg-type]
        "wrong": counts[RowState.WRONG],
        "nothing": not counts[RowState.NEW] and not counts[RowState.CHANGED],
        "may_import": one.state == Import.State.TRIED
        and one.sealed_rows is not None
        and verdict(request, "bodies.apply_import", one),
        "done": one.state == Import.State.IMPORTED,
    }
    return ROWS.respond(
        request,
        rows,
        title=f"导入：{one.file_name}",
        subtitle=f"{one.get_state_display()}，共{one.row_count}行",
        breadcrumbs=[("从表格导入", reverse("bodies:imports"))],
        template="bodies/import.html",
        extra=context,
    )


@may("bodies.upload_import")
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the job is, for the page to ask."""
    one = get_object_or_404(_own(request), pk=pk)
    last = max(works_of(one).values(), key=lambda work: work.pk, default=None)
    if last is None:
        return redirect("bodies:import", pk=one.pk)
    return render_progress(request, _progress(one, last))


@may("bodies.upload_import")
@require_POST
def stop_import(request: HttpRequest, pk: int) -> HttpResponse:
    """End the trial or the import that goes on; nothing of it is kept."""
    one = get_object_or_404(_own(request), pk=pk)
    stop_and_say(request, next((work for work in works_of(one).values() if work.is_open), None))
    return redirect("bodies:import", pk=one.pk)


@may("bodies.apply_import")
@require_POST
def apply_import(request: HttpRequest, pk: int) -> HttpResponse:
    """All rows, or none."""
    one = uploads.order(request.actor, get_object_or_404(_own(request), pk=pk))
    if one.state == Import.State.IMPORTED:
        messages.success(request, "已全部导入")
    elif one.note:
        messages.error(request, one.note)
    return redirect("bodies:import", pk=one.pk)


def _own(request: HttpRequest) -> QuerySet[Import]:
    """Tables hold identity numbers: nobody sees another's."""
    return Import.objects.filter(person=request.user.pk)


def _progress(one: Import, work: Work) -> Progress:
    return progress_of(
        work,
        {uploads.TRY: "试算", uploads.APPLY: "导入"}[work.task],
        poll=reverse("bodies:import_progress", args=[one.pk]),
        page=reverse("bodies:import", args=[one.pk]),
        text="逐行办理，全部无误才会写入。" if work.task == uploads.APPLY else "逐行试办，什么也不写入。",
    )


def _under_way(one: Import, work: Work) -> UnderWay:
    return UnderWay(_progress(one, work), reverse("bodies:stop_import", args=[one.pk]))

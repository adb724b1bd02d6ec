"""Import of a register: upload, matching of columns with a trial of every row, and doing it; both by a job."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.acts.models import Work
from gongkai.office.acts.policy import Refused
from gongkai.office.acts.selectors.work import works_of
from gongkai.office.applications.forms.importing import MappingForm, RegisterFileForm
from gongkai.office.applications.models import RegisterImport
from gongkai.office.applications.selectors.seeing import bodies_of
from gongkai.office.applications.services.importing.running import (
    APPLY,
    TRY,
    order_import,
    order_trial,
    table_of,
    upload,
)
from gongkai.office.bodies.forms.fields import add_refusal
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.views.working import progress_of, stop_and_say
from gongkai.office.look.components import Progress, UnderWay
from gongkai.office.look.progress import render_progress

_asks = require_http_methods(["GET", "HEAD", "POST"])
State = RegisterImport.State
_SHOWN = 200  # rows without fault that the page lists; those with one are all there


@may("applications.import_register")
@_asks
def imports(request: HttpRequest) -> HttpResponse:
    """A new file, and those before it."""
    bodies = bodies_of(request.user, Role.REGISTRAR)  # type: ignore[arg-type]
    form = RegisterFileForm(request.POST or None, request.FILES or None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            one = upload(request.actor, form.cleaned_data["body"], file.name, file.read())  # type: ignore[attr-defined]
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("applications:import", pk=one.pk)
    context = {
        "title": "导入台账",
        "breadcrumbs": [("申请", reverse("applications:cases"))],
        "form": form,
        "files": RegisterImport.objects.filter(person=request.user.pk).select_related("body").defer("table")[:50],
    }
    return render(request, "applications/imports.html", context, status=422 if request.method == "POST" else 200)


@may("applications.import_register")
@_asks
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is what; posted, a job tries every row and keeps nothing. While a job is at it, how far it is."""
    one = _own(request, pk)
    works = works_of(one)
    open_work = next((work for work in works.values() if work.is_open), None)
    done = one.state == State.IMPORTED
    form, status = None, 200
    if not done and open_work is None:
        form, ordered = _mapping(request, one)
        if ordered:
            return redirect("applications:import", pk=one.pk)
        status = 422 if request.method == "POST" else 200
    elif request.method == "POST":
        messages.info(request, "这份台账正在办理或者已经导入，没有再次试算")
        return redirect("applications:import", pk=one.pk)
    wrong = [row for row in one.outcomes if row["faults"]]
    last = max(works.values(), key=lambda work: work.pk, default=None)
    context: dict[str, Any] = {
        "title": f"导入：{one.file_name}",
        "subtitle": f"{one.body.name}，共{one.row_count}行，{one.get_state_display()}",
        "breadcrumbs": [("申请", reverse("applications:cases")), ("导入台账", reverse("applications:imports"))],
        "one": one,
        "form": form,
        "under_way": _under_way(one, open_work) if open_work else None,
        "ended": last if last and last.note and not last.is_open else None,
        "wrong": wrong if open_work is None else [],
        "right": [row for row in one.outcomes if not row["faults"]][:_SHOWN] if open_work is None else [],
        "done": done,
        "trial": works[TRY].pk
        if TRY in works and one.state == State.TRIED and form is not None and not wrong
        else None,
    }
    return render(request, "applications/import.html", context, status=status)


@may("applications.import_register")
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work asked for last is, for the page to ask."""
    one = _own(request, pk)
    last = max(works_of(one).values(), key=lambda work: work.pk, default=None)
    if last is None:
        return redirect("applications:import", pk=one.pk)
    return render_progress(request, _progress(one, last))


@may("applications.apply_register")
@require_POST
def apply_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Have all rows imported, or none."""
    one, trial = _own(request, pk), request.POST.get("trial", "")
    try:
        order_import(request.actor, one, int(trial) if trial.isdecimal() and len(trial) < 19 else 0)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:import", pk=one.pk)


@may("applications.import_register")
@require_POST
def stop_import(request: HttpRequest, pk: int) -> HttpResponse:
    """End the trial or the import that goes on; nothing of it is kept."""
    one = _own(request, pk)
    stop_and_say(request, next((work for work in works_of(one).values() if work.is_open), None))
    return redirect("applications:import", pk=one.pk)


def _mapping(request: HttpRequest, one: RegisterImport) -> tuple[MappingForm | None, bool]:
    """The form, and whether what it says is being tried now; no form when the table is no longer kept."""
    try:
        form = MappingForm(request.POST or None, heads=table_of(one).heads, mapping=one.mapping)
        if request.method == "POST" and form.is_valid():
            order_trial(request.actor, one, form.mapping())  # type: ignore[attr-defined]
            return form, True
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None, False
    return form, False


def _progress(one: RegisterImport, work: Work) -> Progress:
    return progress_of(
        work,
        {TRY: "试算", APPLY: "导入"}[work.task],
        poll=reverse("applications:import_progress", args=[one.pk]),
        page=reverse("applications:import", args=[one.pk]),
        text="逐行办理，全部无误才会写入。" if work.task == APPLY else "逐行试办，什么也不写入。",
    )


def _under_way(one: RegisterImport, work: Work) -> UnderWay:
    return UnderWay(_progress(one, work), reverse("applications:stop_import", args=[one.pk]))


def _own(request: HttpRequest, pk: int) -> RegisterImport:
    """Registers hold numbers of applicants: nobody sees another's."""
    own = RegisterImport.objects.filter(person=request.user.pk).select_related("body")
    found: RegisterImport = get_object_or_404(own, pk=pk)
    return found

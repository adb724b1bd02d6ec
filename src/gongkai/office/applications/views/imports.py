"""Import of a register: upload, matching of columns with a trial of every row, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.office.acts.policy import Refused
from gongkai.office.applications.forms.importing import MappingForm, RegisterFileForm
from gongkai.office.applications.models import RegisterImport
from gongkai.office.applications.selectors.seeing import bodies_of
from gongkai.office.applications.services.importing.running import WrongRowsError, carry_all, try_out, upload
from gongkai.office.bodies.forms.fields import add_refusal
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.roles import Role

_asks = require_http_methods(["GET", "HEAD", "POST"])
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
        "files": RegisterImport.objects.filter(person=request.user.pk).select_related("body")[:50],
    }
    return render(request, "applications/imports.html", context, status=422 if request.method == "POST" else 200)


@may("applications.import_register")
@_asks
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is what; posted, every row is tried and nothing is kept."""
    one = _own(request, pk)
    done = one.state == RegisterImport.State.IMPORTED
    form = MappingForm(request.POST or None, heads=one.heads, mapping=one.mapping)
    status = 200
    if request.method == "POST" and not done:
        if form.is_valid():
            try:
                try_out(request.actor, one, form.mapping())  # type: ignore[attr-defined]
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("applications:import", pk=one.pk)
        status = 422
    wrong = [row for row in one.outcomes if row["faults"]]
    context: dict[str, Any] = {
        "title": f"导入：{one.file_name}",
        "subtitle": f"{one.body.name}，共{one.row_count}行，{one.get_state_display()}",
        "breadcrumbs": [("申请", reverse("applications:cases")), ("导入台账", reverse("applications:imports"))],
        "one": one,
        "form": form,
        "wrong": wrong,
        "right": [row for row in one.outcomes if not row["faults"]][:_SHOWN],
        "done": done,
        "ready": one.state == RegisterImport.State.TRIED and not wrong,
    }
    return render(request, "applications/import.html", context, status=status)


@may("applications.apply_register")
@require_POST
def apply_import(request: HttpRequest, pk: int) -> HttpResponse:
    """All rows, or none."""
    one = _own(request, pk)
    try:
        done = carry_all(request.actor, one)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, str(refusal))
    except WrongRowsError as error:
        one.outcomes = error.outcomes
        one.save(update_fields=["outcomes"])
        messages.error(request, "有的行不能导入，全部没有导入；请按提示修改后重新上传")
    else:
        messages.success(request, f"已全部导入，共{done.row_count}件")
    return redirect("applications:import", pk=one.pk)


def _own(request: HttpRequest, pk: int) -> RegisterImport:
    """Registers hold numbers of applicants: nobody sees another's."""
    own = RegisterImport.objects.filter(person=request.user.pk).select_related("body")
    found: RegisterImport = get_object_or_404(own, pk=pk)
    return found

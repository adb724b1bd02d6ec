"""An applicant's number, telephone or address in full: with a reason, and every time an act (spec §9)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.office.acts.services.personal import reveal
from gongkai.office.applications.models import Application
from gongkai.office.applications.views.acting import case_for, crumbs, page_of
from gongkai.office.bodies.forms.fields import add_refusal
from gongkai.office.bodies.gate import may
from gongkai.office.look.components import Fact
from gongkai.office.look.forms import ReasonForm, form_page

FIELDS = ("identity_number", "phone", "address", "email")


@never_cache
@may("applications.reveal")
@require_http_methods(["GET", "HEAD", "POST"])
def reveal_page(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """First the reason, then the value; it is never in an address, nor kept by the browser."""
    if field not in FIELDS:
        raise Http404
    case = case_for(request, pk, "applications.reveal")
    label = str(Application._meta.get_field(field).verbose_name)
    if request.headers.get("HX-Request") == "true" and "reason" not in request.POST:
        # The button beside the mask asks in place; the reason needs a page.
        return HttpResponse(headers={"HX-Redirect": request.path})
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        try:
            text = reveal(request.actor, case, field, form.cleaned_data["reason"])  # type: ignore[attr-defined]
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            facts = [Fact("申请人", case.applicant_name), Fact(label, text)]
            context = {"title": f"查看{label}", "breadcrumbs": crumbs(case), "facts": facts, "back": page_of(case)}
            return render(request, "applications/revealed.html", context)
    response = form_page(
        request,
        form,
        title=f"查看{label}",
        submit="查看",
        cancel=page_of(case),
        intro="查看个人信息将记入操作记录。",
        breadcrumbs=crumbs(case),
    )
    response.status_code = 422 if form.errors else 200
    return response

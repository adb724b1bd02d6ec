"""What pages of a case share: the case, its way back, a form that keeps what was typed, a paper as a file."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.seeing import visible_cases
from gongkai.office.bodies.views import acting
from gongkai.office.bodies.views.acting import demand

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def case_for(request: HttpRequest, pk: int, code: str = "applications.see") -> Application:
    """A case that the person may see (else 404) and do ``code`` to (else 403 with the sentence)."""
    cases = visible_cases(request.user).select_related("body", "handler", "duplicate_of", "split_from", "decision")
    case: Application = get_object_or_404(cases, pk=pk)
    demand(request, code, case)
    return case


def page_of(case: Application) -> str:
    """The address of the case."""
    return reverse("applications:case", args=[case.pk])


def crumbs(case: Application) -> list[tuple[str, str]]:
    """The way to a page below the case."""
    return [("申请", reverse("applications:cases")), (str(case), page_of(case))]


act_by_form = partial(acting.act_by_form, template="applications/form.html")


def as_file(data: bytes, name: str, format: str) -> HttpResponse:
    """A paper that was made just now, to be kept by the browser; no copy of it stays on the way."""
    response = HttpResponse(data, content_type=_TYPES[format])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{format}") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response

"""The papers of a case: attaching one, taking one out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.acts.attachments.serving import download
from gongkai.office.acts.models import Attachment
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.acts.services.attachments import store
from gongkai.office.applications.forms.papers import AttachForm
from gongkai.office.applications.models import Application
from gongkai.office.applications.views.acting import case_for, crumbs, page_of
from gongkai.office.applications.views.registering import attach_all
from gongkai.office.bodies.gate import may
from gongkai.office.look.forms import form_page


def file_of(case: Application, number: int) -> Attachment:
    """A paper of this case; 404 for that of another."""
    found: Attachment = get_object_or_404(attachments_of(case), pk=number)
    return found


@may("applications.attach")
@require_http_methods(["GET", "HEAD", "POST"])
def attach_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Papers are added and never taken away: the file of the case is evidence."""
    case = case_for(request, pk, "applications.attach")
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        attach_all(request, case, form.cleaned_data["papers"], label=form.cleaned_data["label"])
        return redirect(page_of(case))
    response = form_page(
        request,
        form,
        title="上传材料",
        submit="上传",
        cancel=page_of(case),
        breadcrumbs=crumbs(case),
        template="applications/form.html",
    )
    if form.errors:
        response.status_code = 422
    return response


@may("applications.see_applicant")
@require_safe
def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The original, for the case team alone."""
    case = case_for(request, pk, "applications.see_applicant")
    try:
        return download(file_of(case, number), store())
    except StoreError as error:
        messages.error(request, str(error))
        return redirect(page_of(case))

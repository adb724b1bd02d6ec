"""The page to hand reports in."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.forms import UploadForm
from gongkai.office.analysis.limits import AT_ONCE_SECONDS, in_words
from gongkai.office.analysis.models import Batch, State
from gongkai.office.analysis.services.finishing import finish
from gongkai.office.analysis.services.making import turn
from gongkai.office.analysis.services.reading import Outcome, read
from gongkai.office.analysis.services.uploading import NothingTakenError, is_read_at_once, upload
from gongkai.office.bodies.gate import may
from gongkai.office.look.forms import form_page

_PATIENCE = 1.0  # seconds


@may("analysis.upload")
@require_http_methods(["GET", "HEAD", "POST"])
def upload_page(request: HttpRequest) -> HttpResponse:
    """A single small file is read while the person waits; what is more is read by jobs."""
    form = UploadForm(request.POST or None, request.FILES or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        batch = Batch(body=given["body"], person=request.user, with_parts=given["with_parts"])
        try:
            batch = upload(request.actor, batch, given["files"])
        except NothingTakenError as error:
            for reason in error.reasons:
                form.add_error("files", reason)
        else:
            return _onward(request, batch)
    return form_page(
        request,
        form,
        title="上传报告",
        submit="上传并读取",
        cancel=reverse("analysis:batches"),
        template="analysis/upload.html",
        breadcrumbs=[("报告分析", reverse("analysis:batches"))],
        extra={"words": in_words(settings.UPLOAD_BYTES)},
    )


def _onward(request: HttpRequest, batch: Batch) -> HttpResponse:
    documents = list(batch.documents.all()[:2])
    if is_read_at_once(documents) and documents[0].state == State.WAITING:
        # Where others wait already, a job does it: the page does not make the person wait for them.
        with suppress(OSError), turn(_PATIENCE) as mine, Apart() as apart:
            if mine and read(documents[0].pk, apart, AT_ONCE_SECONDS) is Outcome.DONE:
                finish(batch.pk, apart)
        documents = list(batch.documents.all()[:2])
        if len(documents) == 1 and documents[0].state == State.READ:
            return redirect("analysis:document", documents[0].pk)
    refused = batch.documents.filter(sha256="").count()
    if refused:
        messages.warning(request, f"有 {refused} 个文件没有接收，原因见下表。")
    return redirect("analysis:batch", batch.pk)

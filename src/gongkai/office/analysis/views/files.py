"""Files to take away: the original, the report and the findings in any format, pictures of pages."""

from __future__ import annotations

import json
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.analysis.apart.reader import ApartError
from gongkai.office.analysis.models import Document, Reading
from gongkai.office.analysis.services import originals, pictures
from gongkai.office.analysis.services.making import made
from gongkai.office.analysis.views.documents import visible_document
from gongkai.office.bodies.gate import may
from gongkai.rendering import FORMATS, SHEET_FORMATS

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


@may("analysis.see")
@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The original as it was handed in: always to be saved, never shown within the office's own pages."""
    document = visible_document(request, pk)
    if not document.sha256:
        raise Http404("这份文件没有接收，没有原件。")
    try:
        data = originals.bytes_of(document)
    except (ApartError, StoreError, originals.RefusedFileError) as error:
        return _sorry(request, pk, str(error))
    return _file(data, "application/octet-stream", Path(document.name.rpartition("：")[2]).name or "原件")


@may("analysis.export")
@require_safe
def findings(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """The findings for the body concerned; as JSON with the report (``docs/findings.md``)."""
    document = visible_document(request, pk)
    if format not in (*SHEET_FORMATS, "json"):
        raise Http404("没有这种格式。")
    reading = _reading(document)
    name = f"{_stem(document)}-核对意见.{format}"
    if format == "json":
        source = {"source": document.name}
        return _json({**source, **reading.report, "remarks": reading.remarks, "findings": reading.findings}, name)
    return _made(request, "sheet", reading, format, name)


@may("analysis.export")
@require_safe
def report(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """The report as the core renders it."""
    document = visible_document(request, pk)
    if format not in FORMATS:
        raise Http404("没有这种格式。")
    reading = _reading(document)
    name = f"{_stem(document)}.{format}"
    if format == "json":
        return _json(reading.report, name)
    return _made(request, "render", reading, format, name)


@may("analysis.see")
@require_safe
def page_picture(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    document = visible_document(request, pk)
    if not 1 <= number <= len(document.page_sizes):
        raise Http404("没有这一页。")
    try:
        data = pictures.picture(document, number)
    except (ApartError, StoreError, OSError, originals.RefusedFileError) as error:
        raise Http404("这一页无法显示。") from error
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _reading(document: Document) -> Reading:
    reading = Reading.objects.filter(document=document).first()
    if reading is None:
        raise Http404("这份文件还没有读出内容。")
    return reading


def _made(request: HttpRequest, what: str, reading: Reading, format: str, name: str) -> HttpResponseBase:
    try:
        data = made(what, {"report": reading.report, "findings": reading.findings, "format": format})
    except ApartError as error:
        return _sorry(request, reading.pk, str(error))
    return _file(data, _TYPES[format], name)


def _json(data: object, name: str) -> HttpResponse:
    return _file(json.dumps(data, ensure_ascii=False).encode(), _TYPES["json"], name)


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _stem(document: Document) -> str:
    return document.title or Path(document.name.rpartition("：")[2]).stem or "年度报告"


def _sorry(request: HttpRequest, document: int, text: str) -> HttpResponse:
    """Back to the page, which says what was amiss."""
    messages.error(request, f"没有生成文件：{text}")
    return redirect("analysis:document", document)

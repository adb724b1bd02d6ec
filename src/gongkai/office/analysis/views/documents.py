"""Pages of documents: the list of all, and one with its text, its tables and its findings side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.checks import Finding
from gongkai.office.analysis.models import Document, Reading
from gongkai.office.analysis.showing import pages, tables, text
from gongkai.office.analysis.showing.findings import MOST, shown
from gongkai.office.analysis.showing.head import chapters, facts
from gongkai.office.analysis.showing.marks import Marks
from gongkai.office.analysis.showing.states import state_badge
from gongkai.office.analysis.views.lists import DOCUMENTS, MINE
from gongkai.office.bodies.gate import may
from gongkai.office.look.frame import Action, Tab
from gongkai.rendering import FORMATS, SHEET_FORMATS
from gongkai.report import Report, from_json

VIEWS = {"all": "对照", "findings": "问题", "tables": "表格", "text": "正文", "page": "版面", "head": "概要"}
_SUFFIXES = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "html": "网页", "json": "数据（JSON）"}


@may("analysis.see")
@require_safe
def documents(request: HttpRequest) -> HttpResponseBase:
    found = Document.objects.visible_to(request.user).select_related("batch")
    mine = request.GET.get(MINE) == "yes"
    return DOCUMENTS.respond(
        request,
        found.filter(batch__person=request.user) if mine else found,
        title="全部文件",
        subtitle="我上传的" if mine else "",
        actions=[Action("上传报告", reverse("analysis:upload"), "upload", primary=True)],
        keep=(MINE,),
    )


def visible_document(request: HttpRequest, pk: int) -> Document:
    """The document, or 404: for another body's there is none."""
    found = Document.objects.visible_to(request.user).select_related("batch", "body", "previous")
    return get_object_or_404(found, pk=pk)


def reading_of(document: Document) -> tuple[Reading, Report, list[Finding]]:
    """What was read. Raises Http404 while there is nothing."""
    reading = Reading.objects.filter(document=document).first()
    if reading is None:
        raise Http404("这份文件还没有读出内容。")
    return reading, from_json(reading.report), [Finding.from_json(raw) for raw in reading.findings]


@may("analysis.see")
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    one = visible_document(request, pk)
    frame: dict[str, Any] = {
        "document": one,
        "title": one.name,
        "badge": state_badge(one),
        "breadcrumbs": [
            ("报告分析", reverse("analysis:batches")),
            (one.batch.name, reverse("analysis:batch", args=[one.batch_id])),
        ],
    }
    if not Reading.objects.filter(document=one).exists():
        return render(request, "analysis/unread_document.html", frame)
    reading, report, found = reading_of(one)
    marks = Marks(found, _number(request, "finding", len(found)), request.GET.get("cell", ""))
    view = request.GET.get("view", "all")
    if view not in VIEWS or (view == "page" and not one.page_sizes):
        view = "all"
    context = {
        **frame,
        "subtitle": report.title or "",
        "tabs": _tabs(one, request, view),
        "view": view,
        "reading": reading,
        "remarks": reading.remarks,
        "facts": facts(one, report),
        "findings": shown(report, marks),
        "findings_in_all": len(found),
        "most": MOST,
        "keep": f"view={view}&",
        "sheet_formats": [(name, _SUFFIXES[name]) for name in (*SHEET_FORMATS, "json")],
        "report_formats": [(name, _SUFFIXES[name]) for name in FORMATS],
        **_view(one, report, marks, view, request),
    }
    return render(request, "analysis/document.html", context)


def _view(one: Document, report: Report, marks: Marks, view: str, request: HttpRequest) -> dict[str, Any]:
    """What only this view shows."""
    out: dict[str, Any] = {}
    if view in ("all", "text"):
        number = text.part_with(report, marks, _number(request, "part", None))
        out["text"] = text.part(report, marks, number)
    if view in ("all", "tables"):
        out["tables"] = tables.tables(report, marks)
    if view == "page":
        number = pages.page_with(report, marks, len(one.page_sizes), _number(request, "page", None))
        out["page"] = pages.page(report, marks, one.page_sizes, number)
    if view == "head":
        out["chapters"] = chapters(report)
        out["notes"] = report.notes
    return out


def _number(request: HttpRequest, name: str, most: int | None) -> int | None:
    """A number from the address; None for none, and for one that makes no sense."""
    typed = request.GET.get(name, "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 6:
        return None
    number = int(typed)
    return number if number >= 1 and (most is None or number <= most) else None


def _tabs(one: Document, request: HttpRequest, view: str) -> list[Tab]:
    chosen = request.GET.get("finding", "")
    suffix = f"&finding={chosen}" if chosen.isdigit() else ""
    names = {key: label for key, label in VIEWS.items() if key != "page" or one.page_sizes}
    count = {"findings": one.errors + one.warnings + one.hints + one.unread}
    return [Tab(label, f"?view={key}{suffix}", key == view, count.get(key)) for key, label in names.items()]

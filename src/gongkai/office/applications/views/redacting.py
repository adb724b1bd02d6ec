"""Blacking out: which files, the boxes of one, the pictures of its pages, and the file that may go out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.acts.models import Attachment, Work
from gongkai.office.acts.policy import Refused
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.acts.selectors.work import latest_of
from gongkai.office.applications.forms.redacting import GROUND_CHOICES, boxes_of, rows_of, typed_rows
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.redaction import apart
from gongkai.office.applications.redaction.boxes import GROUNDS
from gongkai.office.applications.selectors.enclosing import REDACTED
from gongkai.office.applications.services import converting, redacting
from gongkai.office.applications.services.converting import CONVERT
from gongkai.office.applications.services.redacting import BURN, mark, path_of
from gongkai.office.applications.views.acting import case_for, crumbs, page_of
from gongkai.office.applications.views.files import file_of
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.services.changes import StaleError
from gongkai.office.bodies.views.working import progress_of, stop_and_say
from gongkai.office.look.components import Progress, UnderWay
from gongkai.office.look.progress import render_progress

_EMPTY_ROWS = 3  # to type into where there is no mouse
_LABELS = {BURN: "生成遮盖后的文件", CONVERT: "转换为PDF"}
_TEXTS = {BURN: "每页先遮盖、再核验，各算一步。", CONVERT: "一般不超过一分钟。"}


@may("applications.redact")
@require_safe
def redactions(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a case, and what can be done to blacken each."""
    case = case_for(request, pk, "applications.redact")
    attached = list(attachments_of(case))
    names = {one.pk: one for one in attached}
    kept = {one.attachment_id: one for one in case.redactions.all()}
    works = latest_of(attached)
    rows = []
    for one in attached:
        if one.label == REDACTED:
            continue
        mine, conversion = kept.get(one.pk), works.get((CONVERT, str(one.pk)))
        rows.append(
            {
                "file": one,
                "is_pdf": one.file.kind_key == "pdf",
                "convertible": one.file.kind_key in converting.KINDS,
                "boxes": len(mine.boxes) if mine else 0,
                "counts": _counts(mine),
                "burned": names.get(mine.burned_id) if mine and mine.burned_id else None,
                "converted": names.get(conversion.facts.get("made", 0)) if conversion else None,
                "busy": any(work.is_open for (_, pk), work in works.items() if pk == str(one.pk)),
            }
        )
    context = {
        "title": "遮盖",
        "breadcrumbs": crumbs(case),
        "case": case,
        "rows": rows,
        "under_way": [_under_way(case, work, names) for work in works.values() if work.is_open],
        "ended": [
            (work.note, "bad" if work.state == Work.State.FAILED else "caution", _title(work, names))
            for work in works.values()
            if work.note and not work.is_open
        ],
        "ask_for_pdf": "" if converting.converter() else converting.ASK_FOR_PDF,
    }
    return render(request, "applications/redactions.html", context)


@may("applications.redact")
@require_http_methods(["GET", "HEAD", "POST"])
def redaction(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One file, page by page: draw with the mouse, or type the sides; ``?page=`` chooses the page."""
    case, original = _pdf(request, pk, number)
    kept = Redaction.objects.filter(application=case, attachment_id=original.pk).first()
    try:
        pages = apart.pages_of(path_of(original))
    except apart.RedactionError as error:
        messages.error(request, f"{original.name}：{error}")
        return redirect("applications:redactions", pk=case.pk)
    page = _page(request, pages)
    errors: list[str] = []
    rows, version = (rows_of(kept.boxes), kept.version) if kept else ([], 0)
    if request.method == "POST":
        rows, typed = typed_rows(request.POST), request.POST.get("version", "")
        try:
            boxes = boxes_of(rows, pages)
            mark(
                request.actor,  # type: ignore[attr-defined]
                case,
                original=original,
                boxes=boxes,
                version=int(typed) if kept and typed.isdecimal() else None,
            )
        except ValidationError as refusal:
            errors = list(refusal.messages)
        except StaleError as stale:
            errors = ["您打开页面以后，别人已修改遮盖区域；您填写的都还在，再次保存即以您的为准。"]
            version = stale.thing.version  # type: ignore[attr-defined]
        except Refused as refusal:
            errors = [str(refusal)]
        else:
            messages.success(request, f"已保存{len(boxes)}处遮盖")
            return redirect(f"{reverse('applications:redaction', args=[case.pk, original.pk])}?page={page}")
    context = {
        "title": f"遮盖：{original.name}",
        "breadcrumbs": [*crumbs(case), ("遮盖", reverse("applications:redactions", args=[case.pk]))],
        "case": case,
        "original": original,
        "rows": rows,
        "blank": range(_EMPTY_ROWS),
        "version": version,
        "page": page,
        "pages": pages,
        "others": range(max(1, page - 5), min(pages, page + 5) + 1),
        "grounds": GROUND_CHOICES,
        "errors": errors,
        "counts": _counts(kept),
        "marked": bool(kept and kept.boxes and not kept.burned_id),
        "burned": bool(kept and kept.burned_id),
        "burning": any(work.is_open for (task, _), work in latest_of([original]).items() if task == BURN),
        "back": page_of(case),
    }
    return render(request, "applications/redaction.html", context, status=422 if errors else 200)


@may("applications.redact")
@require_safe
def page_picture(request: HttpRequest, pk: int, number: int, page: int) -> HttpResponse:
    """A page as a picture; never kept by the browser."""
    _, original = _pdf(request, pk, number)
    try:
        data = apart.picture_of(path_of(original), page)
    except apart.RedactionError as error:
        raise Http404(str(error)) from error
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


@may("applications.burn")
@require_POST
def burn_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Have the new file made."""
    case, original = _pdf(request, pk, number, "applications.burn")
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else None
    try:
        redacting.order(request.actor, case, original=original, version=version)  # type: ignore[attr-defined]
    except StaleError:
        messages.error(request, "您打开页面以后，别人已修改遮盖区域，没有生成；请核对现有区域后再生成。")
        return redirect("applications:redaction", pk=case.pk, number=original.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:redactions", pk=case.pk)


@may("applications.redact")
@require_POST
def convert_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Have a PDF made of an office file."""
    case = case_for(request, pk, "applications.redact")
    try:
        converting.order(request.actor, case, original=file_of(case, number))  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:redactions", pk=case.pk)


@may("applications.redact")
@require_safe
def progress(request: HttpRequest, pk: int, work: int) -> HttpResponse:
    """How far the work on a paper is, for the page to ask."""
    case = case_for(request, pk, "applications.redact")
    one, names = _work_of(case, work)
    return render_progress(request, _progress(case, one, names))


@may("applications.redact")
@require_POST
def stop_page(request: HttpRequest, pk: int, work: int) -> HttpResponse:
    """End the work on a paper; it leaves nothing behind."""
    case = case_for(request, pk, "applications.redact")
    stop_and_say(request, _work_of(case, work)[0])
    return redirect("applications:redactions", pk=case.pk)


def _work_of(case: Application, pk: int) -> tuple[Work, dict[int, Attachment]]:
    """Work on a paper of this case, with the papers; 404 for that of another."""
    names = {one.pk: one for one in attachments_of(case)}
    of_case = Work.objects.filter(thing_type=Attachment._meta.label_lower, thing_id__in=[str(key) for key in names])
    return get_object_or_404(of_case, pk=pk), names


def _title(work: Work, names: dict[int, Attachment]) -> str:
    return f"{_LABELS[work.task]}：{names[int(work.thing_id)].name}"


def _progress(case: Application, work: Work, names: dict[int, Attachment]) -> Progress:
    return progress_of(
        work,
        _title(work, names),
        poll=reverse("applications:redaction_progress", args=[case.pk, work.pk]),
        page=reverse("applications:redactions", args=[case.pk]),
        text=_TEXTS[work.task],
    )


def _under_way(case: Application, work: Work, names: dict[int, Attachment]) -> UnderWay:
    stop = reverse("applications:stop_redaction", args=[case.pk, work.pk])
    return UnderWay(_progress(case, work, names), stop)


def _pdf(
    request: HttpRequest, pk: int, number: int, code: str = "applications.redact"
) -> tuple[Application, Attachment]:
    case = case_for(request, pk, code)
    original = file_of(case, number)
    if original.file.kind_key != "pdf" or original.label == REDACTED:
        raise Http404("只有PDF可以遮盖。")
    return case, original


def _page(request: HttpRequest, pages: int) -> int:
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), pages) if text.isdecimal() and len(text) < 6 else 1


def _counts(kept: Redaction | None) -> list[tuple[str, Any]]:
    return [(GROUNDS.get(ground, ground), count) for ground, count in (kept.counts if kept else {}).items()]

"""The boxes of one file: drawn or typed page by page, kept with every step, burned in as they stand on the page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.acts.models import Attachment
from gongkai.office.acts.policy import Refused
from gongkai.office.acts.selectors.work import latest_of
from gongkai.office.applications.forms.redacting import GROUND_CHOICES, SIDES, boxes_of, rows_of, typed_rows
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.redaction import apart
from gongkai.office.applications.selectors.enclosing import REDACTED
from gongkai.office.applications.services import redacting
from gongkai.office.applications.services.redacting import BURN, lent
from gongkai.office.applications.views.acting import case_for, crumbs, page_of
from gongkai.office.applications.views.files import file_of
from gongkai.office.applications.views.redacting import counted
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.services.changes import StaleError

_EMPTY_ROWS = 3  # to type into where there is no mouse


@may("applications.redact")
@require_http_methods(["GET", "HEAD", "POST"])
def redaction(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One file, page by page: draw with the mouse, or type the sides; ``?page=`` chooses the page.

    Whoever goes on to another page (``goto``) keeps what stands on this one: a box that was drawn and not kept would
    be a part that everybody reads.
    """
    case, original = _pdf(request, pk, number)
    try:
        pages = _pages_of(original)
    except (apart.RedactionError, StoreError) as error:
        messages.error(request, f"{original.name}：{error}")
        return redirect("applications:redactions", pk=case.pk)
    if request.method == "POST":
        if refused := _keep(request, case, original, pages):
            return refused
        goto = request.POST.get("goto", "")
        page = int(goto) if goto.isdecimal() and len(goto) < 6 and 1 <= int(goto) <= pages else _page(request, pages)
        return redirect(f"{_address(case, original)}?page={page}")
    kept = _kept(case, original)
    rows, version = (rows_of(kept.boxes), kept.version) if kept else ([], 0)
    return _shown(request, case, original, pages, rows=rows, version=version)


@may("applications.burn")
@require_POST
def burn_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Keep what stands on the page, and have the new file made of it."""
    case, original = _pdf(request, pk, number, "applications.burn")
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else None
    try:
        if SIDES[0] in request.POST:
            if refused := _keep(request, case, original, _pages_of(original)):
                return refused
            kept = _kept(case, original)
            version = kept.version if kept else None
        redacting.order(request.actor, case, original=original, version=version)  # type: ignore[attr-defined]
    except StaleError:
        messages.error(request, "您打开页面以后，别人已修改遮盖区域，没有生成；请核对现有区域后再生成。")
        return redirect("applications:redaction", pk=case.pk, number=original.pk)
    except (Refused, apart.RedactionError, StoreError) as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:redactions", pk=case.pk)


@may("applications.redact")
@require_safe
def page_picture(request: HttpRequest, pk: int, number: int, page: int) -> HttpResponse:
    """A page as a picture; never kept by the browser."""
    _, original = _pdf(request, pk, number)
    try:
        with lent(original) as path:
            data = apart.picture_of(path, page)
    except (apart.RedactionError, StoreError) as error:
        raise Http404(str(error)) from error
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


def _pages_of(original: Attachment) -> int:
    """Raises ``RedactionError``, ``StoreError``."""
    with lent(original) as path:
        return apart.pages_of(path)


def _keep(request: HttpRequest, case: Application, original: Attachment, pages: int) -> HttpResponse | None:
    """Keep the boxes as sent, unless nothing changed; else the page with what is wrong and all that was typed."""
    kept = _kept(case, original)
    rows, typed = typed_rows(request.POST), request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else 0
    try:
        boxes = boxes_of(rows, pages)
        if [asdict(box) for box in boxes] == (kept.boxes if kept else []):
            return None
        redacting.mark(
            request.actor,  # type: ignore[attr-defined]
            case,
            original=original,
            boxes=boxes,
            version=version if kept and typed.isdecimal() else None,
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
        return None
    return _shown(request, case, original, pages, rows=rows, version=version, errors=errors)


def _shown(
    request: HttpRequest,
    case: Application,
    original: Attachment,
    pages: int,
    *,
    rows: list[dict[str, str]],
    version: int,
    errors: list[str] | None = None,
) -> HttpResponse:
    kept, page = _kept(case, original), _page(request, pages)
    context: dict[str, Any] = {
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
        "counts": counted(kept),
        "burned": bool(kept and kept.burned_id),
        "burning": any(work.is_open for (task, _), work in latest_of([original]).items() if task == BURN),
        "back": page_of(case),
    }
    return render(request, "applications/redaction.html", context, status=422 if errors else 200)


def _kept(case: Application, original: Attachment) -> Redaction | None:
    return Redaction.objects.filter(application=case, attachment_id=original.pk).first()


def _address(case: Application, original: Attachment) -> str:
    return reverse("applications:redaction", args=[case.pk, original.pk])


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

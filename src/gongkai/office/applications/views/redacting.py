"""Blacking out: which files of a case, how far the work on them is, and what may go out (the boxes: ``boxes``)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.office.acts.models import Attachment, Work
from gongkai.office.acts.policy import Refused
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.acts.selectors.work import latest_of
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.redaction.boxes import GROUNDS
from gongkai.office.applications.selectors.enclosing import REDACTED
from gongkai.office.applications.services import converting
from gongkai.office.applications.services.converting import CONVERT
from gongkai.office.applications.services.redacting import BURN
from gongkai.office.applications.views.acting import case_for, crumbs
from gongkai.office.applications.views.files import file_of
from gongkai.office.bodies.gate import may
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
                "counts": counted(mine),
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


def counted(kept: Redaction | None) -> list[tuple[str, Any]]:
    """The boxes of a burned file by their ground, in words."""
    return [(GROUNDS.get(ground, ground), count) for ground, count in (kept.counts if kept else {}).items()]

"""文书措辞: the county's own wording of letters, with what must remain, a live check, a preview, the history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.applications.forms.letters import RestoreForm, WordingForm
from gongkai.office.applications.letters import (
    Entry,
    Letter,
    LetterError,
    check,
    default_text,
    entry,
    kinds,
    known_fields,
    preview,
)
from gongkai.office.applications.letters.catalogue import RECIPIENTS
from gongkai.office.applications.models import Wording
from gongkai.office.applications.selectors.wordings import wording_on, wordings_on
from gongkai.office.applications.services.wording import change_wording
from gongkai.office.applications.views.acting import act_by_form
from gongkai.office.bodies.gate import may
from gongkai.office.look.components import TimelineEntry
from gongkai.office.look.words import date_cn

SAVE = "save"


@may("applications.change_wording")
@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """Every letter, and whether the county words it itself."""
    today = timezone.localdate()
    own = wordings_on(today)
    rows = []
    for kind in kinds():
        try:
            one = entry(kind, today)
        except LetterError:
            continue  # of a law that is not in force
        kept = own.get(kind)
        state = "固定格式" if one.table else f"自{date_cn(kept.valid_from)}" if kept and kept.text else "默认"
        href = "" if one.table else reverse("applications:wording", args=[kind])
        rows.append((one.label, RECIPIENTS[one.to], one.article or "", state, href))
    context = {"title": "文书措辞", "rows": rows, "breadcrumbs": [("申请", reverse("applications:cases"))]}
    return render(request, "applications/letters/wordings.html", context)


@may("applications.change_wording")
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, kind: str) -> HttpResponse:
    """The editor. Posted without ``step=save`` it only checks and shows; what the check objects to is not saved."""
    today = timezone.localdate()
    one = _entry(kind, today)
    history = list(Wording.objects.filter(kind=kind).order_by("-pk"))
    initial = {
        "text": wording_on(kind, today) or default_text(kind, today),
        "valid_from": today,
        "seen": history[0].pk if history else 0,
    }
    saving = request.method == "POST" and request.POST.get("step") == SAVE
    form = WordingForm(request.POST or None, initial=initial)
    if request.method == "POST" and not saving:  # only looked at: the reason may wait
        form.fields["reason"].required = False
    text = request.POST.get("text", initial["text"])
    judged = {
        "problems": check(text, kind, today),
        "checked": request.method == "POST",
        "saving": saving,
        "made": _preview(kind, text, today),
    }
    if request.headers.get("HX-Request") == "true" and not saving:
        return render(request, "applications/letters/checked.html", judged)
    return act_by_form(
        request,
        form,
        lambda data: change_wording(request.actor, Wording, kind=kind, **data),  # type: ignore[attr-defined]
        posted=saving,
        done="已保存措辞",
        back=reverse("applications:wordings"),
        title=f"{one.label}的措辞",
        submit="检查并预览",
        cancel=reverse("applications:wordings"),
        intro="改动只影响启用以后送出的文书。缺少法定内容的措辞不能保存。",
        breadcrumbs=_crumbs(),
        template="applications/letters/wording.html",
        extra={
            **judged,
            "parts": [(part, _wanted(part)) for part in one.parts if not part.may],
            "fields": [(name, known_fields()[name].hint) for name in one.fields],
            "history": [_story(kept) for kept in history],
            "default": default_text(kind, today),
            "restore": reverse("applications:restore_wording", args=[kind]) if history and history[0].text else "",
        },
    )


@may("applications.change_wording")
@require_http_methods(["GET", "HEAD", "POST"])
def restore_wording(request: HttpRequest, kind: str) -> HttpResponse:
    """Back to the catalogue, from today."""
    today = timezone.localdate()
    one = _entry(kind, today)
    return act_by_form(
        request,
        RestoreForm(request.POST or None),
        lambda data: change_wording(  # type: ignore[attr-defined]
            request.actor, Wording, kind=kind, text="", valid_from=today, reason=data["reason"]
        ),
        done="已恢复默认措辞",
        back=reverse("applications:wording", args=[kind]),
        title=f"恢复{one.label}的默认措辞",
        submit="恢复默认",
        cancel=reverse("applications:wording", args=[kind]),
        breadcrumbs=_crumbs(),
    )


def _entry(kind: str, today: date) -> Entry:
    try:
        one = entry(kind, today)
    except LetterError as error:
        raise Http404(str(error)) from error
    if one.table:
        raise Http404("固定格式的表格没有措辞可改。")
    return one


def _preview(kind: str, text: str, today: date) -> Letter | None:
    try:
        return preview(kind, text, today)
    except (LetterError, ValidationError):
        return None  # the problems say why


def _wanted(part: Any) -> str:
    fields = [f"{{{name}}}" for name in part.fields]
    words = [f"“{'”或者“'.join(part.words)}”"] if part.words else []
    return "、".join([*fields, *words])


def _story(kept: Wording) -> TimelineEntry:
    what = "修改措辞" if kept.text else "恢复默认措辞"
    return TimelineEntry(
        when=kept.at, what=what, who=kept.by_name, detail=f"自{date_cn(kept.valid_from)}启用", why=kept.ground
    )


def _crumbs() -> list[tuple[str, str]]:
    return [("申请", reverse("applications:cases")), ("文书措辞", reverse("applications:wordings"))]

"""The last pages of an application: papers, checking, the receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.acts.policy import Refused
from gongkai.office.acts.services.attachments import RefusedFileError
from gongkai.office.look.components import Fact, FileItem
from gongkai.office.look.words import date_cn
from gongkai.office.portal import steps
from gongkai.office.portal.forms.papers import PaperForm
from gongkai.office.portal.models import Draft
from gongkai.office.portal.selectors import receipt as words
from gongkai.office.portal.selectors.drafts import expires_on, files_of
from gongkai.office.portal.selectors.stated import answers_of, papers_to_bring
from gongkai.office.portal.services import drafting, limits
from gongkai.office.portal.services.submitting import IncompleteError, submit
from gongkai.office.portal.views.applying import no_draft
from gongkai.office.portal.views.page import address_of, forget, own_draft, portal_actor, public, show

TRAP = "website"  # a field that people do not see; programs fill it in


@public
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest) -> HttpResponse:
    """Proof of identity, power of attorney, others; one upload at a time, each kept at once."""
    draft = own_draft(request)
    if draft is None:
        return no_draft(request)
    if draft.application_id:
        return redirect("portal:receipt")
    posted = request.method == "POST"
    form = PaperForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        limits.count(file=address_of(request))
        for upload in form.cleaned_data["files"]:
            try:
                drafting.add_paper(portal_actor(request), draft, upload, label=form.cleaned_data["label"])
            except RefusedFileError as refusal:
                form.add_error("files", str(refusal))
        if not form.errors:
            return redirect("portal:papers")
    context = {
        "title": "上传材料",
        "form": form,
        "files": _files(draft),
        "to_bring": _to_bring(draft),
        "number": len(steps.STEPS) + 1,
        "count": len(steps.STEPS) + 2,
        "back": reverse("portal:step", args=[steps.STEPS[-1].slug]),
    }
    return show(request, "papers.html", context, status=422 if form.errors else 200)


def _to_bring(draft: Draft) -> list[str]:
    return papers_to_bring(draft, files_of(draft).values_list("label", flat=True))


def _files(draft: Draft) -> list[FileItem]:
    return [
        FileItem(
            name=f"{paper.name}（{paper.label}）",
            size=paper.file.size,
            kind=paper.file.kind.name,
            remove=reverse("portal:remove_paper", args=[paper.pk]),
        )
        for paper in files_of(draft)
    ]


@public
@require_POST
def remove_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Of the own draft."""
    draft = own_draft(request)
    if draft is None:
        return no_draft(request)
    drafting.remove_paper(draft, number)
    return redirect("portal:papers")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """All answers with the way to change each; the button that submits. Pressed twice it makes one case."""
    draft = own_draft(request)
    if draft is None:
        return no_draft(request)
    if draft.application_id:
        return redirect("portal:receipt")
    refused, missing = "", None
    if request.method == "POST":
        limits.count(address=address_of(request), body=str(draft.body_id))
        try:
            submit(portal_actor(request), draft, trapped=bool(request.POST.get(TRAP)))
        except IncompleteError as incomplete:
            missing = incomplete.missing
        except Refused as refusal:
            refused = str(refusal)
        else:
            return redirect("portal:receipt")
    context = {
        "title": "核对并提交",
        "answers": answers_of(draft),
        "missing": steps.missing(draft) if missing is None else missing,
        "refused": refused,
        "files": [FileItem(name=f"{paper.name}（{paper.label}）", size=paper.file.size) for paper in files_of(draft)],
        "to_bring": _to_bring(draft),
        "trap": TRAP,
        "until": date_cn(expires_on(draft)),
        "back": reverse("portal:papers"),
        "number": len(steps.STEPS) + 2,
        "count": len(steps.STEPS) + 2,
    }
    return show(request, "check.html", context, status=422 if request.method == "POST" else 200)


@public
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """To be printed; here again as long as this device remembers the draft."""
    draft = own_draft(request)
    if draft is None:
        return no_draft(request)
    case = draft.application
    if case is None:
        return redirect("portal:check")
    facts: list[Fact] = words.facts_of(case)
    context = {
        "title": "申请已经提交",
        "case": case,
        "code": words.spaced(case.code),
        "facts": facts,
        "next_steps": words.next_steps(case),
        "mailed": bool(case.email),
    }
    return show(request, "receipt.html", context)


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget on this device what was submitted, and the case that was opened: for devices that others use too."""
    return forget(forget(redirect("portal:home"), "draft"), "case")

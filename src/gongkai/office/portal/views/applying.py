"""Applying online: a page for each question, kept as soon as it is answered."""

from __future__ import annotations

from typing import Any

from django.forms import CharField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.look.components import Fact
from gongkai.office.look.words import date_cn
from gongkai.office.portal import keys, steps
from gongkai.office.portal.answers import published_answers
from gongkai.office.portal.forms.follow import ResumeForm
from gongkai.office.portal.forms.step import OwnField
from gongkai.office.portal.models import Draft
from gongkai.office.portal.selectors.bodies import bodies
from gongkai.office.portal.selectors.drafts import draft_of, expires_on
from gongkai.office.portal.services import drafting, limits
from gongkai.office.portal.views.page import (
    address_of,
    forget,
    is_of_another,
    own_draft,
    own_key,
    public,
    put_off,
    remember_draft,
    show,
    wait_words,
)

CHECK = "check"  # in the address: one came from the last page and goes back to it
_LISTED = 12  # bodies on the page before somebody searches


@public
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new draft, for the body that was chosen if one was. One that waits on this device is offered first."""
    draft = own_draft(request)
    waiting = draft if draft is not None and not draft.application_id else None
    if request.method == "POST":
        limits.count(draft=address_of(request))
        chosen = str(request.POST.get("body", ""))
        body = bodies().filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 12 else None
        _, key = drafting.begin(body)
        return remember_draft(redirect("portal:step", "kind" if body else "body"), key)
    context = {
        "title": "网上申请",
        "waiting": waiting,
        "until": date_cn(expires_on(waiting)) if waiting else "",
        "resume": ResumeForm(),
    }
    return show(request, "begin.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One question. What is right is kept; what is not stays on the page beside its sentence."""
    known = steps.BY_SLUG.get(slug)
    if known is None:
        raise Http404
    draft = own_draft(request)
    if draft is None:
        return no_draft(request, known)
    if draft.application_id:
        return redirect("portal:receipt")
    form = known.form(request.POST if request.method == "POST" else None, draft=draft)
    if form.is_bound and form.is_valid():
        if not drafting.keep(draft, form):
            return redirect("portal:receipt")
        # The draft is kept for its days from now on, and so is the way to it on this device.
        return remember_draft(redirect(_next(request, known, form.draft)), own_key(request))
    return _page(request, known, form)


def _next(request: HttpRequest, done: steps.Step, draft: Draft) -> str:
    if done.slug == "wanted" and _answers(draft):
        return reverse("portal:answers") + (f"?from={CHECK}" if _checking(request) else "")
    if _checking(request):
        return reverse("portal:check")
    following = steps.after(done)
    return reverse("portal:step", args=[following.slug]) if following else reverse("portal:papers")


def _checking(request: HttpRequest) -> bool:
    return request.GET.get("from") == CHECK


def _page(request: HttpRequest, known: steps.Step, form: Any) -> HttpResponse:
    previous = steps.before(known)
    context: dict[str, Any] = {
        "title": known.title,
        "step": known,
        "form": form,
        "number": steps.number_of(known),
        "count": len(steps.STEPS) + 2,  # papers, check
        "back": reverse("portal:check")
        if _checking(request)
        else reverse("portal:step", args=[previous.slug])
        if previous
        else reverse("portal:home"),
        "checking": _checking(request),
    }
    if known.slug == "body":
        context |= _bodies(request, form)
    template = "step_body.html" if known.slug == "body" else "step.html"
    return show(request, template, context, status=422 if form.errors else 200)


def _bodies(request: HttpRequest, form: Any) -> dict[str, Any]:
    words = request.GET.get("q", "").strip()[:60]
    found = list(bodies(words))
    chosen = form.draft.body_id
    shown = found if words else found[:_LISTED]
    if chosen and not any(one.pk == chosen for one in shown):
        shown = [*[one for one in found if one.pk == chosen], *shown]
    return {"words": words, "bodies": shown, "more": len(found) - len(shown), "chosen": chosen}


def _answers(draft: Draft) -> list[Any]:
    return list(
        published_answers(words=draft.text("description"), number=draft.text("document_number"), body=draft.body)
    )


@public
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Published items that may already answer; going on is one press away."""
    draft = own_draft(request)
    if draft is None:
        return no_draft(request)
    if draft.application_id:
        return redirect("portal:receipt")
    onwards = reverse("portal:check") if _checking(request) else reverse("portal:step", args=["provide"])
    found = _answers(draft)
    if not found:
        return redirect(onwards)
    return show(request, "answers.html", {"title": "这些信息可能已经公开", "answers": found, "onwards": onwards})


@public
@require_safe
def keep_for_later(request: HttpRequest) -> HttpResponse:
    """The key to copy down, for another device or another day."""
    draft = own_draft(request)
    if draft is None:
        return no_draft(request)
    context = {"title": "保存，以后再填", "key": keys.shown(own_key(request)), "until": date_cn(expires_on(draft))}
    return show(request, "keep.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with the key that was copied down; wrong ones slow down."""
    form = ResumeForm(request.POST if request.method == "POST" else None)
    too_often = None
    if form.is_bound and form.is_valid():
        key = keys.tidied(form.cleaned_data["code"])
        if until := limits.must_wait(f"address {address_of(request)}"):
            too_often = limits.TooOften("guess", until)
            form.add_error(None, wait_words(too_often))
        elif draft_of(key):
            return remember_draft(redirect("portal:check"), key)
        else:
            limits.wrong_guess(f"address {address_of(request)}")
            form.add_error("code", "没有找到这份草稿：续填码可能写错了，或者草稿已经过期")
    context = {"title": "用续填码继续填写", "form": form}
    page = show(request, "resume.html", context, status=422 if form.errors else 200)
    return put_off(page, too_often) if too_often else page


@public
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Away with the draft, and with what this device remembers of it."""
    draft = own_draft(request)
    if is_of_another(request):
        return no_draft(request)
    if draft is not None and not draft.application_id:
        drafting.discard(draft)
    return forget(redirect("portal:home"), "draft")


def no_draft(request: HttpRequest, step: steps.Step | None = None) -> HttpResponse:
    """There is none here, it is too old, or the form is of another; what was typed for ``step`` comes back."""
    typed = _typed(request, step) if step else []
    if is_of_another(request):
        return show(request, "other_draft.html", {"title": "这一页属于另一份申请", "typed": typed}, status=409)
    return show(request, "no_draft.html", {"title": "没有找到申请草稿", "typed": typed}, status=404)


def _typed(request: HttpRequest, step: steps.Step) -> list[Fact]:
    """Words alone, to be copied: what was chosen is quickly chosen again, and a sealed number is never shown."""
    words = {name: field for name, field in step.form.base_fields.items() if type(field) in (CharField, OwnField)}
    facts = [Fact(str(field.label), request.POST.get(name, "").strip()) for name, field in words.items()]
    return [fact for fact in facts if fact.value]

"""Pages around a form, so that a view says what is asked and not how a page is laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.office.look.components import Fact


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    submit: str = "保存",
    cancel: str = "",
    intro: str = "",
    breadcrumbs: Sequence[tuple[str, str]] = (),
    template: str = "look/form_page.html",
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The form on a page of its own, with its errors when it is bound; ``cancel``: where the way back leads.

    ``extra`` is for the template; with ``danger`` in it the button warns.
    """
    context = {
        "title": title,
        "form": form,
        "submit": submit,
        "cancel": cancel,
        "intro": intro,
        "breadcrumbs": breadcrumbs,
    }
    return render(request, template, {**context, **(extra or {})})


def confirm_page(
    request: HttpRequest,
    *,
    title: str,
    question: str,
    submit: str,
    cancel: str,
    form: BaseForm | None = None,
    facts: Sequence[Fact] = (),
    danger: bool = True,
    breadcrumbs: Sequence[tuple[str, str]] = (),
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The question before an act that cannot be taken back. ``submit`` names the act (「注销机构」, not 「确定」).

    The page posts to its own address; ``form`` (often ``ReasonForm``) may ask for more.
    """
    context = {
        "title": title,
        "question": question,
        "submit": submit,
        "cancel": cancel,
        "form": form,
        "facts": facts,
        "danger": danger,
        "breadcrumbs": breadcrumbs,
    }
    return render(request, "look/confirm_page.html", {**context, **(extra or {})})

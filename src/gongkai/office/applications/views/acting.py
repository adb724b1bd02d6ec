"""What the pages of a case share: the case itself, its way back, and a form that keeps what was typed when refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.office.acts.policy import Refused
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.seeing import visible_cases
from gongkai.office.bodies.forms.fields import VersionedForm, add_refusal
from gongkai.office.bodies.selectors.history import changes_since
from gongkai.office.bodies.services.changes import StaleError
from gongkai.office.bodies.views.acting import demand
from gongkai.office.look.forms import form_page


def case_for(request: HttpRequest, pk: int, code: str = "applications.see") -> Application:
    """A case that the person may see (else 404) and do ``code`` to (else 403 with the sentence)."""
    cases = visible_cases(request.user).select_related("body", "handler", "duplicate_of", "split_from", "decision")
    case: Application = get_object_or_404(cases, pk=pk)
    demand(request, code, case)
    return case


def page_of(case: Application) -> str:
    """The address of the case."""
    return reverse("applications:case", args=[case.pk])


def crumbs(case: Application) -> list[tuple[str, str]]:
    """The way to a page below the case."""
    return [("申请", reverse("applications:cases")), (str(case), page_of(case))]


def act_by_form(
    request: HttpRequest,
    form: BaseForm,
    perform: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    back: Callable[[Any], str] | str,
    title: str,
    submit: str,
    cancel: str,
    posted: bool | None = None,
    intro: str = "",
    breadcrumbs: Any = (),
    template: str = "applications/form.html",
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """As ``bodies.views.acting.act_by_form``; besides, what the law refuses stands above the form, in its words.

    ``posted``: whether this request acts (default: every POST); a preview does not.
    """
    others: list[Any] = []
    outdated = False
    acts = request.method == "POST" if posted is None else posted
    if acts and form.is_valid():
        try:
            result = perform(form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except StaleError as stale:
            outdated, others = True, changes_since(stale.thing, stale.version)
            if isinstance(form, VersionedForm):
                form.renew(stale.thing.version)  # type: ignore[attr-defined]
        else:
            messages.success(request, done.format(result))
            return redirect(back(result) if callable(back) else back)
    response = form_page(
        request,
        form,
        title=title,
        submit=submit,
        cancel=cancel,
        intro=intro,
        breadcrumbs=breadcrumbs,
        template=template,
        extra={**(extra or {}), "others": others, "outdated": outdated},
    )
    if request.method == "POST" and (outdated or form.errors):
        response.status_code = 409 if outdated else 422
    return response

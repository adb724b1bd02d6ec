"""A page that does one act: the form, the service's refusals beside the fields, and who was first when two edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.office.acts.policy import Refused, Verdict, policy_for
from gongkai.office.bodies.forms.fields import VersionedForm, add_refusal
from gongkai.office.bodies.selectors.history import changes_since
from gongkai.office.bodies.services.changes import StaleError
from gongkai.office.look.forms import form_page
from gongkai.office.look.frame import Action


def verdict(request: HttpRequest, code: str, thing: Any = None) -> Verdict:
    """May who asks do this to the thing?"""
    return policy_for(code).may(request.actor, code, thing)  # type: ignore[attr-defined]


def demand(request: HttpRequest, code: str, thing: Any = None) -> None:
    """Raises ``Refused`` (a 403 page with the sentence) when they may not: before a form is shown in vain."""
    answer = verdict(request, code, thing)
    if not answer:
        raise Refused(answer.why)


def allowed_actions(request: HttpRequest, thing: Any, *offers: tuple[str, Action]) -> list[Action]:
    """The actions whose verb the person may do to the thing."""
    return [action for code, action in offers if verdict(request, code, thing)]


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
    intro: str = "",
    breadcrumbs: Sequence[tuple[str, str]] = (),
    danger: bool = False,
) -> HttpResponse:
    """Show ``form``; posted and valid, ``perform(cleaned_data)``, say ``done`` and go ``back`` (from what was done to).

    What the service refuses stands beside its field, and nothing typed is lost.
    """
    others: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            result = perform(form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except StaleError as stale:
            others = changes_since(stale.thing, stale.version)
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
        template="bodies/form.html",
        extra={"others": others, "danger": danger},
    )
    if request.method == "POST":
        response.status_code = 409 if others else 422
    return response

"""A page that does one act: the form, the service's refusals beside the fields, and who was first when two edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    posted: bool | None = None,
    intro: str = "",
    breadcrumbs: Sequence[tuple[str, str]] = (),
    template: str = "bodies/form.html",
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show ``form``; posted and valid, ``perform(cleaned_data)``, say ``done`` and go ``back`` (from what was done to).

    What the service refuses stands beside its field, what the policy or the law refuses above the form, and nothing
    typed is lost. ``posted``: whether this request acts (default: every POST); a preview does not. ``extra`` is for
    the ``template``, which also gets ``outdated``, whether others were first, and ``others``, what they did.
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

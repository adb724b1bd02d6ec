"""The way into a case, and what is said where it is shut."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.office.applications.models import Application
from gongkai.office.portal.forms.follow import FollowForm
from gongkai.office.portal.services import following, limits
from gongkai.office.portal.views.page import address_of, wait_words

# The same sentence for an unknown code and for a wrong number: nobody learns which codes there are.
NOT_FOUND = "没有找到：查询码或者电话后四位不对。请对照回执再填一次"


def opened_by(form: FollowForm, request: HttpRequest) -> Application | None:
    """The case that ``form`` opens; ``None``: what is wrong stands in the form, if it was sent."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        case = following.open_case(form.cleaned_data["code"], form.cleaned_data["phone_tail"], address_of(request))
    except limits.TooOften as too_often:
        form.too_often = too_often
        form.add_error(None, wait_words(too_often))
        return None
    if case is None:
        form.add_error(None, NOT_FOUND)
    return case


def closed(*, undone: bool = False) -> HttpResponse:
    """To the way in. ``undone``: something was pressed that could not be done, and this is said."""
    return redirect(reverse("portal:follow") + ("?ended=1" if undone else ""))

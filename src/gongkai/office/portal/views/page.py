"""What the portal's pages share: their frame, their cookies, the way in which a limit is told."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.office.acts.policy import Actor
from gongkai.office.applications.models import Application
from gongkai.office.bodies.gate import open_to_all
from gongkai.office.bodies.models import Body
from gongkai.office.look.words import datetime_cn
from gongkai.office.portal import keys
from gongkai.office.portal.models import Draft
from gongkai.office.portal.print_size import is_large
from gongkai.office.portal.selectors.bodies import county_name, guide_of
from gongkai.office.portal.selectors.drafts import KEPT_DAYS, draft_of
from gongkai.office.portal.services.limits import TooOften

TAG = "draft"  # in every form of a draft: for which it was opened
_DAY = 24 * 3600
_CASE_SECONDS = 30 * 60
_SALT = "portal.case"

_WHY = {
    "draft": "从您所在的网络地址新建的申请草稿过多。",
    "file": "从您所在的网络地址上传的文件过多。",
    "address": "从您所在的网络地址提交的申请过多。可能是很多人在使用同一个网络。",
    "body": "现在向这个机关提交申请的人过多。",
    "message": "从您所在的网络地址发出的留言过多。",
    "guess": "查询码、电话后四位或者续填码连续填错了几次。",
}


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For everybody; never kept by a cache, for most pages hold what somebody typed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TooOften as too_often:
            return _too_often(request, too_often)

    return open_to_all(never_cache(guarded))


def show(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page in the portal's frame."""
    frame = {"large": is_large(request), "county": county_name(), "here": request.path, "draft_tag": _tag(request)}
    return render(request, f"portal/{template}", {**frame, **context}, status=status)


def portal_actor(request: HttpRequest) -> Actor:
    """The portal acts: nobody is signed in, and whoever holds the key or the code stands behind it."""
    return Actor(
        system=True, request_number=getattr(request, "number", ""), address=request.META.get("REMOTE_ADDR", "")
    )


def address_of(request: HttpRequest) -> str:
    """Of the network, for limits."""
    return str(request.META.get("REMOTE_ADDR", ""))


# The draft: its key in a cookie of this device.


def own_draft(request: HttpRequest) -> Draft | None:
    """The draft of this device, a submitted one too; ``None`` for a form that belongs to another."""
    key = request.COOKIES.get(_name("draft"), "")
    return draft_of(key) if key and not is_of_another(request) else None


def is_of_another(request: HttpRequest) -> bool:
    """Whether the form was opened for another draft: a second one has meanwhile been begun in another window.

    Nothing of the one may then be kept in the other, submitted or thrown away with it.
    """
    meant = request.POST.get(TAG, "") if request.method == "POST" else ""
    return bool(meant) and bool(own_key(request)) and meant != _tag(request)


def _tag(request: HttpRequest) -> str:
    """Tells one draft from another and opens none."""
    key = keys.tidied(own_key(request))
    return keys.hash_of(key)[:12] if key else ""


def own_key(request: HttpRequest) -> str:
    """For showing it to its owner."""
    return str(request.COOKIES.get(_name("draft"), ""))


def remember_draft(response: HttpResponse, key: str) -> HttpResponse:
    """On this device, for as long as the draft is kept."""
    _set(response, "draft", key, KEPT_DAYS * _DAY)
    return response


def forget(response: HttpResponse, what: str) -> HttpResponse:
    """``what``: draft or case."""
    response.delete_cookie(_name(what), path="/", samesite="Lax")
    return response


# The case that was opened with its code: half an hour, signed, so that no address holds anything.


def remember_case(response: HttpResponse, case: Application) -> HttpResponse:
    """For half an hour from now."""
    _set(response, "case", signing.dumps(case.pk, salt=_SALT), _CASE_SECONDS)
    return response


def opened_case(request: HttpRequest) -> Application | None:
    """The case that this device has opened."""
    try:
        pk = signing.loads(request.COOKIES.get(_name("case"), ""), salt=_SALT, max_age=_CASE_SECONDS)
    except signing.BadSignature:
        return None
    found = Application.objects.select_related("body__parent__parent", "decision").filter(pk=pk)
    case: Application | None = found.first()
    return case


def _set(response: HttpResponse, what: str, value: str, seconds: int) -> None:
    response.set_cookie(
        _name(what),
        value,
        max_age=seconds,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name(what: str) -> str:
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}gongkai_{what}"


def _seconds(too_often: TooOften) -> int:
    return max(1, math.ceil((too_often.again - timezone.now()).total_seconds()))


def wait_words(too_often: TooOften) -> str:
    """Why, and from when on it may be tried again: in seconds, or at a full minute that has then surely come."""
    seconds = _seconds(too_often)
    at = datetime_cn(timezone.localtime(too_often.again + datetime.timedelta(seconds=59)))
    return f"{_WHY[too_often.what]}请在{f'{seconds}秒' if seconds < 60 else at}以后再试。"


def put_off(response: HttpResponse, too_often: TooOften) -> HttpResponse:
    """``response`` as the answer to somebody who has to wait."""
    response.status_code = 429
    response["Retry-After"] = str(_seconds(too_often))
    return response


def _too_often(request: HttpRequest, too_often: TooOften) -> HttpResponse:
    draft = own_draft(request)
    body: Body | None = draft.body if draft is not None else None
    context = {
        "title": "请稍后再试",
        "why": wait_words(too_often),
        "kept": draft is not None and not draft.application_id,
        "body": body,
        "guide": guide_of(body) if body else (),
    }
    return put_off(show(request, "too_often.html", context), too_often)

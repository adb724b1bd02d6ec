"""Somebody comes from 统一身份认证: whose account is it, and what is said when it is nobody's or did not work."""

from __future__ import annotations

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.door import stranger
from gongkai.office.bodies.sign_in.services import outside

_log = logging.getLogger("gongkai.sign_in")


class OutsideAdapter(DefaultSocialAccountAdapter):
    """See ``DefaultSocialAccountAdapter``."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """An outside account never makes a person."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Before the person is let in. Raises ``ImmediateHttpResponse`` with the page that says why not."""
        if sociallogin.is_existing:
            if against := outside.why_not_come_in(sociallogin.user):
                raise ImmediateHttpResponse(refusal(request, against))
            return
        account, actor = sociallogin.account, stranger(request)
        said = {key: account.extra_data.get(key, "") for key in ("name", "account", "claim")}
        if not self._linked_by_claim(actor, account, said):
            outside.remember_outside_account(actor, account.provider, account.uid, said)
            raise ImmediateHttpResponse(unknown(request, said["name"]))
        sociallogin.lookup()

    def _linked_by_claim(self, actor: Actor, account: Any, said: dict[str, str]) -> bool:
        person = Person.objects.filter(account__iexact=said["claim"]).first() if said["claim"] else None
        if person is None:
            return False
        ground = f"统一身份认证给出的 {settings.OIDC_CLAIM} 与登录名相同"
        try:
            outside.link_outside_account(
                actor, person, provider=account.provider, subject=account.uid, name=said["name"], ground=ground
            )
        except Refused as error:
            _log.warning("an outside account is not linked by its claim: %s", error)
            return False
        return True

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Raises ``ImmediateHttpResponse`` with the page that says what happened."""
        raise ImmediateHttpResponse(trouble(request, error=error, exception=exception))


def trouble(request: HttpRequest, *, error: Any = None, exception: Exception | None = None) -> HttpResponse:
    """A page for a sign-in that did not come to its end. Details go to the office's own log alone."""
    name = settings.OIDC_NAME
    if exception is not None:
        _log.warning("sign-in by OpenID Connect: %s: %s", type(exception).__name__, exception)
    # What is no JSON is a ``ValueError`` as well: the provider answered, and with nonsense.
    if isinstance(exception, RequestException) and not isinstance(exception, ValueError):
        status, text = 503, f"{name}暂时不能访问。请稍后再试，或者用本系统的登录名和密码登录。"
    elif exception is not None:
        status, text = 403, f"{name}返回的内容没有通过核验，不能登录。请再试一次；仍然不行的，请联系系统管理员。"
    elif error == AuthError.CANCELLED:
        status, text = 200, f"您在{name}取消了登录。"
    elif "error" in request.GET:
        status, text = 403, f"{name}没有完成登录。请再试一次；仍然不行的，请联系系统管理员。"
    else:
        status, text = 400, "这次登录已经过期，或者已经用过。请回到登录页重新开始。"
    return render(request, "sign_in/outside_trouble.html", {"title": "没有登录", "text": text}, status=status)


def unknown(request: HttpRequest, name: str) -> HttpResponse:
    """The outside account is real and belongs to nobody here."""
    context = {"title": "尚未关联", "name": name, "provider": settings.OIDC_NAME}
    return render(request, "sign_in/outside_unknown.html", context, status=403)


def refusal(request: HttpRequest, why: str) -> HttpResponse:
    """The outside account is linked, and the person may not come in by it."""
    return render(request, "sign_in/outside_trouble.html", {"title": "不能这样登录", "text": why}, status=403)

"""Signing in by 统一身份认证: there, and back."""

from __future__ import annotations

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from gongkai.office.bodies.gate import open_to_all
from gongkai.office.bodies.sign_in.adapters.outside import trouble
from gongkai.office.bodies.sign_in.oidc.adapter import CountyAdapter
from gongkai.office.bodies.sign_in.oidc.provider import PROVIDER

# What the other side may send in place of what was agreed: no reason for an error page of ours.
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError)


@open_to_all
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """To 统一身份认证."""
    provider = get_adapter().get_provider(request, _configured())
    try:
        return provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            scope=provider.get_scope(),
            auth_params=provider.get_auth_params(),
        )
    except (RequestException, OAuth2Error, *_MALFORMED) as error:
        return trouble(request, exception=error)


@open_to_all
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From there, with a code."""
    adapter = CountyAdapter(request, _configured())
    try:
        issuer = request.GET.get("iss")
        if issuer and issuer.rstrip("/") != adapter.get_provider().app.settings["server_url"].rstrip("/"):
            raise OAuth2Error(f"an answer of {issuer!r}")  # RFC 9207: another provider's answer mixed in
        return OAuth2CallbackView.adapter_view(adapter)(request)
    except (RequestException, OAuth2Error, *_MALFORMED) as error:
        return trouble(request, exception=error)


@open_to_all
@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """The person did not want to after all."""
    return trouble(request, error=AuthError.CANCELLED)


def _configured() -> str:
    if not settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        raise Http404("本系统没有接入统一身份认证。")
    return PROVIDER

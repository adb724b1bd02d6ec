"""One sign-in by 统一身份认证: from the provider's own description to whose account it was."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse

from gongkai.office.bodies.sign_in.oidc.tokens import UntrustedError, claims_of, nonce_of
from gongkai.office.bodies.sign_in.state import OUTSIDE

_NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class CountyAdapter(OpenIDConnectOAuth2Adapter):
    """The library skips the signature of a token fetched by itself and asks for no nonce; here all is asked for."""

    _nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description. Raises ``OAuth2Error`` when it speaks for another issuer (Discovery 1.0, 4.3)."""
        config: dict[str, Any] = super().openid_config
        expected = self.get_provider().app.settings["server_url"].rstrip("/")
        if str(config.get("issuer", "")).rstrip("/") != expected:
            raise OAuth2Error(f"issuer {config.get('issuer')!r} instead of {expected!r}")
        if missing := [name for name in _NEEDED if not config.get(name)]:
            raise OAuth2Error(f"the provider's description lacks {missing}")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """The address to which people come back; it is registered with the provider."""
        return request.build_absolute_uri(reverse("sign_in:outside_back"))

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        """The tokens for the code."""
        if not pkce_code_verifier:
            raise OAuth2Error("a sign-in without PKCE")
        self._nonce = nonce_of(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Whose outside account it is. Raises ``OAuth2Error``."""
        signed = kwargs["response"].get("id_token")
        if not signed:
            raise OAuth2Error("no identity token")
        try:
            claims = claims_of(
                signed, keys=self._keys(), issuer=self.openid_config["issuer"], client=app.client_id, nonce=self._nonce
            )
        except UntrustedError as error:
            raise OAuth2Error(str(error)) from error
        told = self._fetch_user_info(token.token)
        if told.get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo speaks of somebody else")  # Core 5.3.2
        request.session[OUTSIDE] = {"token": signed, "end": self.openid_config.get("end_session_endpoint", "")}
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims, "userinfo": told})

    def _keys(self) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
            return dict(response.json())

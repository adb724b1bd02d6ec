"""The county's 统一身份认证 as the library sees it."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings

from gongkai.office.bodies.sign_in.oidc.adapter import CountyAdapter
from gongkai.office.bodies.sign_in.oidc.tokens import nonce_of

PROVIDER = "county"


class CountyProvider(OpenIDConnectProvider):
    """One provider, always with PKCE and a nonce."""

    oauth2_adapter_class = CountyAdapter
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        """No mail address: nobody is recognised by one."""
        return ["openid", "profile"]

    def get_pkce_params(self) -> dict[str, str]:
        """Besides PKCE's own, the nonce, which hangs on the same secret."""
        params = dict(super().get_pkce_params())
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def get_oauth2_adapter(self, request: Any) -> CountyAdapter:
        """For one sign-in."""
        return self.oauth2_adapter_class(request, self.app.provider_id)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Of all that is said, what the office needs: to show who came, and to find whose account it is."""
        said = {**data["id_token"], **data["userinfo"]}
        return {
            "name": str(said.get("name") or ""),
            "account": str(said.get("preferred_username") or ""),
            "claim": str(said.get(settings.OIDC_CLAIM) or "") if settings.OIDC_CLAIM else "",
        }

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The subject, which never changes hands."""
        return str(data["id_token"]["sub"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: no person is made from it."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: a mail address proves nobody."""
        return []


provider_classes = [CountyProvider]

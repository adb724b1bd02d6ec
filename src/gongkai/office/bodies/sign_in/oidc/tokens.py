"""The identity token, judged by OpenID Connect Core 3.1.3.7."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import jwt

# What a public key can verify; with the others (none, HS256) whoever knows the public key could sign.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_LEEWAY = 60  # seconds by which the two clocks may differ


class UntrustedError(Exception):
    """The token does not prove who came; the text says why, for the office's own log."""


def nonce_of(code_verifier: str) -> str:
    """The nonce of a sign-in: from the secret of the same sign-in that never leaves the office's session."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"nonce:" + code_verifier.encode()).digest()).rstrip(b"=").decode()


def claims_of(token: str, *, keys: dict[str, Any], issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """What the token says, once signature, issuer, audience, time and nonce are right. Raises ``UntrustedError``."""
    try:
        header = jwt.get_unverified_header(token)
        key = _key(keys, header.get("kid"), header.get("alg"))
        claims = jwt.decode(
            token,
            key,
            algorithms=[header["alg"]],
            audience=client,
            issuer=issuer,
            leeway=_LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise UntrustedError(f"identity token: {error}") from error
    if not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
        raise UntrustedError("identity token: nonce of another sign-in")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client:
        raise UntrustedError("identity token: made for another client")
    return dict(claims)


def _key(keys: dict[str, Any], kid: str | None, algorithm: str | None) -> jwt.PyJWK:
    if algorithm not in _ALGORITHMS:
        raise UntrustedError(f"identity token: signed with {algorithm}")
    usable = [
        one
        for one in jwt.PyJWKSet.from_dict(keys).keys
        if one.public_key_use in (None, "sig") and (kid is None or one.key_id == kid)
    ]
    if len(usable) != 1:
        raise UntrustedError(f"identity token: {len(usable)} keys for {kid!r}")
    return usable[0]

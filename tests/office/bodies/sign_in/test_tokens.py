"""Identity tokens that prove nothing (OpenID Connect Core 3.1.3.7)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gongkai.office.bodies.sign_in.oidc.tokens import UntrustedError, claims_of, nonce_of

ISSUER, CLIENT, VERIFIER = "https://sso.qinghe.gov.cn", "gongkai", "v" * 64
RSA = rsa.generate_private_key(65537, 2048)
CURVE = ec.generate_private_key(ec.SECP256R1())


def _public(key: Any, algorithm: str, kid: str) -> dict[str, Any]:
    made = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return {**made, "kid": kid, "alg": algorithm, "use": "sig"}


KEYS = {"keys": [_public(RSA, "RS256", "one"), _public(CURVE, "ES256", "two")]}


def said(**other: Any) -> dict[str, Any]:
    """What a good token says, but for ``other``; ``None`` leaves it out."""
    now = int(time.time())
    good = {"iss": ISSUER, "sub": "zm001", "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce_of(VERIFIER)}
    return {name: value for name, value in {**good, **other}.items() if value is not None}


def token(key: Any = RSA, algorithm: str = "RS256", kid: str | None = "one", **other: Any) -> str:
    """Signed."""
    return jwt.encode(said(**other), key, algorithm, headers={"kid": kid} if kid else None)


def judge(signed: str, keys: dict[str, Any] = KEYS) -> dict[str, Any]:
    """As in a sign-in with ``VERIFIER``."""
    return claims_of(signed, keys=keys, issuer=ISSUER, client=CLIENT, nonce=nonce_of(VERIFIER))


# Made when they are judged: a token does not wait for the rest of the suite.
GOOD = {
    "signed with RSA": token,
    "signed with a curve": lambda: token(CURVE, "ES256", "two"),
    "a list of one client": lambda: token(aud=[CLIENT]),
    "several clients, made for us": lambda: token(aud=[CLIENT, "other"], azp=CLIENT),
    "out of date by less than clocks may differ": lambda: token(exp=int(time.time()) - 30),
}


@pytest.mark.parametrize("make", GOOD.values(), ids=GOOD)
def test_a_good_token_names_the_person(make):
    assert judge(make())["sub"] == "zm001"


def test_without_a_key_number_the_only_key_is_meant():
    assert judge(token(kid=None), {"keys": KEYS["keys"][:1]})["sub"] == "zm001"


def by_public_key() -> str:
    """HS256, "signed" with what everybody can read: the provider's public key."""
    parts = [json.dumps({"alg": "HS256", "kid": "one"}), json.dumps(said())]
    body = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    secret = json.dumps(KEYS["keys"][0]).encode()
    signature = base64.urlsafe_b64encode(hmac.new(secret, body, hashlib.sha256).digest()).rstrip(b"=")
    return (body + b"." + signature).decode()


BAD = {
    "another key": lambda: token(rsa.generate_private_key(65537, 2048)),
    "a key that is not listed": lambda: token(kid="three"),
    "no key number where there are two keys": lambda: token(kid=None),
    "the number of a key of another kind": lambda: token(kid="two"),
    "unsigned": lambda: jwt.encode(said(), None, "none", headers={"kid": "one"}),
    "signed with the public key": by_public_key,
    "another issuer": lambda: token(iss="https://evil.example"),
    "another client": lambda: token(aud="other"),
    "several clients without saying for whom": lambda: token(aud=[CLIENT, "other"]),
    "for another of several clients": lambda: token(aud=[CLIENT, "other"], azp="other"),
    "out of date": lambda: token(exp=int(time.time()) - 120),
    "from the future": lambda: token(iat=int(time.time()) + 3600),
    "without an end": lambda: token(exp=None),
    "without a person": lambda: token(sub=None),
    "without a nonce": lambda: token(nonce=None),
    "the nonce of another sign-in": lambda: token(nonce=nonce_of("w" * 64)),
    "no token": lambda: "x.y.z",
    "nothing": lambda: "",
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_a_bad_token_proves_nothing(make):
    with pytest.raises(UntrustedError):
        judge(make())


@pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": [{"kty": "x"}]}, {"keys": "nonsense"}])
def test_keys_that_are_none_verify_nothing(keys):
    with pytest.raises(UntrustedError):
        judge(token(), keys)


def test_the_nonce_gives_the_secret_of_the_sign_in_not_away():
    assert VERIFIER not in nonce_of(VERIFIER)
    assert nonce_of(VERIFIER) != base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()[:43]

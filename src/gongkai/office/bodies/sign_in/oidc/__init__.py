"""统一身份认证 by OpenID Connect: what the library leaves open is closed (nonce, signature, issuer, same subject)."""

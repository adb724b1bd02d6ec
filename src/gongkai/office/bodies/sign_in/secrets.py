"""The secrets of second factors, sealed with the office's keys for personal data."""

from __future__ import annotations

import base64

from gongkai.office.acts.personal.keys import keyring

_FIELD = "mfa.Authenticator.data"


def encrypt(text: str) -> str:
    """With the current key."""
    return base64.b64encode(keyring().seal(text, _FIELD, "factor", "")).decode()


def decrypt(sealed: str) -> str:
    """Raises ``SealError`` when its key is no longer there, or it was changed."""
    return keyring().open(base64.b64decode(sealed), _FIELD)

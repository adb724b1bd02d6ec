"""The secrets of second factors, sealed with the office's keys for personal data."""

from __future__ import annotations

import base64
from typing import Any

from django.db import transaction

from gongkai.office.acts.personal.keys import SealError, keyring
from gongkai.office.acts.personal.rotation import ELSEWHERE, Progress, Rotated

_FIELD = "mfa.Authenticator.data"
_SEALED = ("secret", "seed")  # of the one-time code, of the recovery codes: what the library asks to encrypt


def encrypt(text: str) -> str:
    """With the current key."""
    return base64.b64encode(keyring().seal(text, _FIELD, "factor", "")).decode()


def decrypt(sealed: str) -> str:
    """Raises ``SealError`` when its key is no longer there, or it was changed."""
    return keyring().open(base64.b64decode(sealed), _FIELD)


def reseal(progress: Progress) -> Rotated:
    """Seal anew what is not under the current key: without its old key a factor would open for nobody."""
    from allauth.mfa.models import Authenticator

    result = Rotated("登录·第二重验证的密钥")
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=500):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update(no_key=True).filter(pk=pk).first()
            if row is not None and _resealed(row, result):
                row.save(update_fields=["data"])
                progress(result)
    return result


def _resealed(row: Any, result: Rotated) -> bool:
    """Whether anything of ``row.data`` is sealed anew."""
    done = 0
    for key in _SEALED:
        sealed = row.data.get(key)
        if sealed is None or keyring().is_current(base64.b64decode(sealed)):
            continue
        try:
            row.data[key] = encrypt(decrypt(sealed))
        except SealError:
            result.broken.append(row.pk)
            continue
        done += 1
    result.done += done
    return bool(done)


ELSEWHERE.append(reseal)

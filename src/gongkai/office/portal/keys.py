"""The key of a draft: unguessable, fit to be copied by hand; the database keeps its hash alone."""

from __future__ import annotations

import hashlib
import re
import secrets

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that are mistaken for one another
LENGTH = 20  # signs of 5 bits: 100 bits
_GROUP = 5
# What people write for signs that the key does not have.
_MISREAD = str.maketrans({"0": "O", "1": "L", "I": "L"})


def new_key() -> str:
    """Without the dashes that ``shown`` puts in."""
    return "".join(secrets.choice(_SIGNS) for _ in range(LENGTH))


def shown(key: str) -> str:
    """In groups of five: ABCDE-FGHJK-MNPQR-STUVW."""
    return "-".join(key[at : at + _GROUP] for at in range(0, len(key), _GROUP))


def tidied(text: str) -> str:
    """What was typed, as a key is kept: capitals, full-width signs narrowed, no blanks or dashes."""
    narrow = text.translate({0xFF01 + n: chr(0x21 + n) for n in range(94)})
    return re.sub(r"[^0-9A-Z]", "", narrow.upper()).translate(_MISREAD)


def hash_of(key: str) -> str:
    """A secret of 100 bits needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()

"""The mark of a state secret, grade and star: 「机密★5年」 (GB/T 9704—2012 7.2.2); talk of secrecy has no star."""

from __future__ import annotations

import re

_MARK = re.compile(r"(?:绝\s*密|机\s*密|秘\s*密)\s*★\s*(?:\d+\s*年|长\s*期)?")


def mark_in(text: str) -> str:
    """The first mark in ``text`` without blanks, or ""."""
    found = _MARK.search(text)
    return re.sub(r"\s+", "", found[0]) if found else ""

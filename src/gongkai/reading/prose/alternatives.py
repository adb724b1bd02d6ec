"""One pattern for many words."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of ``words``, the first that fits before those behind it. Each begins with a character that
    stands for itself: the regex engine skips to these characters, and tries only the words that begin with the one it
    found; one after the other, two hundred words take more than twice the time."""
    endings: dict[str, list[str]] = {}
    for word in words:
        endings.setdefault(word[0], []).append(word[1:])
    return re.compile("|".join(f"{first}(?:{'|'.join(behind)})" for first, behind in endings.items()))

"""What a page says of itself in its head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from gongkai.reading.html.marks import BREAK

_MAX_META = 200


def metadata(title: str, stated: Iterable[Mapping[str, str | None]]) -> dict[str, str]:
    """``title`` and, by name, what each ``<meta>`` (its attributes) states; the first of a name counts."""
    found: dict[str, str] = {}
    if words := _words(title):
        found["title"] = words
    for attributes in islice(stated, _MAX_META):
        name = attributes.get("name") or attributes.get("property")
        content = _words(attributes.get("content") or "")
        if name and content:
            found.setdefault(_words(name).lower(), content)
    return found


def _words(text: str) -> str:
    return " ".join(text[:2000].replace(BREAK, " ").split())

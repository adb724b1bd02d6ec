"""rowspan and colspan as browsers read them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.reading.html.marks import SPAN
from gongkai.reading.limits import MAX_SPAN

_DIGITS = re.compile(r"\s*\+?(\d{1,6})")


def span_mark(attributes: Mapping[str, str | None]) -> str:
    """The mark at the beginning of a cell that has either attribute; nothing for one that has neither."""
    if "rowspan" not in attributes and "colspan" not in attributes:
        return ""
    return f"{SPAN}{_count(attributes.get('rowspan'))},{_count(attributes.get('colspan'))}{SPAN}"


def _count(attribute: str | None) -> int:
    """Leading digits, 1 when there are none."""
    match = _DIGITS.match(attribute or "")
    return min(int(match[1]), MAX_SPAN) if match else 1

"""``body__name`` of a row: attributes and keys along a path, as Django's own lookups write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def follow(row: Any, path: str) -> Any:
    """The value at ``path``, None where the path ends early. Raises ``AttributeError`` for a name that is not there."""
    value = row
    for name in path.split("__"):
        if value is None:
            return None
        value = value[name] if isinstance(value, Mapping) else getattr(value, name)
    return value

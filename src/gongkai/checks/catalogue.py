"""The catalogue: every check, in the order of ``checks.md``. It feeds the run, ``gongkai explain`` and ``docs/checks.md``."""

from __future__ import annotations

from functools import cache

from gongkai.checks.registry import Check, registered


@cache
def catalogue() -> dict[str, Check]:
    """Name → check, in order. Importing the modules registers their checks."""
    from gongkai.checks import applications  # noqa: F401

    return dict(registered())

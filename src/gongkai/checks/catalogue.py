"""The catalogue: every check in its order. It feeds the run, ``gongkai explain`` and ``docs/checks.md``."""

from __future__ import annotations

from functools import cache

from gongkai.checks.registry import Check, registered

# Arithmetic of tables 3, 4 and 2; the chapters; words against tables; the tables' heads; sums over bodies.
FAMILIES = "ARPCXHS"


def _position(check: Check) -> tuple[int, int]:
    return FAMILIES.index(check.id[0]), int(check.id[1:])


@cache
def catalogue() -> dict[str, Check]:
    """Name → check, in order. Importing the modules registers their checks."""
    from gongkai.checks import (  # noqa: F401
        applications,
        basis,
        chapters,
        damage,
        dates,
        figures,
        headers,
        names,
        proactive,
        prose,
        prose_sums,
        remedies,
        rollup,
        statements,
    )

    return {check.name: check for check in sorted(registered().values(), key=_position)}

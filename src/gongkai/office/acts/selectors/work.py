"""What became of work in the background."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.office.acts.models import Work


def latest_of(things: Iterable[Any]) -> dict[tuple[str, str], Work]:
    """By task and key of the thing, the work asked for last; ``things`` are records of one model. One query."""
    some = list(things)
    if not some:
        return {}
    keys = [str(thing.pk) for thing in some]
    found = Work.objects.filter(thing_type=some[0]._meta.label_lower, thing_id__in=keys).order_by("pk")
    return {(one.task, one.thing_id): one for one in found}


def works_of(thing: Any) -> dict[str, Work]:
    """By task, the work on ``thing`` asked for last."""
    return {task: one for (task, _), one in latest_of([thing]).items()}

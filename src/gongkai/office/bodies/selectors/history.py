"""What happened to a thing: its acts, and the field history that the database keeps by itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date

from gongkai.office.acts.models import Act
from gongkai.office.look.components import TimelineEntry
from gongkai.office.look.words import date_cn, in_words

MOST = 100  # entries on a page; the whole log is the auditor's
_LABELS = {
    "role": "角色",
    "body": "机关",
    "valid_from": "自",
    "valid_to": "至",
    "on": "日期",
    "until": "停用日期",
    "former_name": "曾用名",
    "alias": "别名",
    "into": "承继机关",
    "people": "转入人员",
    "children": "转入下级机关",
    "roles_ended": "终止角色",
    "field": "项目",
}


@dataclass(frozen=True)
class FieldChange:
    """One field of one change, as the database saw it."""

    at: datetime.datetime
    label: str
    before: str
    after: str


def acts_on(things: Iterable[models.Model], most: int = MOST) -> list[Act]:
    """The newest acts on any of the things; one query."""
    wanted = models.Q(pk=None)
    for thing in things:
        wanted |= models.Q(thing_type=thing._meta.label_lower, thing_id=str(thing.pk))
    return list(Act.objects.filter(wanted)[:most])


def timeline(acts: Iterable[Act]) -> list[TimelineEntry]:
    """Acts as the page shows them."""
    return [
        TimelineEntry(
            when=act.at,
            what=act.label,
            who=act.actor_name,
            role="，".join(filter(None, (act.role, act.standing_in_for and f"代{act.standing_in_for}"))),
            detail=describe(act.detail),
            why=act.ground,
        )
        for act in acts
    ]


def describe(detail: Mapping[str, Any]) -> str:
    """What an act's detail says, in a line: 「简称：财政局 → 县财政局」."""
    parts = [f"{one['label']}：{_said(one['from'])} → {_said(one['to'])}" for one in detail.get("changes", ())]
    parts += [f"{label}：{_said(value)}" for label, value in detail.get("values", {}).items()]
    parts += [
        f"{label}：{_said(detail[key])}" for key, label in _LABELS.items() if detail.get(key) not in (None, [], 0)
    ]
    return "；".join(parts)


def changes_since(thing: models.Model, version: int) -> list[Act]:
    """The acts that changed ``thing`` after the version that an editor saw, the oldest first."""
    return list(
        Act.objects.filter(
            thing_type=thing._meta.label_lower, thing_id=str(thing.pk), detail__version__gt=version
        ).order_by("pk")
    )


def field_history(thing: models.Model, most: int = MOST) -> list[FieldChange]:
    """Field by field, the newest first: also what was changed past the office, which no act tells. One query.

    Foreign keys are shown by their number: what they led to may have another name by now.
    """
    events = list(thing.events.order_by("-pgh_id")[: most + 1])  # type: ignore[attr-defined]
    found = []
    fields = (
        [f for f in thing._meta.concrete_fields if hasattr(events[0], f.attname) and f.name != "version"]
        if events
        else []
    )
    for newer, older in pairwise(events):
        found += [
            FieldChange(newer.pgh_created_at, str(f.verbose_name), _of(older, f), _of(newer, f))
            for f in fields
            if getattr(newer, f.attname) != getattr(older, f.attname)
        ]
    return found


def _of(event: Any, field: Any) -> str:
    value = getattr(event, field.attname)
    return str(dict(field.flatchoices).get(value, "")) if field.choices else in_words(value)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, str) and len(value) == 10 and (day := _day(value)):
        return date_cn(day)
    return in_words(value)


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None

"""The history of a thing for its page: what the log says of it, and changes in the database that came past the log."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, zip_longest
from typing import Any

from django.db import models

from gongkai.office.acts.history import act_of
from gongkai.office.acts.models import Act
from gongkai.office.acts.wording import FOR_THE_AUDITOR, change_in_words, detail_in_words
from gongkai.office.look.components import TimelineEntry

NEWEST = 200  # of a thing that was touched more often the page shows these; the auditor has the rest


def history_of(thing: models.Model, *, newest: int = NEWEST) -> list[TimelineEntry]:
    """What happened to ``thing``, the newest first. The page must already have been allowed to show it.

    Queries: the acts, the noted changes (for models that pghistory tracks), one for each foreign key that changed.
    """
    events = _events(thing, newest + 1)
    noted = {number for event in events if (number := act_of(event.pgh_context_id)) is not None}
    of_thing = models.Q(thing_type=thing._meta.label_lower, thing_id=str(thing.pk))
    acts = list(Act.objects.filter(of_thing | models.Q(pk__in=noted))[:newest])
    changes = _changes(events)
    entries = [entry_of(act, changes.pop(act.pk, ())) for act in acts]
    # Beyond the oldest act shown, changes may belong to acts that are not.
    oldest = acts[-1].pk if len(acts) == newest else 0
    for number, lines in changes.items():
        if isinstance(number, _Stray):
            entries.append(_stray(number.event, lines))
        elif number >= oldest:
            entries.append(_stray(next(e for e in events if act_of(e.pgh_context_id) == number), lines))
    return sorted(entries, key=lambda entry: entry.when, reverse=True)[:newest]


def entry_of(act: Act, changes: Iterable[tuple[str, str]] = (), *, href: str = "") -> TimelineEntry:
    """An act as an entry, without what only the auditor asks for. ``changes``: those noted by the database; shown is
    what the act does not tell itself."""
    lines = detail_in_words({name: value for name, value in act.detail.items() if name not in FOR_THE_AUDITOR})
    if "changes" not in act.detail and "values" not in act.detail:
        told = list(lines)
        lines += [
            (label, words) for label, words in changes if not any(label == to and text in words for to, text in told)
        ]
    return TimelineEntry(
        when=act.at,
        what=act.label,
        who=act.actor_name,
        role=role_of(act),
        detail="；".join(f"{label}：{text}" for label, text in lines),
        why=act.ground,
        href=href,
    )


def role_of(act: Act) -> str:
    """「城关镇人民政府 承办人，代王五」."""
    whose = f"，代{act.standing_in_for}" if act.standing_in_for else ""
    return f"{act.body_name} {act.role}".strip() + whose


def _events(thing: models.Model, newest: int) -> list[Any]:
    """What pghistory's triggers noted of ``thing``, the newest first."""
    from pghistory.core import event_models  # asks the apps, which must be ready

    for model in event_models(tracks_model=type(thing)):
        return list(model._base_manager.filter(pgh_obj_id=thing.pk).order_by("-pgh_id")[:newest])
    return []


class _Stray:
    """The place of a change that belongs to no act."""

    def __init__(self, event: Any) -> None:
        self.event = event


def _changes(events: list[Any]) -> dict[Any, list[tuple[str, str]]]:
    """Label and words of what changed, by the number of the act, or by a ``_Stray`` of its own."""
    names = _names(events)
    found: dict[Any, list[tuple[str, str]]] = {}
    for event, before in zip_longest(events, events[1:]):
        if event.pgh_label == "insert" or before is None:
            lines: list[tuple[str, str]] = []
        else:
            lines = [
                (str(field.verbose_name), change_in_words(_shown(field, before, names), _shown(field, event, names)))
                for field in _fields(event)
                if getattr(event, field.attname) != getattr(before, field.attname)
            ]
        number = act_of(event.pgh_context_id)
        if number is None and (before is not None or event.pgh_label == "insert"):
            found[_Stray(event)] = lines
        elif number is not None:
            found.setdefault(number, []).extend(lines)
    return found


def _stray(event: Any, lines: list[tuple[str, str]]) -> TimelineEntry:
    what = {"insert": "数据库中新增", "delete": "数据库中删除"}.get(event.pgh_label, "数据库中改动")
    return TimelineEntry(
        when=event.pgh_created_at,
        what=what,
        who="未经操作记录",
        detail="；".join(f"{label}：{text}" for label, text in lines),
        tone="caution",
    )


def _fields(event: Any) -> list[models.Field[Any, Any]]:
    return [f for f in event._meta.fields if not f.name.startswith("pgh_") and f.name not in ("id", "version")]


def _names(events: list[Any]) -> dict[type[models.Model], dict[Any, str]]:
    """What the records are called to which foreign keys point or pointed: one query for each model."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for event, before in pairwise(events):
        for field in _fields(event):
            ends = {getattr(event, field.attname), getattr(before, field.attname)}
            if field.is_relation and len(ends) == 2:
                wanted.setdefault(field.related_model, set()).update(ends - {None})  # type: ignore[arg-type]
    return {
        model: {one.pk: str(one) for one in model._base_manager.filter(pk__in=keys)} for model, keys in wanted.items()
    }


def _shown(field: models.Field[Any, Any], event: Any, names: dict[type[models.Model], dict[Any, str]]) -> object:
    value = getattr(event, field.attname)
    if value is None:
        return None
    if field.is_relation:
        known = names.get(field.related_model, {}) if field.related_model else {}
        return known.get(value, f"编号{value}")
    return dict(field.flatchoices).get(value, value) if field.choices else value

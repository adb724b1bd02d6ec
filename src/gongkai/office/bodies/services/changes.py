"""Changing a record once: what changed goes into the log, and who edits an outdated copy is told who was first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

# Personal data: that it changed is logged, what it was and is is not (``acts.verbs.Done``).
_PERSONAL = frozenset({"email", "mobile", "identity_number"})
_NOT_LOGGED = "（不记录内容）"


class StaleError(Exception):
    """Somebody else changed ``thing`` after the form was opened. ``thing`` is as it is now."""

    def __init__(self, thing: models.Model, version: int) -> None:
        super().__init__("您打开页面以后，别人已经修改过这项内容")
        self.thing = thing
        self.version = version


def change(thing: models.Model, values: Mapping[str, Any], version: int | None = None) -> dict[str, Any]:
    """Set fields of ``thing`` (locked by its verb), check them, count its version up, save.

    ``version``: the one that the editor saw; ``None`` when nobody looked (imports, verbs that do not edit).
    Returns the detail for the log: ``{"version": 3, "changes": [{"field", "label", "from", "to"}]}``; without a change
    nothing is written and ``changes`` is empty. Raises ``StaleError``, ``ValidationError``.
    """
    if version is not None and version != thing.version:  # type: ignore[attr-defined]
        raise StaleError(thing, version)
    changes = []
    for name, value in values.items():
        before = getattr(thing, name)
        if before == value:
            continue
        setattr(thing, name, value)
        field = thing._meta.get_field(name)
        changes.append(
            {
                "field": name,
                "label": str(field.verbose_name),
                "from": _for_log(field, before),
                "to": _for_log(field, value),
            }
        )
    if changes:
        changed = {one["field"] for one in changes}
        check(thing, changed)
        thing.version += 1  # type: ignore[attr-defined]
        thing.save(update_fields=[*changed, "version"])
    return {"version": thing.version, "changes": changes}  # type: ignore[attr-defined]


def check(thing: models.Model, fields: set[str] | None = None) -> None:
    """The formats of ``fields`` (all: ``None``) and what must be unique. Raises ``ValidationError`` by field."""
    # Foreign keys come as objects, and the database checks them; Django's check would ask for each again.
    keys = {field.name for field in thing._meta.fields if field.is_relation}
    others = set() if fields is None else {field.name for field in thing._meta.fields} - fields
    thing.clean_fields(exclude=keys | others | {"password"})


def in_words(values: Mapping[str, Any], model: type[models.Model]) -> dict[str, Any]:
    """The filled fields of a new record for the log: label → value."""
    return {
        str(model._meta.get_field(name).verbose_name): _for_log(model._meta.get_field(name), value)
        for name, value in values.items()
        if value not in (None, "")
    }


def refuse(**fields: str) -> None:
    """Raise ``ValidationError`` with a sentence for each field."""
    raise ValidationError({name: [sentence] for name, sentence in fields.items()})


def _for_log(field: Any, value: Any) -> Any:
    if field.name in _PERSONAL:
        return _NOT_LOGGED if value else ""
    if isinstance(value, models.Model):
        return str(value)
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    return value

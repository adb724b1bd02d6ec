"""Fields of a form by group, as its ``fieldsets`` say; what they do not name follows at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BaseForm
from django.forms.boundfield import BoundField


@dataclass(frozen=True)
class Fieldset:
    """A group of fields with a heading; ``columns=2`` where there is room for two beside each other."""

    legend: str
    fields: Sequence[str]
    help: str = ""
    columns: int = 1


@dataclass(frozen=True)
class Group:
    """A fieldset with the fields that the form really has."""

    legend: str
    help: str
    columns: int
    fields: list[BoundField]


def groups_of(form: BaseForm) -> list[Group]:
    """Raises ``KeyError`` when a fieldset names a field twice or one that the form never declared."""
    visible = {field.name: field for field in form.visible_fields()}
    groups = []
    for fieldset in getattr(form, "fieldsets", ()):
        # A form may take fields away for a person who may not fill them in: those are no slips of the pen.
        declared = {*getattr(form, "base_fields", ()), *form.fields}
        unknown = [name for name in fieldset.fields if name not in declared]
        if unknown:
            raise KeyError(f"{type(form).__name__}: a fieldset names {unknown}")
        fields = [visible.pop(name) for name in fieldset.fields if name in visible]
        if fields:
            groups.append(Group(fieldset.legend, fieldset.help, fieldset.columns, fields))
    if visible:
        groups.append(Group("", "", 1, list(visible.values())))
    return groups

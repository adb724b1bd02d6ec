"""What a field is called for people, found by its name: an error page does not know which form was filled in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.forms import BaseForm


def label(name: str) -> str:
    """The label that a form or a model of the office gives to the field ``name``; the name itself when none does."""
    own = name.rsplit("-", 1)[-1]
    return _labels().get(own, name)


@cache
def _labels() -> dict[str, str]:
    found: dict[str, str] = {}
    for model in apps.get_models():
        if model.__module__.startswith("gongkai."):
            for field in model._meta.get_fields():
                found.setdefault(field.name, str(getattr(field, "verbose_name", field.name)))
    # Forms go before models: theirs are the words that stood beside the field.
    for form in _forms(BaseForm):
        for name, field in getattr(form, "base_fields", {}).items():
            if field.label:
                found[name] = str(field.label)
    return found


def _forms(form: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for below in form.__subclasses__():
        yield below
        yield from _forms(below)

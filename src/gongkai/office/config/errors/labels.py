"""What a field is called for people, found by its name: an error page does not know which form was filled in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.forms import BaseForm
from django.http import HttpRequest


def label(request: HttpRequest, name: str) -> str:
    """The label that a form or a model of the office gives to the field ``name``; the name itself when none does.

    Of several the one of the app whose page it is.
    """
    own = name.rsplit("-", 1)[-1]
    return _labels(_app(request)).get(own, name)


def _app(request: HttpRequest) -> str:
    """The package of the page that the form was sent to, such as ``gongkai.office.bodies``; empty without a page."""
    match = getattr(request, "resolver_match", None)
    return ".".join(match.func.__module__.split(".")[:3]) if match else ""


@cache
def _labels(app: str) -> dict[str, str]:
    found: dict[str, str] = {}
    # Later ones replace earlier ones: forms speak before models, and the page's own app before all others.
    for name, text, _ in sorted(_all(), key=lambda one: f"{one[2]}.".startswith(f"{app}.")):
        found[name] = text
    return found


def _all() -> Iterator[tuple[str, str, str]]:
    """Name, label and module of every field of models, then of forms."""
    for model in reversed(list(apps.get_models())):  # an app names its main things first: those have the last word
        if model.__module__.startswith("gongkai."):
            for field in model._meta.get_fields():
                if words := getattr(field, "verbose_name", ""):
                    yield field.name, str(words), model.__module__
    for form in _forms(BaseForm):
        for name, entry in getattr(form, "base_fields", {}).items():
            if entry.label:
                yield name, str(entry.label), form.__module__


def _forms(form: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for below in form.__subclasses__():
        yield below
        yield from _forms(below)

"""How the apps above hand things to the look without the look knowing them: a module of an agreed name in each app."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

_OFFICE = "gongkai.office."
_LOOK = "gongkai.office.look"


@cache
def offered(module: str, name: str) -> tuple[Any, ...]:
    """``name`` of ``<app>.<module>`` for each installed app of the office that has one, in the order of installation.

    Raises ``AttributeError`` when the module is there and the name is not: that is a slip of the pen.
    """
    found = []
    for app in apps.get_app_configs():
        if app.name.startswith(_OFFICE) and app.name != _LOOK and module_has_submodule(app.module, module):
            found.append(getattr(import_module(f"{app.name}.{module}"), name))
    return tuple(found)

"""Published items that may already answer what is asked, offered before an application is submitted.

Who publishes enters a function under ``PORTAL_ANSWERS`` in the settings, by its dotted name: it knows nothing of the
portal. Before something is published there is none, and then nothing is offered.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

_log = logging.getLogger(__name__)
MOST = 3


class Answer(Protocol):
    """A published item."""

    title: str
    href: str
    body_name: str
    published_on: date


class Provider(Protocol):
    """The best first; ``body`` may be ``None``."""

    def __call__(self, *, words: str, number: str, body: Any) -> Iterable[Answer]: ...


def published_answers(*, words: str, number: str, body: Any) -> list[Answer]:
    """At most three. A provider that fails is left out and logged: nothing may stand between a person and applying."""
    found: list[Answer] = []
    for name in getattr(settings, "PORTAL_ANSWERS", ()):
        try:
            found += list(import_string(name)(words=words, number=number, body=body))[:MOST]
        except Exception as error:
            _log.error("%s offered nothing: %s", name, type(error).__name__)
    return found[:MOST]

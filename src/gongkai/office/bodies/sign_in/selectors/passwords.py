"""How long a password lasts."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone

from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.models import KeptPassword


def set_at(person: Person) -> datetime.datetime:
    """When the password in force was set."""
    kept = KeptPassword.objects.filter(person=person).first()
    return kept.set_at if kept else person.created_at


def due_at(person: Person) -> datetime.datetime | None:
    """When it must be changed; ``None``: never."""
    return set_at(person) + datetime.timedelta(days=settings.PASSWORD_DAYS) if settings.PASSWORD_DAYS else None


def one_time_is_over(person: Person) -> bool:
    """Whether the password is a one-time password whose time has passed."""
    kept = KeptPassword.objects.filter(person=person).first()
    return bool(kept and kept.one_time_until and kept.one_time_until < timezone.now())

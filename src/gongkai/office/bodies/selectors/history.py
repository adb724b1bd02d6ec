"""What happened to a person with all their rights, and what happened to a thing while somebody was editing it."""

from __future__ import annotations

from django.db import models

from gongkai.office.acts.models import Act
from gongkai.office.acts.timeline import entry_of, history_of
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.selectors.rights import Right
from gongkai.office.look.components import TimelineEntry

MOST = 200  # entries on a page; the whole log is the auditor's


def history_of_person(person: Person, rights: list[Right]) -> list[TimelineEntry]:
    """Acts and database changes of the person, and the acts that gave and ended rights; the newest first."""
    entries = history_of(person, newest=MOST)
    entries += [entry_of(act) for right in rights for act in right.acts]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)[:MOST]


def changes_since(thing: models.Model, version: int) -> list[TimelineEntry]:
    """The acts that changed ``thing`` after the version that an editor saw, the oldest first."""
    acts = Act.objects.filter(
        thing_type=thing._meta.label_lower, thing_id=str(thing.pk), detail__version__gt=version
    ).order_by("pk")
    return [entry_of(act) for act in acts]

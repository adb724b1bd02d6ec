"""Which acts a person may look into in the log, and what stands around one of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from gongkai.office.acts.models import Act, Link
from gongkai.office.acts.selectors.pages import page_of
from gongkai.office.acts.selectors.search import Acts, acts
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.standing import standings

_SAME_QUESTION = datetime.timedelta(hours=1)


def acts_for(person: Person) -> Acts:
    """All for the auditor; for the security administrator those about people, their rights and their signing in."""
    roles = {standing.role for standing in standings(person)}
    if Role.AUDITOR in roles:
        return acts()
    if Role.SECURITY_ADMINISTRATOR in roles:
        return acts().filter(Q(verb__startswith="bodies.") & ~Q(thing_type="bodies.body"))
    return acts().none()


def asked_already(person: Person, detail: dict[str, object]) -> bool:
    """Whether the person asked the log the same within the hour: turning pages is not a new reading."""
    since = timezone.now() - _SAME_QUESTION
    return Act.objects.filter(actor_id=person.pk, verb="audit.read", at__gte=since, detail=detail).exists()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The acts on the same thing next to one, and its place in the chain."""

    before: Act | None
    after: Act | None
    link: Link | None


def neighbours(act: Act, visible: Acts) -> Neighbours:
    """Three queries."""
    same = visible.filter(thing_type=act.thing_type, thing_id=act.thing_id)
    earlier = Q(at__lt=act.at) | Q(at=act.at, pk__lt=act.pk)
    return Neighbours(
        before=same.filter(earlier).order_by("-at", "-pk").first(),
        after=same.exclude(earlier).exclude(pk=act.pk).order_by("at", "pk").first(),
        link=Link.objects.filter(act_id=act.pk).first(),
    )


def address_of_thing(act: Act, person: Person) -> str:
    """Where the thing of an act is shown, if it still exists, has a page, and the person may see it; else ``""``."""
    try:
        model = apps.get_model(act.thing_type)
    except (LookupError, ValueError):
        return ""
    address = page_of(act)
    if not address:
        return ""
    things = model._default_manager.filter(pk=int(act.thing_id))
    if hasattr(things, "visible_to"):
        things = things.visible_to(person)
    return address if things.exists() else ""


def kinds_of_things() -> list[tuple[str, str]]:
    """Every kind of thing of the office, as the log names it, with the word for it."""
    models = [m for m in apps.get_models() if m.__module__.startswith("gongkai.office.") and not m._meta.auto_created]
    named = {m._meta.label_lower: str(m._meta.verbose_name) for m in models if not m.__name__.endswith("Event")}
    return sorted(named.items(), key=lambda kind: kind[1])

"""What somebody did last."""

from __future__ import annotations

from gongkai.office.acts.models import Act
from gongkai.office.acts.selectors.pages import page_of
from gongkai.office.acts.timeline import entry_of
from gongkai.office.bodies.models import Person
from gongkai.office.look.components import TimelineEntry

# Everybody knows that they signed in.
_COMING_AND_GOING = ("bodies.sign_in", "bodies.sign_out", "bodies.time_out", "bodies.fail_sign_in")


def recent_acts(person: Person, count: int = 6) -> list[TimelineEntry]:
    """The person's last acts, the newest first, each leading to its thing. One query."""
    acts = Act.objects.filter(actor_id=person.pk).exclude(verb__in=_COMING_AND_GOING)[:count]
    return [
        TimelineEntry(
            when=entry.when,
            what=f"{entry.what}：{act.thing_name}",
            detail=entry.detail,
            why=entry.why,
            href=page_of(act),
        )
        for act in acts
        for entry in [entry_of(act)]
    ]

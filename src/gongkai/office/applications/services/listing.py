"""What is done with the list: taken out as a file, conditions kept, deadlines as a calendar."""

from __future__ import annotations

import hashlib
import secrets

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import Application, CalendarFeed, SavedFilter
from gongkai.office.applications.policy import policy


@verb("applications.export", "导出申请列表", policy=policy)
def export_list(actor: Actor, nothing: None, *, form: str, count: int) -> Done:
    """Before the file goes out. The conditions are not logged: somebody may have searched for a name."""
    return Done(Application, {"格式": form, "件数": count})


@verb("applications.keep_filter", "保存常用筛选", policy=policy)
def keep_filter(actor: Actor, nothing: None, *, name: str, query: str) -> Done:
    """Under a name that the person had already, the conditions are replaced."""
    SavedFilter.objects.update_or_create(person_id=actor.person.pk, name=name, defaults={"query": query})
    return Done(SavedFilter, {"名称": name})


@verb("applications.drop_filter", "删除常用筛选", policy=policy)
def drop_filter(actor: Actor, kept: SavedFilter) -> Done:
    """One's own."""
    name = kept.name
    SavedFilter.objects.filter(pk=kept.pk).delete()
    return Done(SavedFilter, {"名称": name})


def open_calendar(actor: Actor) -> str:
    """A new secret for the address of the person's calendar; an earlier address opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    _open_calendar(actor, None, secret)
    return secret


@verb("applications.keep_calendar", "启用期限日历", policy=policy)
def _open_calendar(actor: Actor, nothing: None, secret: str) -> Done:
    CalendarFeed.objects.update_or_create(person_id=actor.person.pk, defaults={"secret_hash": hash_of(secret)})
    return Done(CalendarFeed)


@verb("applications.close_calendar", "停用期限日历", policy=policy)
def close_calendar(actor: Actor, nothing: None) -> Done:
    """The address opens nothing any more."""
    CalendarFeed.objects.filter(person_id=actor.person.pk).delete()
    return Done(CalendarFeed)


def hash_of(secret: str) -> str:
    """As it is kept: a secret of 256 bits needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()

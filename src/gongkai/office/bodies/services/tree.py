"""A body comes below another superior."""

from __future__ import annotations

from django.db import connection

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.services.changes import change, refuse

_TREE = 7301602  # advisory lock


def hold_tree() -> None:
    """Nobody else changes which bodies there are, or gives rights in them, until this transaction ends.

    Two moves at once could close a ring that neither sees. And a merger goes from the body to its people, who is given
    a role comes from the person to the body: so both stand in line here, before they lock anything.
    """
    _lock("SELECT pg_advisory_xact_lock(%s)")


def keep_tree() -> None:
    """Which bodies there are stays as it is until this transaction ends; many may keep it so at once."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)")


@verb("bodies.move_body", "调整上级机关", policy=policy, first=hold_tree)
def move_body(actor: Actor, body: Body, parent: Body | None, *, version: int | None = None) -> Done:
    """``body``, with all below it, comes below ``parent`` (``None``: to the top)."""
    if parent is not None:
        if Body.objects.filter(pk=parent.pk).exclude(abolished_on=None).exists():
            refuse(parent=f"{parent}已撤销，不能作上级机关")
        if is_within(parent, body):
            refuse(parent=f"{parent}是{body}自身或其下级，不能作它的上级机关")
    return Done(body, change(body, {"parent": parent}, version))


def is_within(body: Body, top: Body) -> bool:
    """Is ``body`` the body ``top`` itself, or somewhere below it?"""
    parents = dict(Body.objects.values_list("pk", "parent"))
    above: int | None = body.pk
    while above is not None and above != top.pk:
        above = parents[above]
    return above is not None


def _lock(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_TREE])

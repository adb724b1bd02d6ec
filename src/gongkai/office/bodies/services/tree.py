"""A body comes below another superior."""

from __future__ import annotations

from django.db import connection

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.policy import policy
from gongkai.office.bodies.services.changes import change, refuse

_TREE = 7301602  # advisory lock: two moves at once could close a ring that neither sees


@verb("bodies.move_body", "调整上级机关", policy=policy)
def move_body(actor: Actor, body: Body, parent: Body | None, *, version: int | None = None) -> Done:
    """``body``, with all below it, comes below ``parent`` (``None``: to the top)."""
    hold_tree()
    if parent is not None:
        if Body.objects.filter(pk=parent.pk).exclude(abolished_on=None).exists():
            refuse(parent=f"{parent}已撤销，不能作上级机关")
        if is_within(parent, body):
            refuse(parent=f"{parent}是{body}自身或其下级，不能作它的上级机关")
    return Done(body, change(body, {"parent": parent}, version))


def hold_tree() -> None:
    """Nobody else moves bodies until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE])


def is_within(body: Body, top: Body) -> bool:
    """Is ``body`` the body ``top`` itself, or somewhere below it?"""
    parents = dict(Body.objects.values_list("pk", "parent"))
    above: int | None = body.pk
    while above is not None and above != top.pk:
        above = parents[above]
    return above is not None

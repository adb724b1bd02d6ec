"""Bodies: as a tree, as a list, with their names by date and what their guide still lacks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongkai.office.bodies.models import Body, Person, RoleHolding

# 条例 12: the guide states the office's name, address, hours, phone, fax and internet contact. No postcode.
GUIDE_FIELDS = (
    "contact_office",
    "contact_address",
    "contact_hours",
    "contact_phone",
    "contact_fax",
    "contact_internet",
)
GUIDE_INCOMPLETE = Q(*((name, "") for name in GUIDE_FIELDS), _connector=Q.OR)


@dataclass
class Node:
    """A body in the tree; ``name`` as on the day asked for; counts are of this body alone."""

    body: Body
    name: str
    people: int
    holders: int
    children: list[Node] = field(default_factory=list)

    @property
    def below(self) -> int:
        """Bodies below this one, at any depth."""
        return sum(1 + child.below for child in self.children)


@dataclass(frozen=True)
class Name:
    """What a body was called from a day (``None``: from the beginning) until the day before another (``None``: now)."""

    name: str
    short_name: str
    since: datetime.date | None
    until: datetime.date | None


def standing_bodies(day: datetime.date | None = None) -> QuerySet[Body]:
    """Bodies that there are on ``day`` (default: today)."""
    day = day or timezone.localdate()
    return Body.objects.filter(
        Q(abolished_on=None) | Q(abolished_on__gt=day), Q(established_on=None) | Q(established_on__lte=day)
    )


def stands(body: Body, day: datetime.date | None = None) -> bool:
    """Whether ``body``, as it was read, is one of ``standing_bodies``."""
    day = day or timezone.localdate()
    begun = body.established_on is None or body.established_on <= day
    return begun and (body.abolished_on is None or body.abolished_on > day)


def tree(day: datetime.date | None = None) -> list[Node]:
    """The tops of the tree on ``day`` (default: today). Four queries, whatever the size.

    The tree is as it is now (moves are in the log), less the bodies that there were not, with the names of the day.
    """
    when = day or timezone.localdate()
    people = dict(Person.objects.filter(is_active=True).order_by().values_list("body").annotate(Count("pk")))
    holders = dict(RoleHolding.objects.on(when).order_by().values_list("body").annotate(Count("person", distinct=True)))
    found = standing_bodies(when).prefetch_related("former_names")
    return _grown([Node(b, b.name_on(when), people.get(b.pk, 0), holders.get(b.pk, 0)) for b in found])


def listed_bodies() -> QuerySet[Body]:
    """All bodies, those abolished too, with ``people_count`` (accounts in use), ``holder_count`` (roles today)."""
    in_use = Person.objects.filter(is_active=True, body=OuterRef("pk")).order_by()
    held = RoleHolding.objects.on(timezone.localdate()).filter(body=OuterRef("pk")).order_by()
    return Body.objects.select_related("parent").annotate(
        people_count=_counted(in_use.values("body").annotate(n=Count("pk"))),
        holder_count=_counted(held.values("body").annotate(n=Count("person", distinct=True))),
    )


def _counted(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)


def guide_missing(body: Body) -> list[str]:
    """Labels of what the guide must state of the body (条例 12) and nobody has entered."""
    return [str(Body._meta.get_field(name).verbose_name) for name in GUIDE_FIELDS if not getattr(body, name)]


def names_by_date(body: Body) -> list[Name]:
    """All names, the newest first; their terms touch and do not overlap."""
    former = sorted(body.former_names.all(), key=lambda one: one.until)
    names, since = [], body.established_on
    for one in former:
        names.append(Name(one.name, one.short_name, since, one.until))
        since = one.until
    return [Name(body.name, body.short_name, since, body.abolished_on), *reversed(names)]


def find_body(text: str) -> list[Body]:
    """Bodies that ``text`` may mean: by full or short name, alias or code, else a former name; none abolished."""
    standing = Body.objects.filter(abolished_on=None)
    now = standing.filter(Q(name=text) | Q(short_name=text) | Q(uscc=text) | Q(aliases__name=text)).distinct()
    return list(now) or list(standing.filter(former_names__name=text).distinct())


def options(*, without: Body | None = None) -> list[tuple[int, str]]:
    """Standing bodies for a choice, indented by their depth in the tree; less ``without`` and what is below it."""
    found: list[tuple[int, str]] = []

    def walk(nodes: list[Node], depth: int) -> None:
        for node in nodes:
            if without is None or node.body.pk != without.pk:
                found.append((node.body.pk, "　" * depth + node.body.name))
                walk(node.children, depth + 1)

    walk(_grown([Node(body, body.name, 0, 0) for body in standing_bodies()]), 0)
    return found


def _grown(nodes: list[Node]) -> list[Node]:
    """Hang each node below its superior; those without one among them are the tops."""
    by_body = {node.body.pk: node for node in nodes}
    tops: list[Node] = []
    for node in nodes:
        above = by_body.get(node.body.parent_id or 0)
        (above.children if above else tops).append(node)
    return tops

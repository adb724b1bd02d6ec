"""The county's bodies as the public sees them: those that there are, with what their guide states (条例 第十二条)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.office.bodies.models import Alias, Body, FormerName
from gongkai.office.bodies.selectors.bodies import GUIDE_FIELDS, standing_bodies
from gongkai.office.look.components import Fact


def bodies(words: str = "") -> QuerySet[Body]:
    """Standing bodies in their order; each of ``words`` is in a name that the body has, had, or goes by."""
    found = standing_bodies()
    # The database knows no sign of number 0, which an address can hold.
    for word in words.replace("\0", " ").split()[:5]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(pk__in=Alias.objects.filter(name__icontains=word).values("body"))
            | Q(pk__in=FormerName.objects.filter(name__icontains=word).values("body"))
        )
    return found


def guide_of(body: Body) -> list[Fact]:
    """What has been entered, in the order of the article; a gap is said, so that nobody waits at a wrong door."""
    facts = []
    for name in (*GUIDE_FIELDS[:2], "contact_postcode", *GUIDE_FIELDS[2:]):
        value = getattr(body, name)
        if value or name != "contact_postcode":
            facts.append(Fact(str(Body._meta.get_field(name).verbose_name), value or "该机关尚未填写"))
    return facts


def county_name() -> str:
    """The county's government, for the head of every page; empty where there is none yet."""
    name = Body.objects.filter(kind="county_government", abolished_on=None).values_list("name", flat=True).first()
    return name or ""

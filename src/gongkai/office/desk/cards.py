"""The desk's own cards: mails that did not get through; the county at a glance for those who answer for all of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from gongkai.office.acts.models import Mail
from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.selectors.standing import staff_reach
from gongkai.office.desk.policy import policy
from gongkai.office.look.cards import Card, CardItem

_FEW = 5


def cards(actor: Actor) -> Iterator[Card]:
    """At most three queries."""
    if actor.person is None:
        return
    if policy.may(actor, "desk.see_mail"):
        yield from _mail()
    if staff_reach(actor.person) is None:
        yield _county()


def _mail() -> Iterator[Card]:
    stuck = list(Mail.objects.filter(state__in=(Mail.State.UNCERTAIN, Mail.State.FAILED)).defer("to", "text"))
    if stuck:
        page = reverse("desk:mail")
        items = [CardItem(one.subject, page, one.get_state_display(), day=one.created_at) for one in stuck[:_FEW]]
        yield Card("没有发出的邮件", len(stuck), f"{page}?open=yes", items, "caution", 60, "stuck")


def _county() -> Card:
    bodies = Body.objects.filter(abolished_on=None).aggregate(
        departments=Count("pk", filter=Q(kind="department")),
        townships=Count("pk", filter=Q(kind__in=("township", "subdistrict"))),
        all=Count("pk"),
    )
    people = Person.objects.filter(is_active=True).count()
    page = reverse("bodies:bodies")
    note = f"其中政府部门{bodies['departments']}个，乡镇、街道{bodies['townships']}个"
    return Card(
        "机关与人员",
        items=[
            CardItem(f"机关{bodies['all']}个", page, note),
            CardItem(f"在用账号{people}个", reverse("bodies:people")),
        ],
        order=10,
        group="overview",
    )

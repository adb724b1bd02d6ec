"""What this app puts on the desk: roles that nobody fills or that end, guide data that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from gongkai.office.acts.policy import Actor, policy_for
from gongkai.office.bodies.models import Body, StandIn
from gongkai.office.bodies.selectors.bodies import GUIDE_INCOMPLETE, guide_missing, standing_bodies
from gongkai.office.bodies.selectors.rights import ending_soon, staffing
from gongkai.office.bodies.selectors.standing import staff_reach
from gongkai.office.look.cards import Card, CardItem

_FEW = 5


def cards(actor: Actor) -> Iterator[Card]:
    """A constant number of queries, whoever asks."""
    if actor.person is None:
        return
    may = policy_for("bodies.see_rights").may
    if may(actor, "bodies.grant_role"):
        yield from _rights()
    else:
        yield from _own_rights(actor)
    if may(actor, "bodies.edit_contact"):
        yield from _guides(actor)


def _rights() -> Iterator[Card]:
    lacking = [one for one in staffing() if one.gaps]
    page = reverse("bodies:rights")
    yield Card(
        "角色不齐的机关",
        len(lacking),
        f"{page}?issue=gaps",
        [CardItem(o.name, reverse("bodies:body", args=[o.body.pk]), "、".join(o.gaps)) for o in lacking[:_FEW]],
        tone="caution" if lacking else "good",
        group="stuck",
        order=20,
        empty="各机关的承办、审核、签发都有人",
    )
    ending = list(ending_soon(timezone.localdate()))
    yield Card(
        "30日内到期的角色",
        len(ending),
        f"{page}?issue=ending",
        [CardItem(str(h), reverse("bodies:person", args=[h.person_id]), day=h.valid_to) for h in ending[:_FEW]],
        tone="caution" if ending else "neutral",
        order=30,
    )


def _own_rights(actor: Actor) -> Iterator[Card]:
    today = timezone.localdate()
    me = reverse("bodies:me")
    ending = list(ending_soon(today).filter(person=actor.person))
    if ending:
        yield Card(
            "我的角色即将到期",
            len(ending),
            me,
            [CardItem(f"{h.body}{h.get_role_display()}", me, day=h.valid_to) for h in ending[:_FEW]],
            tone="caution",
            order=30,
        )
    deputising = list(
        StandIn.objects.on(today).filter(deputy=actor.person, absent__is_active=True).select_related("absent", "body")
    )
    if deputising:
        yield Card(
            "我正在代行",
            len(deputising),
            me,
            [CardItem(f"代{row.absent}（{row.body}）", me, day=row.valid_to) for row in deputising[:_FEW]],
            tone="info",
            order=40,
        )


def _guides(actor: Actor) -> Iterator[Card]:
    found = standing_bodies().filter(GUIDE_INCOMPLETE)
    within = staff_reach(actor.person)
    if within is not None:
        found = found.filter(pk__in=within)
    lacking = list(found)
    yield Card(
        "公开指南信息不全",
        len(lacking),
        f"{reverse('bodies:bodies')}?guide=no&abolished=no",
        [_lacking(body) for body in lacking[:_FEW]],
        tone="caution" if lacking else "good",
        order=50,
        empty="指南须载明的联系信息都已填写",
    )


def _lacking(body: Body) -> CardItem:
    return CardItem(body.name, reverse("bodies:edit_contact", args=[body.pk]), f"缺{'、'.join(guide_missing(body))}")

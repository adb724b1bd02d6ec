"""What this app puts on the desk: my cases due soon, what waits for review or signature, is late, is stuck."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.applications.models import Application, PublicationSuggestion
from gongkai.office.applications.selectors.clock import days_left
from gongkai.office.applications.selectors.listed import stuck_condition
from gongkai.office.applications.selectors.seeing import team_bodies, visible_cases
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.look.badges import clock_badge
from gongkai.office.look.cards import Card, CardItem
from gongkai.statute import calendar

_FEW = 5
_COUNTED = 1_000  # beyond that a number says no more than that it is large, and costs the more the larger it is
_SOON = 5  # working days: where the colour of the clock turns yellow


def cards(actor: Actor) -> Iterator[Card]:
    """Two queries a card, whoever asks; nothing for those who see no cases."""
    person = actor.person
    if person is None:
        return
    today = timezone.localdate()
    seen = visible_cases(person).filter(finished_on=None)
    address = reverse("applications:cases")
    team = team_bodies(person)
    if handled := team_bodies(person, Role.HANDLER):
        mine = seen.filter(handler=person, body_id__in=handled)
        soon = Q(due__range=(today, calendar.add_working_days(today, _SOON)))
        yield _card("我承办的，快到期", mine.filter(soon), f"{address}?mine=yes&state=open&sort=due", today, order=10)
    if reviewed := team_bodies(person, Role.REVIEWER):
        waiting = seen.filter(state="REVIEW", body_id__in=reviewed, decision__reviewer=None)
        yield _card("待我审核的答复", waiting, f"{address}?state=REVIEW", today, order=11)
    if signed := team_bodies(person, Role.SIGNATORY):
        waiting = seen.filter(state="REVIEW", body_id__in=signed, decision__reviewer__isnull=False)
        yield _card("待我签发的答复", waiting, f"{address}?state=REVIEW", today, order=12)
    if registered := team_bodies(person, Role.REGISTRAR):
        waiting = seen.filter(state="AWAITING_CONFIRMATION", body_id__in=registered)
        yield _card("当日须与申请人确认", waiting, f"{address}?state=AWAITING_CONFIRMATION", today, order=9)
        served = Application.objects.filter(body_id__in=registered, replied_on__isnull=False, served_on=None)
        yield _card("已签发，待登记送达", served, f"{address}?state=REPLIED", today, order=13)
    yield from _estimates(person, today)
    if not team and not _supervises(person):
        return
    late = seen.filter(due__lt=today)
    yield _card("申请逾期未答复", late, f"{address}?urgency=red", today, order=10, group="late", tone="bad")
    still = seen.filter(stuck_condition(today))
    yield _card("申请长期未动", still, f"{address}?stuck=yes", today, order=10, group="stuck", tone="caution")
    if team:
        yield from _suggestions(team, today)


def _estimates(person: Any, today: date) -> Iterator[Card]:
    """To those who keep the program and the register: deadlines rest on days off that nobody has decided yet."""
    if not any(standing.role in (Role.SYSTEM_ADMINISTRATOR, Role.SUPERVISOR) for standing in standings(person)):
        return
    if count := Application.objects.open().filter(provisional=True).count():
        missing = calendar.table().settled.year + 1
        title = f"期限为预估：{missing}年放假通知公布后，请更新程序"
        yield Card(title, count, "", [], "caution", 20, "waiting")


def _supervises(person: Any) -> bool:
    return any(standing.role is Role.SUPERVISOR for standing in standings(person))


def _card(
    title: str,
    cases: QuerySet[Any],
    href: str,
    today: date,
    *,
    order: int,
    group: str = "waiting",
    tone: str = "info",
) -> Card:
    found = list(cases.order_by("due", "pk").only("pk", "year", "number", "due", "finished_on")[:_FEW])
    count = cases.order_by()[: _COUNTED + 1].count() if len(found) == _FEW else len(found)
    return Card(
        title,
        min(count, _COUNTED),
        href,
        [_item(one, today) for one in found],
        tone if count else "neutral",  # type: ignore[arg-type]
        order,
        group,
        or_more=count > _COUNTED,
    )


def _item(case: Application, today: date) -> CardItem:
    running = case.due is not None and case.finished_on is None
    badge = clock_badge(days_left(case.due, today)) if running and case.due else None
    return CardItem(
        str(case), reverse("applications:case", args=[case.pk]), badge=badge, day=case.due if running else None
    )


def _suggestions(team: set[int], today: date) -> Iterator[Card]:
    open_ones = PublicationSuggestion.objects.filter(application__body_id__in=team, until__gte=today)
    found = list(open_ones.select_related("application").order_by("until")[:_FEW])
    if found:
        items = [
            CardItem(str(one.application), reverse("applications:case", args=[one.application_id]), day=one.until)
            for one in found
        ]
        yield Card("建议转主动公开", open_ones.count(), "", items, "info", 40, "waiting")

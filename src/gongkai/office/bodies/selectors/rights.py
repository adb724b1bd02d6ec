"""Rights: a person's whole history of them, and who may do what where, with the gaps."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.office.acts.models import Act
from gongkai.office.bodies.models import Body, Person, RoleHolding, StandIn
from gongkai.office.bodies.roles import COUNTY_WIDE, Role
from gongkai.office.bodies.selectors.bodies import standing_bodies
from gongkai.office.look.badges import Badge
from gongkai.office.look.words import date_cn

SOON = datetime.timedelta(days=30)
# Without these nothing leaves the body: what one prepares another must review and a third sign.
NEEDED = (Role.HANDLER, Role.REVIEWER, Role.SIGNATORY)
# More than one at a time is usual for those who register and handle, and asks for a look with these.
ONE_EXPECTED = (Role.REVIEWER, Role.SIGNATORY, Role.FINAL_DISCLOSURE_REVIEWER, Role.SUPERVISOR)
WORK_ROLES = tuple(role for role in Role if role not in COUNTY_WIDE)


@dataclass(frozen=True)
class Right:
    """A role held, or exercised for somebody absent, with the acts that gave and ended it."""

    what: str
    body: Body
    valid_from: datetime.date
    valid_to: datetime.date | None
    withdrawn: bool
    ground: str
    holding: RoleHolding | None = None
    stand_in: StandIn | None = None
    acts: tuple[Act, ...] = ()

    def state_on(self, day: datetime.date) -> Badge:
        """In force, to come, over, or withdrawn before it began."""
        if self.withdrawn:
            return Badge("已撤回")
        if day < self.valid_from:
            return Badge("未生效", "info")
        if self.valid_to is not None and self.valid_to < day:
            return Badge("已终止")
        if self.valid_to is not None and self.valid_to - day < SOON:
            return Badge("即将到期", "caution")
        return Badge("有效", "good")

    @property
    def given_by(self) -> str:
        """Who gave it, from the log."""
        return self.acts[-1].actor_name if self.acts else ""


def rights_of(person: Person) -> list[Right]:
    """Everything that the person was ever given, the newest first: own roles, deputyships, and by whom stood in for.

    Three queries, whatever the number.
    """
    holdings = list(RoleHolding.objects.filter(person=person).select_related("body"))
    rows = list(StandIn.objects.filter(Q(deputy=person) | Q(absent=person)).select_related("body", "absent", "deputy"))
    acts = _acts_of(holdings, rows)
    rights = [
        Right(
            h.get_role_display(),
            h.body,
            h.valid_from,
            h.valid_to,
            h.was_withdrawn,
            h.ground,
            holding=h,
            acts=acts[h._meta.label_lower, str(h.pk)],
        )
        for h in holdings
    ] + [
        Right(
            f"代{r.absent}行使其角色" if r.deputy_id == person.pk else f"由{r.deputy}代行",
            r.body,
            r.valid_from,
            r.valid_to,
            r.was_withdrawn,
            r.ground,
            stand_in=r,
            acts=acts[r._meta.label_lower, str(r.pk)],
        )
        for r in rows
    ]
    return sorted(rights, key=lambda right: (right.valid_from, right.what), reverse=True)


def _acts_of(holdings: list[RoleHolding], rows: list[StandIn]) -> dict[tuple[str, str], tuple[Act, ...]]:
    found: dict[tuple[str, str], tuple[Act, ...]] = defaultdict(tuple)
    wanted = Q(thing_type="bodies.roleholding", thing_id__in=[str(h.pk) for h in holdings]) | Q(
        thing_type="bodies.standin", thing_id__in=[str(r.pk) for r in rows]
    )
    for act in Act.objects.filter(wanted):
        found[act.thing_type, act.thing_id] += (act,)
    return found


@dataclass(frozen=True)
class Holder:
    """Somebody who exercises a role; ``instead_of``: whose it is; ``until``: the last day, if it has one."""

    person_id: int
    name: str
    until: datetime.date | None = None
    instead_of: str = ""

    def __str__(self) -> str:
        notes = [f"代{self.instead_of}"] if self.instead_of else []
        notes += [f"至{date_cn(self.until)}"] if self.until else []
        return f"{self.name}（{'，'.join(notes)}）" if notes else self.name


@dataclass
class Staffing:
    """A body, who holds which role in it on a day, and what is wrong with that."""

    body: Body
    holders: dict[Role, list[Holder]] = field(default_factory=lambda: defaultdict(list))
    gaps: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    ending: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """For search and sorting."""
        return self.body.name

    @property
    def people(self) -> str:
        """All names, for search."""
        return " ".join(holder.name for holders in self.holders.values() for holder in holders)

    @property
    def issues(self) -> list[str]:
        """Everything that asks for a look."""
        return [*self.gaps, *self.doubled, *self.ending]


def staffing(bodies: QuerySet[Body] | None = None, day: datetime.date | None = None) -> list[Staffing]:
    """Who may do what in each standing body on ``day`` (default: today). Three queries, whatever the size."""
    day = day or timezone.localdate()
    found = {body.pk: Staffing(body) for body in (standing_bodies(day) if bodies is None else bodies)}
    held: dict[tuple[int, int], list[RoleHolding]] = defaultdict(list)
    for row in RoleHolding.objects.on(day).filter(person__is_active=True).select_related("person"):
        if row.body_id in found:
            found[row.body_id].holders[Role(row.role)].append(Holder(row.person_id, row.person.name, row.valid_to))
            held[row.person_id, row.body_id].append(row)
    for absence in StandIn.objects.on(day).filter(deputy__is_active=True).select_related("absent", "deputy"):
        for row in held[absence.absent_id, absence.body_id]:
            # Administrators' roles do not pass (``standing``).
            if row.role in WORK_ROLES or row.role == Role.SUPERVISOR:
                found[row.body_id].holders[Role(row.role)].append(
                    Holder(absence.deputy_id, absence.deputy.name, absence.valid_to, absence.absent.name)
                )
    for one in found.values():
        _judge(one, day)
    return list(found.values())


def _judge(one: Staffing, day: datetime.date) -> None:
    own = {role: [h for h in holders if not h.instead_of] for role, holders in one.holders.items()}
    # A government acts through its office; in the others somebody must.
    needed = () if one.body.kind == "county_government" else NEEDED
    one.gaps = [f"无{role.label}" for role in needed if not own.get(role)]
    one.doubled = [f"{role.label}有{len(own[role])}人" for role in ONE_EXPECTED if len(own.get(role, ())) > 1]
    both = {h.person_id for h in own.get(Role.REVIEWER, ())} & {h.person_id for h in own.get(Role.SIGNATORY, ())}
    if both:
        one.doubled.append("审核人与签发人为同一人")
    one.ending = [
        f"{holder.name}的{role.label}{date_cn(holder.until)}到期"
        for role, holders in own.items()
        for holder in holders
        if holder.until is not None and holder.until - day < SOON
    ]


def ending_soon(day: datetime.date) -> QuerySet[RoleHolding]:
    """Roles in force on ``day`` that end within 30 days."""
    return (
        RoleHolding.objects.on(day)
        .filter(valid_to__lt=day + SOON, person__is_active=True)
        .select_related("person", "body")
        .order_by("valid_to", "pk")
    )


def held_in(body: Body, day: datetime.date) -> list[tuple[Role, list[Holder]]]:
    """Who holds which role in the body on ``day``, in the order of the roles; deputies too. Two queries."""
    one = staffing(Body.objects.filter(pk=body.pk), day)[0]
    return [(role, one.holders[role]) for role in Role if one.holders.get(role)]

"""In which roles, where, may a person act today: own roles, and those of people they stand in for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from gongkai.office.bodies.models import RoleHolding, StandIn
from gongkai.office.bodies.roles import ADMINISTRATORS, COUNTY_WIDE, DISCLOSURE_WORK, Role

if TYPE_CHECKING:
    from gongkai.office.bodies.models import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """One role in one body, today; ``standing_in_for`` names whose it is when not one's own."""

    role: Role
    body_id: int
    body_name: str
    standing_in_for: str = ""

    @property
    def label(self) -> str:
        """As the page head says it: 城关镇人民政府 承办人."""
        whose = f"（代{self.standing_in_for}）" if self.standing_in_for else ""
        return f"{self.body_name} {self.role.label}{whose}"


def standings(person: Person, on: datetime.date | None = None) -> tuple[Standing, ...]:
    """All standings of ``person`` on a day (default: today); kept on the object for the time of a request.

    The administrators' roles are not passed to a stand-in: the three must stay three people (三员分立).
    """
    if on is None and (kept := getattr(person, "_standings", None)) is not None:
        return kept
    day = on or timezone.localdate()
    if not person.is_active:
        return ()
    absences = list(StandIn.objects.on(day).filter(deputy=person, absent__is_active=True).select_related("absent"))
    whose = {(row.absent_id, row.body_id): row.absent.name for row in absences}
    wanted = Q(person=person)
    for absent_id, body_id in whose:
        wanted |= Q(person_id=absent_id, body_id=body_id)
    held = RoleHolding.objects.on(day).filter(wanted).select_related("body").order_by("body__order", "body_id", "pk")
    found = tuple(
        Standing(
            role=Role(row.role),
            body_id=row.body_id,
            body_name=row.body.name,
            standing_in_for="" if row.person_id == person.pk else whose[row.person_id, row.body_id],
        )
        for row in held
        if row.person_id == person.pk or row.role not in ADMINISTRATORS
    )
    if on is None:
        person._standings = found
    return found


def reach(person: Person) -> set[int] | None:
    """The bodies whose records (cases, uploads) the person may see: those where they do disclosure work.

    ``None``: every body, for the department in charge (条例 3). Administrators keep the system and see no records.
    """
    held = standings(person)
    if any(standing.role is Role.SUPERVISOR for standing in held):
        return None
    return {standing.body_id for standing in held if standing.role in DISCLOSURE_WORK}


def staff_reach(person: Person) -> set[int] | None:
    """The bodies whose people and rights the person may see; ``None``: every body, for the roles of the county."""
    held = standings(person)
    if any(standing.role in COUNTY_WIDE for standing in held):
        return None
    return {standing.body_id for standing in held}

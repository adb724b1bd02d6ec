"""Whose cases a person sees, and where they also see who applied."""

from __future__ import annotations

from typing import Any

from gongkai.office.acts.personal import masks
from gongkai.office.applications.choices import ApplicantKind
from gongkai.office.applications.models import Application, Rectification
from gongkai.office.applications.models.application import ApplicationQuerySet
from gongkai.office.applications.policy import CASE_TEAM
from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.standing import standings


def team_bodies(person: Person, *roles: Role) -> set[int]:
    """The bodies in which the person works on cases (in one of ``roles``, by default any of the team)."""
    wanted = roles or CASE_TEAM
    return {standing.body_id for standing in standings(person) if standing.role in wanted}


def visible_cases(person: Person) -> ApplicationQuerySet:
    """All cases for the department in charge, else those of the bodies in which the person is of the team."""
    cases: ApplicationQuerySet = Application.objects.all()
    if any(standing.role is Role.SUPERVISOR for standing in standings(person)):
        return cases
    return cases.filter(body_id__in=team_bodies(person))


def visible_rectifications(person: Person) -> Any:
    """As with cases."""
    found = Rectification.objects.all()
    if any(standing.role is Role.SUPERVISOR for standing in standings(person)):
        return found
    return found.filter(body_id__in=team_bodies(person))


def bodies_of(person: Person, *roles: Role) -> list[Body]:
    """As above, as bodies that still exist, in their order."""
    return list(Body.objects.filter(pk__in=team_bodies(person, *roles), abolished_on=None).order_by("order", "pk"))


def masked_name(case: Any) -> str:
    """张某某; an organisation shows its kind only (spec applications.md §9)."""
    if case.applicant_kind == ApplicantKind.NATURAL_PERSON:
        return masks.person(case.applicant_name)
    return f"某{case.get_applicant_kind_display()}" if case.applicant_name else ""

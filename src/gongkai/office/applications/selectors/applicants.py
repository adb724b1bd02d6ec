"""Other cases of the same applicant: found by the hashes of identity number and telephone, never by reading them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from django.db.models import Q
from django.db.models.functions import Coalesce

from gongkai.office.applications.models import Application
from gongkai.office.applications.models.application import ApplicationQuerySet

ALIKE = 0.6  # share of characters in common from which two descriptions are shown side by side
MANY = 10  # applications in a month of one applicant to one body: the free ones (国办函〔2020〕109号)
_YEARS = 2
_AT_MOST = 100  # earlier cases compared


@dataclass(frozen=True, slots=True)
class Earlier:
    """``share``: 0 to 1, of the characters of both descriptions."""

    case: Application
    share: float


def same_applicant(case: Application) -> ApplicationQuerySet:
    """Other cases of the applicant with the same body; none where neither number nor telephone is known."""
    same = Q()
    if case.identity_number:
        same |= Q(identity_hash=case.identity_number)
    if case.phone:
        same |= Q(phone_hash=case.phone)
    others: ApplicationQuerySet = Application.objects.filter(body_id=case.body_id)
    if not same:
        return others.none()
    return others.filter(same).exclude(pk=case.pk) if case.pk else others.filter(same)


def similar_earlier(case: Application) -> list[Earlier]:
    """Earlier cases of the applicant within two years about something similar, the most similar first; one query."""
    since = case.arrived_on - timedelta(days=365 * _YEARS)
    earlier = same_applicant(case).filter(arrived_on__range=(since, case.arrived_on))
    earlier = earlier.exclude(split_from=case).order_by("-arrived_on", "-number")
    if case.split_from_id:
        earlier = earlier.exclude(pk=case.split_from_id).exclude(split_from_id=case.split_from_id)
    if case.number:
        earlier = earlier.exclude(year=case.year, number__gt=case.number)
    found = [Earlier(other, likeness(case.description, other.description)) for other in earlier[:_AT_MOST]]
    return sorted((one for one in found if one.share >= ALIKE), key=lambda one: -one.share)


def likeness(one: str, other: str) -> float:
    """0 to 1; blanks and punctuation do not count."""
    first, second = ("".join(c for c in text if c.isalnum()) for text in (one, other))
    if not first or not second:
        return 0.0
    if first in second or second in first:
        return 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def count_in_month(case: Application, *, before: bool = False) -> int:
    """Applications of the applicant that the body received in the calendar month of this one, itself with them.

    What is not confirmed yet counts by the day on which it came. ``before``: only those that came before it, without
    itself; that is what the tariff by item counts on from.
    """
    day: date = case.received_on or case.arrived_on
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    others = same_applicant(case).annotate(counts_on=Coalesce("received_on", "arrived_on"))
    others = others.filter(counts_on__range=(first, last))
    if not before:
        return others.count() + 1
    registered_before = Q(year__lt=case.year) | Q(year=case.year, number__lt=case.number)
    return others.filter(Q(counts_on__lt=day) | Q(counts_on=day) & registered_before).count()


def others_asking(case: Application) -> list[Earlier]:
    """Cases of other applicants with the body about the same (条例 第四十四条), at most twenty, the newest first."""
    since = case.arrived_on - timedelta(days=365 * _YEARS)
    others = Application.objects.filter(body_id=case.body_id, arrived_on__gte=since).exclude(pk=case.pk)
    others = others.exclude(pk__in=same_applicant(case).values("pk")).exclude(applicant_name=case.applicant_name)
    words = case.description[:200]
    found = [
        Earlier(other, likeness(words, other.description[:200]))
        for other in others.only("pk", "year", "number", "description", "arrived_on", "state").order_by("-pk")[:300]
    ]
    return sorted((one for one in found if one.share >= ALIKE), key=lambda one: -one.share)[:20]

"""Which wording of a letter holds on a day: the county's newest that has begun, else that of the catalogue."""

from __future__ import annotations

from datetime import date

from gongkai.office.applications.models import Wording


def wording_on(kind: str, on: date) -> str | None:
    """``None``: that of the catalogue, as for ``letters.compose``."""
    found = Wording.objects.filter(kind=kind, valid_from__lte=on).order_by("-valid_from", "-pk").first()
    return found.text or None if found else None


def wordings_on(on: date) -> dict[str, Wording]:
    """Kind → what the county last decided of it, for lists; one query."""
    found: dict[str, Wording] = {}
    for one in Wording.objects.filter(valid_from__lte=on).order_by("kind", "valid_from", "pk"):
        found[one.kind] = one
    return found

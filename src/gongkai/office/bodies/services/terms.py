"""Ending terms: the last day, and for those not begun the day before they would have."""

from __future__ import annotations

import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from gongkai.office.bodies.models.rights import DatedQuerySet


def end_terms(rows: DatedQuerySet, last_day: datetime.date) -> int:
    """Cut the terms off after ``last_day``; one that begins later is withdrawn. Returns how many."""
    return rows.update(valid_to=Greatest(last_day, F("valid_from") - datetime.timedelta(days=1)))

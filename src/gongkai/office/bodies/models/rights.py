"""Who holds which role in which body from when to when, and who stands in for whom."""

from __future__ import annotations

import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.office.bodies.models.guards import HOLDING_STANDS, STAND_IN_STANDS
from gongkai.office.bodies.roles import Role


class DatedQuerySet(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_to`` (both days included; no end: ``None``)."""

    def on(self, day: datetime.date) -> DatedQuerySet:
        """Those in force on ``day``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def from_day(self, day: datetime.date) -> DatedQuerySet:
        """Those in force on ``day`` or some day after it."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), _HOLDS_A_DAY)

    def touching(self, first: datetime.date, last: datetime.date | None) -> DatedQuerySet:
        """Those in force on some day from ``first`` to ``last`` (no end: ``None``)."""
        rows = self.from_day(first)
        return rows if last is None else rows.filter(valid_from__lte=last)


_HOLDS_A_DAY = Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
_ENDS_NO_EARLIER_THAN_WITHDRAWN = Q(valid_to__gte=F("valid_from") - datetime.timedelta(days=1))


class Dated(models.Model):
    """From a day to a day, both included. Withdrawn before it held: it ends the day before it begins."""

    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def was_withdrawn(self) -> bool:
        """It never held for a whole day: ended before, or on the day of, its beginning."""
        return self.valid_to is not None and self.valid_to < self.valid_from

    def holds_on(self, day: datetime.date) -> bool:
        """Is ``day`` within?"""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@pghistory.track()
class RoleHolding(Dated):
    """A person holds a role in a body. Never deleted: it ends."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holdings", verbose_name="人员")
    role = models.CharField("角色", max_length=40, choices=Role.choices)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="holdings", verbose_name="机关")
    ground = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | _ENDS_NO_EARLIER_THAN_WITHDRAWN, name="holding_ends_after_start"
            ),
        )
        triggers = (HOLDING_STANDS,)

    def __str__(self) -> str:
        return f"{self.person}：{self.body}{self.get_role_display()}"


@pghistory.track()
class StandIn(Dated):
    """While ``absent`` is away, ``deputy`` exercises the roles that ``absent`` holds in ``body``."""

    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stand_ins", verbose_name="缺席人"
    )
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputies", verbose_name="代行人")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="机关")
    valid_to = models.DateField("至")
    ground = models.CharField("事由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代行"
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(condition=_ENDS_NO_EARLIER_THAN_WITHDRAWN, name="stand_in_ends_after_start"),
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="stand_in_is_another"),
        )
        triggers = (STAND_IN_STANDS,)

    def __str__(self) -> str:
        return f"{self.deputy}代{self.absent}（{self.body}）"

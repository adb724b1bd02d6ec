"""Who holds which role in which body from when to when, and who stands in for whom."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.office.bodies.roles import Role


class DatedQuerySet(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_to`` (both days included; no end: ``None``)."""

    def on(self, day: datetime.date) -> DatedQuerySet:
        """Those in force on ``day``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class RoleHolding(models.Model):
    """A person holds a role in a body. Never deleted: it ends."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holdings", verbose_name="人员")
    role = models.CharField("角色", max_length=40, choices=Role.choices)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="holdings", verbose_name="机关")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    ground = models.CharField("依据", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="holding_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}：{self.body}{self.get_role_display()}"


class StandIn(models.Model):
    """While ``absent`` is away, ``deputy`` exercises the roles that ``absent`` holds in ``body``."""

    absent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stand_ins", verbose_name="缺席人")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputies", verbose_name="代行人")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="机关")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    ground = models.CharField("事由", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代行"
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="stand_in_ends_after_start"),
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="stand_in_is_another"),
        )

    def __str__(self) -> str:
        return f"{self.deputy}代{self.absent}（{self.body}）"

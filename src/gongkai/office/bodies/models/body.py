"""Public bodies: what they are, what they are called and were called, where they are to be found."""

from __future__ import annotations

import datetime

import pghistory
from django.db import models
from django.db.models import Q

from gongkai.office.bodies import formats
from gongkai.office.bodies.models.guards import NO_ROLES_LEFT
from gongkai.report.model import KINDS


@pghistory.track()
class Body(models.Model):
    """A public body. ``name`` is the full official name today; earlier ones are ``FormerName`` rows.

    ``abolished_on`` is the first day on which it is no more. ``version`` grows with every change, so that who edits
    what another has changed meanwhile can be told.
    """

    kind = models.CharField("种类", max_length=40, choices=list(KINDS.items()))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机关"
    )
    name = models.CharField("全称", max_length=120, validators=[formats.validate_name])
    short_name = models.CharField("简称", max_length=60, blank=True, validators=[formats.validate_name])
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, validators=[formats.validate_uscc])
    division_code = models.CharField(
        "行政区划代码", max_length=12, blank=True, validators=[formats.validate_division_code]
    )
    established_on = models.DateField("成立日期", null=True, blank=True)
    abolished_on = models.DateField("撤销日期", null=True, blank=True)
    # What the statutory guide must state of the office that handles disclosure (条例 12).
    contact_office = models.CharField("政府信息公开工作机构", max_length=120, blank=True)
    contact_address = models.CharField("办公地址", max_length=200, blank=True)
    contact_postcode = models.CharField("邮政编码", max_length=6, blank=True, validators=[formats.validate_postcode])
    contact_hours = models.CharField("办公时间", max_length=120, blank=True)
    contact_phone = models.CharField("联系电话", max_length=60, blank=True, validators=[formats.validate_phones])
    contact_fax = models.CharField("传真号码", max_length=60, blank=True, validators=[formats.validate_phones])
    contact_internet = models.CharField("互联网联系方式", max_length=120, blank=True)
    order = models.PositiveIntegerField("次序", default=0)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="body_uscc_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(abolished_on=None), name="body_name_once"),
        )
        # People are listed in the order of their bodies: read along it, the first page needs no sort of them all.
        indexes = (models.Index(fields=["order", "id"], name="body_order"),)
        triggers = (NO_ROLES_LEFT,)

    def __str__(self) -> str:
        return self.name

    @property
    def is_abolished(self) -> bool:
        """From ``abolished_on`` on. The day is set only when it has come (``services.abolition``)."""
        return self.abolished_on is not None

    def name_on(self, day: datetime.date) -> str:
        """The full name as it was on ``day``. With ``prefetch_related("former_names")`` it asks nothing more."""
        former = sorted((f for f in self.former_names.all() if f.until > day), key=lambda f: f.until)
        return former[0].name if former else self.name


class FormerName(models.Model):
    """A name that a body bore until the day before ``until``."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="former_names", verbose_name="机关")
    name = models.CharField("原名称", max_length=120, validators=[formats.validate_name])
    short_name = models.CharField("原简称", max_length=60, blank=True)
    until = models.DateField("更名日期")

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"
        ordering = ("-until",)
        constraints = (models.UniqueConstraint(fields=["body", "until"], name="former_name_once"),)

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another name under which people know a body; for search and for reading others' documents."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="aliases", verbose_name="机关")
    name = models.CharField("别名", max_length=120, validators=[formats.validate_name])

    class Meta:
        verbose_name = verbose_name_plural = "别名"
        constraints = (models.UniqueConstraint(fields=["body", "name"], name="alias_once"),)

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """On a day the duties of one body went to another: merger (several to one) or split (one to several)."""

    class Kind(models.TextChoices):
        """What happened."""

        MERGER = "merger", "并入"
        SPLIT = "split", "分设"

    kind = models.CharField("方式", max_length=10, choices=Kind.choices)
    predecessor = models.ForeignKey(Body, models.PROTECT, related_name="successions", verbose_name="原机关")
    successor = models.ForeignKey(Body, models.PROTECT, related_name="inheritances", verbose_name="承继机关")
    on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "机构变动"
        ordering = ("-on",)
        constraints = (models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once"),)

    def __str__(self) -> str:
        return f"{self.predecessor} {self.get_kind_display()} {self.successor}"

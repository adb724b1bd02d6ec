"""What a person keeps for themselves: filters of the list, the secret address of their calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedFilter(models.Model):
    """``query``: what stands behind the question mark in the address of the list."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="case_filters")
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["person", "name"], name="case_filter_once"),)

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """The address holds a secret; only its hash is kept, so nobody who reads the database can open the calendar."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="case_calendar")
    secret_hash = models.CharField("密钥校验值", max_length=64, unique=True)
    made_at = models.DateTimeField("启用时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限日历"

    def __str__(self) -> str:
        return f"{self.person}的期限日历"

"""Sign-ins under names that nobody has: counted, since everybody outside can make as many as they like."""

from __future__ import annotations

from django.db import models


class UnknownAttempts(models.Model):
    """How often on a day somebody from a network tried names that nobody has. The names are not kept: people type
    passwords into the wrong field."""

    day = models.DateField("日期")
    network = models.CharField("来源网络", max_length=64)
    times = models.PositiveIntegerField("次数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "未知登录名的登录"
        ordering = ("-day", "network")
        constraints = (models.UniqueConstraint(fields=["day", "network"], name="unknown_attempts_once"),)

    def __str__(self) -> str:
        return f"{self.network}（{self.day}）"

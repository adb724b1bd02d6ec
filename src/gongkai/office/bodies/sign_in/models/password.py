"""The passwords a person has had."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class KeptPassword(models.Model):
    """A password's hash and when it was set; the newest is the one in force.

    ``one_time_until``: handed out by the security administrator; worth nothing afterwards.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_passwords", verbose_name="人员"
    )
    hash = models.CharField(max_length=128)
    set_at = models.DateTimeField("设定时间", default=timezone.now)
    one_time_until = models.DateTimeField("一次性密码有效至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ("-pk",)
        indexes = (models.Index(fields=["person", "-id"], name="kept_password_person"),)

    def __str__(self) -> str:
        return f"{self.person}的密码"

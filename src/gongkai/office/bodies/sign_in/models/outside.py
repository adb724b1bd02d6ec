"""Accounts of 统一身份认证 that came to the door and belong to nobody here yet."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class OutsideRequest(models.Model):
    """Who was let in by 统一身份认证 but is linked to no person: the system administrator's list to link from."""

    provider = models.CharField("来源", max_length=80)
    subject = models.CharField("外部账号编号", max_length=255)
    name = models.CharField("外部姓名", max_length=120, blank=True)
    account = models.CharField("外部登录名", max_length=120, blank=True)
    claim = models.CharField("工号等", max_length=120, blank=True)
    first_at = models.DateTimeField("首次时间", default=timezone.now)
    last_at = models.DateTimeField("最近时间", default=timezone.now)
    times = models.PositiveIntegerField("次数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "外部账号登录申请"
        ordering = ("-last_at",)
        constraints = (models.UniqueConstraint(fields=["provider", "subject"], name="outside_request_once"),)

    def __str__(self) -> str:
        return self.name or self.account or self.subject

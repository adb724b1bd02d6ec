"""The decision on an application while it is drafted, reviewed and signed (条例 36—39)."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from gongkai.office.applications.choices import Way


class Decision(models.Model):
    """One a case. ``records``: need of the outcome (``statute.outcomes.NEEDS``) → what the case holds of it."""

    application = models.OneToOneField("applications.Application", models.PROTECT, related_name="decision")
    outcome = models.CharField("处理结果", max_length=60)
    reason = models.TextField("理由和依据")
    content = models.TextField("答复内容（公开的信息，或者获取的方式、途径）", blank=True)
    records = models.JSONField("办理记录", default=dict, encoder=DjangoJSONEncoder)
    # Unknown for replies taken over from a register that was kept before.
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    opinion = models.TextField("审核意见", blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    delivery_way = models.CharField("送达方式", max_length=20, choices=Way.choices, blank=True)
    delivery_proof = models.CharField("送达凭证", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "处理决定"

    def __str__(self) -> str:
        return f"{self.application}：{self.outcome}"

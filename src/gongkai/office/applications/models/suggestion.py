"""转主动公开: what was asked may as well be published for everybody (条例 第四十四条)."""

from __future__ import annotations

from django.db import models


class PublicationSuggestion(models.Model):
    """``until``: by when the body looks into it (20 working days, a choice of the product)."""

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="suggestions")
    reason = models.CharField("理由", max_length=500)
    until = models.DateField("审查期限")
    by_applicant = models.BooleanField("申请人建议", default=False)
    by_id = models.BigIntegerField("建议人编号", null=True)
    by_name = models.CharField("建议人", max_length=60)
    at = models.DateTimeField("建议时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "转主动公开建议"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.application}：建议主动公开"

"""The head's agreement to an extension, given before the applicant is told (条例 第三十三条第二款)."""

from __future__ import annotations

from django.db import models


class ExtensionAgreement(models.Model):
    """``days``: how many working days at most. Written once; the extension itself is an event of the case."""

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="agreements")
    days = models.PositiveSmallIntegerField("同意延长的工作日")
    reason = models.CharField("理由", max_length=500)
    by_id = models.BigIntegerField("同意人编号", null=True)
    by_name = models.CharField("同意人", max_length=60)
    at = models.DateTimeField("同意时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期审批"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.by_name}同意延长{self.days}个工作日"

"""What an applicant wrote about a case while the law had no act for it: it lies in the case file for the clerk."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """``attachment_id``: the text, as a paper of the case; so the staff read it where they read everything else."""

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+", verbose_name="申请")
    attachment_id = models.BigIntegerField("材料编号")
    at = models.DateTimeField("收到时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请人留言"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.application}的申请人留言"

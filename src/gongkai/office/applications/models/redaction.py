"""What is to be blacked out in a file of a case, and the file that came of it."""

from __future__ import annotations

from django.db import models


class Redaction(models.Model):
    """``boxes``: JSON of ``redaction.boxes.Box``; ``attachment_id``: the original, which never leaves the case file."""

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="redactions")
    attachment_id = models.BigIntegerField("原件")
    boxes = models.JSONField("遮盖区域", default=list)
    burned_id = models.BigIntegerField("遮盖后的文件", null=True)
    counts = models.JSONField("各依据处数", default=dict)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "遮盖"
        constraints = (models.UniqueConstraint(fields=["application", "attachment_id"], name="redaction_once"),)

    def __str__(self) -> str:
        return f"{self.application}的遮盖"

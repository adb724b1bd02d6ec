"""A table that was uploaded: between its trial and its import."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.office.acts.personal.fields import EncryptedField


class Import(models.Model):
    """One file of bodies, people or roles. Its rows are kept encrypted until they are imported, or a week."""

    class State(models.TextChoices):
        """Where it stands."""

        UPLOADED = "uploaded", "待试算"
        TRIED = "tried", "已试算"
        IMPORTED = "imported", "已导入"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("上传时间", auto_now_add=True)
    file_name = models.CharField("文件名", max_length=200)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.UPLOADED)
    row_count = models.PositiveIntegerField("行数")
    sealed_rows = EncryptedField("table", verbose_name="内容", null=True)  # JSON: it holds identity numbers
    outcomes = models.JSONField("逐行结果", default=list)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "表格导入"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name

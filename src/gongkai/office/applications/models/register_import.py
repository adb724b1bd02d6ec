"""A register kept in Excel: between its upload and its import."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.office.acts.personal.fields import EncryptedField


class RegisterImport(models.Model):
    """One file for one body. ``table``: JSON of its headings and rows, kept until they are imported, or a week.

    The headings too: in a file without any, the first applicant stands in their place.
    """

    class State(models.TextChoices):
        """Where it stands."""

        UPLOADED = "uploaded", "待对应栏目"
        TRIED = "tried", "已试算"
        IMPORTED = "imported", "已导入"

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="机关")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("上传时间", auto_now_add=True)
    file_name = models.CharField("文件名", max_length=200)
    mapping = models.JSONField("栏目对应", default=dict)
    row_count = models.PositiveIntegerField("行数")
    table = EncryptedField("table", verbose_name="内容", null=True)
    outcomes = models.JSONField("逐行结果", default=list)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.UPLOADED)

    class Meta:
        verbose_name = verbose_name_plural = "台账导入"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name

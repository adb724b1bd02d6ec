"""The county's own wording of a letter, from a day on; earlier ones stay."""

from __future__ import annotations

from django.db import models


class Wording(models.Model):
    """Written once. ``text`` empty: back to the wording of the catalogue."""

    kind = models.CharField("文书", max_length=60)
    text = models.TextField("正文", blank=True)
    valid_from = models.DateField("启用日期")
    ground = models.CharField("依据或理由", max_length=200)
    by_id = models.BigIntegerField("修改人编号", null=True)
    by_name = models.CharField("修改人", max_length=60)
    at = models.DateTimeField("修改时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书措辞"
        ordering = ("kind", "-valid_from", "-pk")
        indexes = (models.Index(fields=["kind", "valid_from"], name="wording_of_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"

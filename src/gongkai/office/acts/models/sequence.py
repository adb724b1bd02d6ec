"""Numbers in sequence: one counter per body, kind and year."""

from __future__ import annotations

from django.db import models


class Sequence(models.Model):
    """The last number given to a kind of thing in a body's year."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("种类", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后号码")

    class Meta:
        verbose_name = verbose_name_plural = "编号"
        constraints = (models.UniqueConstraint(fields=["body", "kind", "year"], name="sequence_once"),)

    def __str__(self) -> str:
        return f"{self.body_id}/{self.kind}/{self.year}：{self.last}"

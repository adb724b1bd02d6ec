"""How a body's replies are numbered: 清民依复〔2024〕3号."""

from __future__ import annotations

from django.db import models


class ReplyPrefix(models.Model):
    """``text``: what stands before the year. A body without one uses its short name and 依复."""

    body = models.OneToOneField("bodies.Body", models.PROTECT, related_name="reply_prefix", verbose_name="机关")
    text = models.CharField("答复文号代字", max_length=40)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "答复文号代字"

    def __str__(self) -> str:
        return f"{self.body}：{self.text}"

"""How a body's replies are numbered (清民依复〔2024〕3号), and whom its letters name as hearing appeals."""

from __future__ import annotations

from django.db import models

from gongkai.statute.remedies import BODIES


class ReplyPrefix(models.Model):
    """``text``: what stands before the year. A body without one uses its short name and 依复.

    What letters other than replies need besides: ``code``, before the series (清民 in 清民公开补〔2024〕1号); ``kind``,
    as the law of reconsideration sees the body. What is empty is derived (``selectors.sender``).
    """

    body = models.OneToOneField("bodies.Body", models.PROTECT, related_name="reply_prefix", verbose_name="机关")
    text = models.CharField("答复文号代字", max_length=40)
    code = models.CharField("机关代字", max_length=30, blank=True)
    kind = models.CharField("行政复议上的机关种类", max_length=40, choices=list(BODIES.items()), blank=True)
    authority = models.CharField("行政复议机关", max_length=120, blank=True)
    upper_authority = models.CharField("上一级主管部门或者人民政府", max_length=120, blank=True)
    basic_court = models.CharField("基层人民法院", max_length=120, blank=True)
    intermediate_court = models.CharField("中级人民法院", max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "文书设置"

    def __str__(self) -> str:
        return f"{self.body}：{self.text}"

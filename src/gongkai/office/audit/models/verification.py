"""A verification of the log: asked for, under way, done."""

from __future__ import annotations

from django.db import models

from gongkai.office.look.words import datetime_cn


class Verification(models.Model):
    """One walk along the whole chain. ``faults``: what it found, each with kind, sentence, sequence, act_id."""

    class State(models.TextChoices):
        """How far it is, and in the end what the log is."""

        WAITING = "waiting", "等待校验"
        RUNNING = "running", "正在校验"
        INTACT = "intact", "完整"
        BROKEN = "broken", "有异常"

    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    asked_by = models.CharField("提出人", max_length=80)
    state = models.CharField("结果", max_length=10, choices=State.choices, default=State.WAITING)
    done = models.BigIntegerField("已校验", default=0)
    total = models.BigIntegerField("共", default=0)
    finished_at = models.DateTimeField("完成时间", null=True)
    last = models.BigIntegerField("链尾序号", default=0)
    head = models.CharField("链尾校验值", max_length=64, blank=True)
    faults = models.JSONField("异常", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志校验"
        ordering = ("-pk",)
        indexes = (models.Index(fields=["-finished_at"], name="verification_finished"),)

    def __str__(self) -> str:
        return f"{datetime_cn(self.asked_at)}的校验"

    @property
    def is_open(self) -> bool:
        """Whether the verdict is still out."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

"""Work in the background that a person asked for: how far it is, and how it ended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Work(models.Model):
    """One piece of work of one job (``task``) on one thing; see ``services.work`` for the way of its states.

    A row of its own beside the thing's, so that progress is seen, and the work stopped, while a long transaction holds
    the thing. ``facts``: numbers the work was asked for with and those of what came of it; never personal data.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "等待办理"
        RUNNING = "running", "正在办理"
        DONE = "done", "已完成"
        FAILED = "failed", "未成功"
        STOPPED = "stopped", "已停止"

    OPEN = (State.WAITING, State.RUNNING)

    task = models.CharField("工作", max_length=60)
    thing_type = models.CharField("事项类型", max_length=80)
    thing_id = models.CharField("事项编号", max_length=80)
    # Whose rights the work is done with: asked again when it is done.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    request_number = models.CharField("请求编号", max_length=40, blank=True)
    address = models.CharField("网络地址", max_length=45, blank=True)
    facts = models.JSONField("情况", default=dict)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField("已办", default=0)
    total = models.PositiveIntegerField("共计", default=0)
    note = models.CharField("说明", max_length=300, blank=True)
    asked_at = models.DateTimeField("提出时间", db_default=Now(), editable=False)
    begun_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台工作"
        ordering = ("pk",)
        indexes = (models.Index(fields=["thing_type", "thing_id"], name="work_thing"),)
        constraints = (
            models.UniqueConstraint(
                fields=["task", "thing_type", "thing_id"],
                condition=Q(state__in=("waiting", "running")),
                name="work_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task}：{self.thing_id}"

    @property
    def is_open(self) -> bool:
        """A job has it in hand, or will."""
        return self.state in self.OPEN

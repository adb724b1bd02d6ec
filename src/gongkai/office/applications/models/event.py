"""What happened in a case, in order: the record from which its clock, its facts and its timeline are computed."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from gongkai.statute.states import course


def event_choices() -> list[tuple[str, str]]:
    """The events of the course of a case."""
    return [(event.key, event.label) for event in course().events.values()]


class CaseEvent(models.Model):
    """One event of the course (``statute/states.toml``). Written once; only ``served`` is learnt later."""

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="events")
    event = models.CharField("事项", max_length=40, choices=event_choices)
    on = models.DateField("日期")
    state = models.CharField("办理后的状态", max_length=40)
    days = models.PositiveSmallIntegerField("延长工作日", null=True)
    until = models.DateField("延迟答复的期限", null=True)
    party = models.CharField("被征求意见方", max_length=120, blank=True)
    served = models.DateField("送达日期", null=True)
    override = models.CharField("例外办理的理由", max_length=300, blank=True)
    overridden = models.CharField("例外所越过的限制", max_length=300, blank=True)
    data = models.JSONField("内容", default=dict, encoder=DjangoJSONEncoder)
    by_id = models.BigIntegerField("办理人编号", null=True)
    by_name = models.CharField("办理人", max_length=60)
    at = models.DateTimeField("录入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理过程"
        ordering = ("on", "pk")
        indexes = (models.Index(fields=["application", "on", "id"], name="event_in_case"),)

    def __str__(self) -> str:
        return f"{self.on} {self.get_event_display()}"

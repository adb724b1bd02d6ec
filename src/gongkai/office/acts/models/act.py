"""The act log: who did what to which thing, in which role, on which ground.

The log holds names as they were at the time and no foreign keys: it must outlive what it speaks of. The database
itself refuses to change or delete a row, and chains the rows at commit (``chain.sql``).
"""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now


class Act(models.Model):
    """One verb, by one person in one role, on one thing."""

    at = models.DateTimeField("时间", db_default=Now(), editable=False)
    verb = models.CharField("动作代码", max_length=80)
    label = models.CharField("动作", max_length=80)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=80)
    role = models.CharField("角色", max_length=40, blank=True)
    standing_in_for = models.CharField("代谁行使", max_length=80, blank=True)
    body_id = models.BigIntegerField("机关编号", null=True)
    body_name = models.CharField("机关", max_length=120, blank=True)
    thing_type = models.CharField("事项类型", max_length=80)
    thing_id = models.CharField("事项编号", max_length=80)
    thing_name = models.CharField("事项", max_length=200)
    detail = models.JSONField("内容", default=dict, encoder=DjangoJSONEncoder)
    ground = models.TextField("依据或理由", blank=True)
    request_number = models.CharField("请求号", max_length=40, blank=True)
    address = models.CharField("来源地址", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "操作记录"
        ordering = ("-at", "-id")
        # Each question of the auditor's, in the order in which the answer is read; that by words: ``words.sql``.
        indexes = (
            models.Index(fields=["-at", "-id"], name="act_at"),
            models.Index(fields=["thing_type", "thing_id", "-at", "-id"], name="act_thing"),
            models.Index(fields=["actor_id", "-at", "-id"], name="act_actor"),
            models.Index(fields=["body_id", "-at", "-id"], name="act_body"),
            models.Index(fields=["verb", "-at", "-id"], name="act_verb"),
            models.Index(fields=["request_number"], name="act_request", condition=~models.Q(request_number="")),
        )

    def __str__(self) -> str:
        return f"{self.actor_name}{self.label}：{self.thing_name}"


class Link(models.Model):
    """The place of an act in the chain: ``hash`` = SHA-256 of ``previous`` and the act's canonical text.

    Written by the database alone, when the act's transaction commits.
    """

    act = models.OneToOneField(Act, models.PROTECT, primary_key=True)
    sequence = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"

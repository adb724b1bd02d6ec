"""An application: who asks which body for what, and how it came. Its course is in its events."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.office.acts.personal.fields import EncryptedField, LookupHash
from gongkai.office.applications.choices import ApplicantKind, Channel, Form, IdentityKind, Way
from gongkai.office.bodies.scope import ScopedQuerySet
from gongkai.statute.states import course


def state_choices() -> list[tuple[str, str]]:
    """The states of the course of a case."""
    return [(state.key, state.label) for state in course().states.values()]


class ApplicationQuerySet(ScopedQuerySet):
    """Cases."""

    def open(self) -> ApplicationQuerySet:
        """Those not yet finished."""
        return self.filter(finished_on=None)


# Personal data is left out of the history of fields: there it would lie in the clear, and survive its deletion.
@pghistory.track(
    model_name="ApplicationHistory",
    fields=["state", "handler", "description", "outcome", "due", "replied_on", "served_on", "version"],
)
class Application(models.Model):
    """``due`` follows from the events and the calendar and is written by the verbs only; overdue is never stored."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="applications", verbose_name="受理机关")
    year = models.PositiveSmallIntegerField("登记年度")
    number = models.PositiveIntegerField("登记号")
    code = models.CharField("查询码", max_length=12, unique=True)
    channel = models.CharField("提交方式", max_length=20, choices=Channel.choices)
    arrived_on = models.DateField("提交或寄达日期")
    received_on = models.DateField("收到之日", null=True, blank=True)
    state = models.CharField("状态", max_length=40, choices=state_choices)
    due = models.DateField("答复期限", null=True)
    provisional = models.BooleanField("期限为预估", default=False)

    applicant_kind = models.CharField("申请人类别", max_length=20, choices=ApplicantKind.choices)
    applicant_name = models.CharField("申请人姓名或名称", max_length=120)
    joint_applicants = models.CharField("共同申请人", max_length=300, blank=True)
    representative = models.CharField("法定代表人", max_length=60, blank=True)
    agent = models.CharField("代理人", max_length=60, blank=True)
    identity_kind = models.CharField("身份证明", max_length=20, choices=IdentityKind.choices)
    identity_number = EncryptedField("certificate", verbose_name="证件号码", null=True, blank=True)
    identity_hash = LookupHash("identity_number")
    phone = EncryptedField("phone", verbose_name="联系电话", null=True, blank=True)
    phone_hash = LookupHash("phone")
    address = EncryptedField("address", verbose_name="通信地址", null=True, blank=True)
    email = EncryptedField("email", verbose_name="电子邮箱", null=True, blank=True)
    needs_assistance = models.CharField("需要的协助", max_length=200, blank=True)

    description = models.TextField("所需信息的名称、文号或者其他特征描述")
    purpose = models.CharField("用途（可不填）", max_length=300, blank=True)
    form = models.CharField("信息形式", max_length=20, choices=Form.choices, blank=True)
    way = models.CharField("获取方式", max_length=20, choices=Way.choices, blank=True)

    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="承办人"
    )
    outcome = models.CharField("处理结果", max_length=60, blank=True)
    replied_on = models.DateField("答复日期", null=True)
    served_on = models.DateField("送达日期", null=True)
    finished_on = models.DateField("办结日期", null=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    version = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申请"
        ordering = ("-year", "-number")
        constraints = (models.UniqueConstraint(fields=["body", "year", "number"], name="application_number_once"),)
        indexes = (
            models.Index(fields=["body", "state", "due"], name="application_desk"),
            models.Index(fields=["body", "due"], condition=Q(finished_on=None), name="application_open_due"),
            models.Index(fields=["body", "received_on"], name="application_received"),
        )

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}号申请"

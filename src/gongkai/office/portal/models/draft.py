"""An application while it is being filled in. It belongs to whoever holds its key and is no act of the office yet."""

from __future__ import annotations

from typing import Any

from django.db import models

from gongkai.office.acts.personal.fields import EncryptedField

PERSONAL = (
    *("applicant_name", "joint_applicants", "representative", "agent"),
    *("identity_number", "phone", "fax", "address", "email"),
)


class Draft(models.Model):
    """``answers``: what is no personal data, by the names of the forms' fields. ``application``: what came of it;
    from then on the draft holds nothing else and only makes a second submission lead to the same case."""

    key_hash = models.CharField("密钥校验值", max_length=64, unique=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="+", verbose_name="受理机关")
    answers = models.JSONField("填写内容", default=dict)
    applicant_name = EncryptedField("person", verbose_name="申请人姓名或名称", null=True, blank=True)
    joint_applicants = EncryptedField("person", verbose_name="共同申请人", null=True, blank=True)
    representative = EncryptedField("person", verbose_name="法定代表人或负责人", null=True, blank=True)
    agent = EncryptedField("person", verbose_name="代理人", null=True, blank=True)
    identity_number = EncryptedField("certificate", verbose_name="证件号码", null=True, blank=True)
    phone = EncryptedField("phone", verbose_name="联系电话", null=True, blank=True)
    fax = EncryptedField("phone", verbose_name="传真号码", null=True, blank=True)
    address = EncryptedField("address", verbose_name="通信地址", null=True, blank=True)
    email = EncryptedField("email", verbose_name="电子邮箱", null=True, blank=True)
    hints = models.JSONField("提示", default=list)
    application = models.OneToOneField(
        "applications.Application", models.PROTECT, null=True, related_name="+", verbose_name="申请"
    )
    started_at = models.DateTimeField("开始填写", auto_now_add=True)
    changed_at = models.DateTimeField("最近保存", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请草稿"
        indexes = (models.Index(fields=["changed_at"], name="draft_changed"),)

    def __str__(self) -> str:
        return "网上申请草稿"

    def text(self, name: str) -> str:
        """An answer as it was typed; for its owner and for the case that comes of it."""
        value: Any = getattr(self, name) if name in PERSONAL else self.answers.get(name)
        if name in PERSONAL:
            return value.reveal() if value else ""
        return str(value or "")

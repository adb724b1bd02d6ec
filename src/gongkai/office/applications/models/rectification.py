"""更正申请: somebody shows that a record about themselves is wrong (条例 第四十一条). Not in the report's table."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.office.acts.personal.fields import EncryptedField
from gongkai.office.bodies.scope import ScopedQuerySet


class Rectification(models.Model):
    """Numbered by body and year. The regulation sets no period for it."""

    class Result(models.TextChoices):
        """What became of it; the ends that article 41 knows, and the refusal where the proof does not hold."""

        MADE = "made", "予以更正"
        REFUSED = "refused", "不予更正"
        TRANSFERRED = "transferred", "转送有权更正的机关"
        ELSEWHERE = "elsewhere", "告知向有权更正的机关提出"

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="rectifications", verbose_name="受理机关")
    year = models.PositiveSmallIntegerField("登记年度")
    number = models.PositiveIntegerField("登记号")
    received_on = models.DateField("收到日期")
    applicant_name = models.CharField("申请人姓名或名称", max_length=120)
    organisation = models.BooleanField("申请人是单位", default=False)
    phone = EncryptedField("phone", verbose_name="联系电话", null=True, blank=True)
    address = EncryptedField("address", verbose_name="通信地址", null=True, blank=True)
    record = models.TextField("与申请人自身相关的政府信息记录")
    request = models.TextField("不准确之处和更正请求")
    evidence = models.TextField("证据")
    result = models.CharField("处理结果", max_length=20, choices=Result.choices, blank=True)
    explanation = models.TextField("处理情况和理由", blank=True)
    other_body = models.CharField("有权更正的机关", max_length=120, blank=True)
    told_on = models.DateField("告知申请人日期", null=True)
    numbers = models.JSONField("文号", default=dict)  # kind of letter → number
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="承办人"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正申请"
        ordering = ("-year", "-number")
        constraints = (models.UniqueConstraint(fields=["body", "year", "number"], name="rectification_number_once"),)

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}号更正申请"

"""A document of a batch: its original, what was found in it, and the report that was read."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from gongkai.office.analysis.models.batch import Batch
from gongkai.office.analysis.models.scope import UploadQuerySet
from gongkai.office.analysis.models.state import State
from gongkai.report.model import KINDS

# Names of the formats that the core finds (``Report.source_format``).
FORMATS = {"html": "网页", "docx": "Word", "xlsx": "Excel", "pdf": "PDF", "text": "文本", "markdown": "文本"}


class DocumentQuerySet(UploadQuerySet):
    """Documents belong to whoever handed in their batch."""

    person_field = "batch__person"


# Without the hash: every table with a column of that name claims content in the store, and a history for ever.
@pghistory.track(fields=["name", "state", "reason"])
class Document(models.Model):
    """One document: a file, or a member of an archive, or a line of JSON lines (``source`` says which, for the reader).

    ``errors``, ``warnings``, ``hints``, ``unread`` count its findings by severity and those that could not be
    evaluated; ``checks`` counts the failing ones by check: lists and sums need no more of them.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="documents", verbose_name="批次")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="机关")
    number = models.PositiveIntegerField("序号")
    name = models.CharField("文件", max_length=300)
    sha256 = models.CharField("校验值（SHA-256）", max_length=64, blank=True)
    size = models.BigIntegerField("大小（字节）", default=0)
    source = models.JSONField("所在位置", default=dict)

    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField("未能读取的原因", max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField("读取次数", default=0)
    touched_at = models.DateTimeField("最近变动", auto_now=True)
    milliseconds = models.PositiveIntegerField("用时（毫秒）", null=True)

    format = models.CharField("格式", max_length=20, blank=True)
    title = models.CharField("标题", max_length=300, blank=True)
    agency = models.CharField("报告机关", max_length=200, blank=True)
    agency_key = models.CharField("机关名称（用于比对）", max_length=200, blank=True)
    kind = models.CharField("机关种类", max_length=40, blank=True, choices=list(KINDS.items()))
    year = models.IntegerField("年度", null=True)
    form = models.CharField("表格格式", max_length=20, blank=True)
    page_sizes = models.JSONField("各页大小（点）", default=list)

    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("警告", default=0)
    hints = models.PositiveIntegerField("提示", default=0)
    unread = models.PositiveIntegerField("未能核对", default=0)
    checks = models.JSONField("各项问题数", default=dict)
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="following", verbose_name="上年度报告"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分析文件"
        ordering = ("batch", "number")
        constraints = (models.UniqueConstraint(fields=["batch", "number"], name="document_number_once"),)
        indexes = (
            models.Index(fields=["batch", "state"], name="document_of_batch"),
            models.Index(fields=["body", "agency_key", "year"], name="document_of_agency", condition=Q(state="read")),
            models.Index(fields=["touched_at"], name="document_open", condition=Q(state__in=["waiting", "reading"])),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def format_name(self) -> str:
        """The format in words; "" while it is not known."""
        return FORMATS.get(self.format, self.format)


class Reading(models.Model):
    """The report (schema ``gongkai/report/1``) and its findings: apart from the document, so that lists stay light."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="reading")
    report = models.JSONField("报告")
    findings = models.JSONField("核对结果", default=list)
    remarks = models.JSONField("核对说明", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "读取结果"

    def __str__(self) -> str:
        return str(self.document)

"""A batch: what one person handed in at once."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.office.analysis.models.scope import UploadQuerySet
from gongkai.office.analysis.models.state import OPEN, State


class BatchQuerySet(UploadQuerySet):
    """Batches, with what is counted of their documents."""

    def counted(self) -> Self:
        """With ``count``, ``open``, ``read_count``, ``failed``, ``errors``, ``warnings``: one query, never stored."""
        documents = "documents"
        return self.annotate(
            count=models.Count(documents),
            open=models.Count(documents, filter=models.Q(documents__state__in=OPEN)),
            read_count=models.Count(documents, filter=models.Q(documents__state=State.READ)),
            failed=models.Count(documents, filter=models.Q(documents__state=State.FAILED)),
            errors=models.functions.Coalesce(models.Sum("documents__errors"), 0),
            warnings=models.functions.Coalesce(models.Sum("documents__warnings"), 0),
        )


@pghistory.track()
class Batch(models.Model):
    """One upload of one or many files, by a person for a body. How far it has come is counted from its documents."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="机关")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("上传时间", default=timezone.now)
    name = models.CharField("名称", max_length=160)
    # Whether the other reports are all the parts of the county's: only the person who uploads them can know.
    with_parts = models.BooleanField("与所属单位合计核对", default=False)
    finished_at = models.DateTimeField("读取完毕时间", null=True, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分析批次"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["body", "-at"], name="batch_of_body"),)

    def __str__(self) -> str:
        return self.name

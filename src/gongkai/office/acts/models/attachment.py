"""Attachments: a sealed original with what was found out about it, and who attached it to what under which name."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from gongkai.office.acts.attachments.hidden.finding import Finding, from_json, uninspected
from gongkai.office.acts.attachments.kinds import KINDS, Kind
from gongkai.office.acts.attachments.names import disagreement
from gongkai.office.acts.attachments.scanning import Scan, Verdict
from gongkai.office.acts.personal.fields import EncryptedField
from gongkai.office.acts.personal.keys import SealError


class StoredFile(models.Model):
    """One content in the store, however often it is attached. The column name ``sha256`` claims it (see ``sweep``)."""

    sha256 = models.CharField("校验值（SHA-256）", max_length=64, unique=True)
    size = models.BigIntegerField("大小（字节）")
    kind_key = models.CharField("类型", max_length=20)
    created_at = models.DateTimeField("存入时间", db_default=Now(), editable=False)
    # JSON; encrypted, for it quotes what was hidden: names of authors, deleted words.
    findings_json = EncryptedField("table", verbose_name="隐藏信息", null=True)
    inspected_at = models.DateTimeField("检查时间", null=True)
    scan_verdict = models.CharField(
        "病毒扫描",
        max_length=20,
        choices=[(verdict.value, verdict.label) for verdict in Verdict],
        default=Verdict.NOT_SCANNED.value,
    )
    scan_detail = models.CharField("扫描说明", max_length=220, blank=True)
    scanned_at = models.DateTimeField("扫描时间", null=True)
    verified_at = models.DateTimeField("核对时间", db_default=Now())
    damaged = models.BooleanField("已损坏", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "存储的文件"
        triggers = (pgtrigger.ReadOnly(name="sealed", fields=["sha256", "size", "kind_key", "created_at"]),)
        indexes = (models.Index(fields=["verified_at"], name="storedfile_verified"),)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def kind(self) -> Kind:
        return KINDS.get(self.kind_key, KINDS["binary"])

    @property
    def scan(self) -> Scan:
        return Scan(Verdict(self.scan_verdict), self.scan_detail)

    @property
    def findings(self) -> list[Finding] | None:
        """The hidden data; ``None`` while nobody has looked."""
        if self.findings_json is None:
            return None
        try:
            return [from_json(value) for value in json.loads(self.findings_json.reveal())]
        except SealError:
            return [uninspected("隐藏信息的检查结果无法解密，可能缺少当时的密钥；请联系系统管理员")]

    @findings.setter
    def findings(self, found: Sequence[Finding]) -> None:
        self.findings_json = json.dumps([finding.as_json() for finding in found])


class Attachment(models.Model):
    """A file attached to a thing of any app (``thing_type`` and ``thing_id`` as the act log has them)."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments", verbose_name="文件")
    name = models.CharField("文件名", max_length=130)
    label = models.CharField("说明", max_length=80, blank=True)
    thing_type = models.CharField("事项类型", max_length=80)
    thing_id = models.CharField("事项编号", max_length=80)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name="机关")
    uploaded_by_id = models.BigIntegerField("上传人编号", null=True)
    uploaded_by_name = models.CharField("上传人", max_length=80)
    uploaded_at = models.DateTimeField("上传时间", db_default=Now(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ("pk",)
        indexes = (models.Index(fields=["thing_type", "thing_id"], name="attachment_thing"),)
        constraints = (
            models.UniqueConstraint(fields=["thing_type", "thing_id", "file"], name="attachment_once_to_a_thing"),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="sealed",
                fields=["file", "name", "thing_type", "thing_id", "uploaded_by_id", "uploaded_by_name", "uploaded_at"],
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def disagreement(self) -> str | None:
        """What to say when the name's suffix is not one of the content."""
        return disagreement(self.name, self.file.kind)

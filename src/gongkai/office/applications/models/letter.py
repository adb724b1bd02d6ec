"""A letter of a case: written, given its number, sent, served. What it says is encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from gongkai.office.acts.personal.fields import EncryptedField
from gongkai.office.applications.choices import Way

if TYPE_CHECKING:
    from gongkai.office.bodies.models import Body

REPLY = "reply_"  # what the kinds of replies begin with


def is_reply(kind: str) -> bool:
    """Whether letters of ``kind`` tell of an outcome: a decision, or a closing."""
    return kind.startswith(REPLY)


class Letter(models.Model):
    """``content``: ``selectors.letter_content.Content`` as JSON. The state follows from the dates, it is not stored.

    ``event``: that it goes with, if any. ``docx``, ``pdf``: what was sent, sealed; ``enclosed``: the files that go with
    it, of a reply from its signature on.
    """

    class State(models.TextChoices):
        """Where it is."""

        DRAFT = "draft", "草稿"
        SIGNED = "signed", "已签发，待送出"
        SENT = "sent", "已送出"
        SERVED = "served", "已送达"

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="letters")
    event = models.ForeignKey(
        "applications.CaseEvent", models.PROTECT, null=True, related_name="letters", verbose_name="所属事项"
    )
    kind = models.CharField("文书", max_length=60)
    title = models.CharField("标题", max_length=120)
    number = models.CharField("文号", max_length=80, blank=True)
    content = EncryptedField("document", verbose_name="内容")
    made_by_id = models.BigIntegerField("拟写人编号", null=True)
    made_by_name = models.CharField("拟写人", max_length=60)
    made_at = models.DateTimeField("拟写时间", auto_now_add=True)
    sent_on = models.DateField("送出日期", null=True)
    sent_by_name = models.CharField("送出人", max_length=60, blank=True)
    way = models.CharField("送达方式", max_length=20, choices=Way.choices, blank=True)
    mail = models.ForeignKey("acts.Mail", models.SET_NULL, null=True, related_name="+", verbose_name="邮件")
    docx = models.ForeignKey("acts.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="DOCX")
    pdf = models.ForeignKey("acts.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="PDF")
    enclosed = models.ManyToManyField("acts.Attachment", related_name="+", verbose_name="随附文件")
    served_on = models.DateField("送达日期", null=True)
    proof = EncryptedField("document", verbose_name="送达凭证", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="letter_served_after_sent",
                condition=models.Q(served_on=None) | models.Q(served_on__gte=models.F("sent_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}{self.number and f'（{self.number}）'}"

    @property
    def state(self) -> State:
        if self.served_on is not None:
            return self.State.SERVED
        if self.sent_on is not None:
            return self.State.SENT
        return self.State.SIGNED if self.number else self.State.DRAFT

    @property
    def is_reply(self) -> bool:
        return is_reply(self.kind)

    @property
    def body_id(self) -> int:
        return self.application.body_id

    @property
    def body(self) -> Body:
        return self.application.body

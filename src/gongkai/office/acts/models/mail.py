"""The outbox: a mail is a row, written by the act that wants it sent, and says at any time what became of it."""

from __future__ import annotations

from django.db import models

from gongkai.office.acts.models.attachment import Attachment
from gongkai.office.acts.personal.fields import EncryptedField, LookupHash


class Mail(models.Model):
    """One mail to one address. A job sends it after the commit; see ``services.mail`` for the way of its states.

    Address and text are personal data as often as not, and encrypted always. The subject is read by those who look
    after the mails: it names no applicant. ``files`` go with it.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "待发送"
        SENDING = "sending", "正在发送"
        SENT = "sent", "已发送"
        # The text went out and no answer came: sent again by itself it might arrive twice, so a person decides.
        UNCERTAIN = "uncertain", "不能确定是否送达"
        FAILED = "failed", "未能发送"

    to = EncryptedField("email", verbose_name="收件地址")
    to_hash = LookupHash("to")
    subject = models.CharField("主题", max_length=200)
    text = EncryptedField("document", verbose_name="正文", null=True, blank=True)
    files = models.ManyToManyField(Attachment, related_name="+", verbose_name="附件")
    about_type = models.CharField("事项类型", max_length=80, blank=True)
    about_id = models.CharField("事项编号", max_length=80, blank=True)
    # Kept when a mail is sent again, so that a mail server that already has it can tell.
    message_id = models.CharField("邮件标识", max_length=200, unique=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    trouble = models.CharField("最近一次的问题", max_length=300, blank=True)
    attempts = models.PositiveIntegerField("发送次数", default=0)
    created_at = models.DateTimeField("写入时间", auto_now_add=True)
    tried_at = models.DateTimeField("最近一次发送时间", null=True)
    sent_at = models.DateTimeField("发出时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮件"
        ordering = ("-pk",)
        indexes = (models.Index(fields=["state", "created_at"], name="mail_open", condition=~models.Q(state="sent")),)

    def __str__(self) -> str:
        return self.subject

"""Mail after commit: written in the transaction of an act, sent by a job, never lost, never sent twice.

waiting ── claimed by one worker ──> sending ──> sent
   ^                                    ├──────> waiting     the server surely has not taken it: tried again
   │                                    ├──────> failed      refused for good, or tried for five days
   └────── a person sends it again ─────┴──────> uncertain   no answer after the text, or the worker died
"""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Iterable
from contextlib import suppress
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from gongkai.office.acts.attachments.errors import StoreError
from gongkai.office.acts.jobs import enqueue
from gongkai.office.acts.models import Attachment, Mail
from gongkai.office.acts.personal.finding import masked
from gongkai.office.acts.personal.keys import SealError
from gongkai.office.acts.services.attachments import store
from gongkai.office.acts.smtp import UncertainError

JOB = "acts.deliver"
_GIVE_UP = datetime.timedelta(days=5)  # as mail servers do (RFC 5321 4.5.4.1)
_SENDING_AT_MOST = datetime.timedelta(minutes=15)  # far beyond what the server's answers may take together
_JOBLESS = datetime.timedelta(hours=1)


class TryAgainError(Exception):
    """The mail surely did not go out this time; the job is to be run again."""


def post(to: str, subject: str, text: str, *, about: Any = None, files: Iterable[Attachment] = ()) -> Mail:
    """Write a mail to one address into the outbox; it is sent when the transaction commits, or not at all.

    ``about``: the record that it concerns; ``files`` go with it. The subject names nobody. Raises
    ``TransactionManagementError`` outside a transaction, ``ValidationError`` for what is no address.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a mail is written only within the act that sends it")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    mail = Mail.objects.create(
        to=to,
        subject=" ".join(subject.split()),  # a line break would begin another header
        text=text,
        about_type=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        message_id=make_msgid(domain=domain),
    )
    if files := list(files):
        mail.files.add(*files)
    _defer(mail.pk, new=True)
    return mail


def deliver(mail_id: int) -> None:
    """Send a mail if it waits to be sent; run by the job, which may come twice or late.

    Raises ``TryAgainError`` when the server could not be reached or asked to come back later.
    """
    mail = Mail.objects.filter(pk=mail_id, state=Mail.State.WAITING).first()
    if mail is None:
        return
    try:
        message = _message(mail)
    except (SealError, StoreError) as error:
        _settle(mail, Mail.State.WAITING, Mail.State.FAILED, error)
        return
    server = message.connection = get_connection()
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as error:
        _settle(mail, Mail.State.WAITING, Mail.State.WAITING, error)
        raise TryAgainError(str(error)) from error
    try:
        if _claimed(mail):
            _send(mail, message)
    finally:
        with suppress(OSError, smtplib.SMTPException):  # what became of the mail is already written down
            server.close()


def send_again(mail: Mail) -> None:
    """Put a mail that is uncertain or failed back into the queue, under its old identity. For a verb to call."""
    Mail.objects.filter(pk=mail.pk, state__in=(Mail.State.UNCERTAIN, Mail.State.FAILED)).update(
        state=Mail.State.WAITING, created_at=timezone.now()
    )
    _defer(mail.pk)


def sweep() -> None:
    """What dead workers left behind: claimed mails become uncertain, waiting ones without a job get one."""
    now = timezone.now()
    Mail.objects.filter(state=Mail.State.SENDING, tried_at__lt=now - _SENDING_AT_MOST).update(
        state=Mail.State.UNCERTAIN, trouble="发送程序中途停止，没有得到邮件服务器的答复"
    )
    waiting = Mail.objects.filter(state=Mail.State.WAITING)
    waiting.filter(created_at__lt=now - _GIVE_UP).update(state=Mail.State.FAILED)
    for mail_id in waiting.filter(created_at__lt=now - _JOBLESS).values_list("pk", flat=True):
        _defer(mail_id)


def _defer(mail_id: int, *, new: bool = False) -> None:
    enqueue(JOB, once=f"{JOB}:{mail_id}", new=new, mail_id=mail_id)


def _claimed(mail: Mail) -> bool:
    """Whether this worker, and no other, is the one to send the mail; written down before the server hears of it."""
    with transaction.atomic(durable=True):
        return bool(
            Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING).update(
                state=Mail.State.SENDING, tried_at=timezone.now(), attempts=F("attempts") + 1
            )
        )


def _message(mail: Mail) -> EmailMessage:
    """Opened only now, to be sent. Raises ``SealError``, ``StoreError``."""
    text = mail.text.reveal() if mail.text else ""
    message = EmailMessage(mail.subject, text, None, [mail.to.reveal()], headers={"Message-ID": mail.message_id})
    for one in mail.files.select_related("file"):
        message.attach(one.name, store().read(one.file.sha256), one.file.kind.media_type)
    return message


def _send(mail: Mail, message: EmailMessage) -> None:
    try:
        message.connection.send_messages([message])
    except UncertainError as error:
        _settle(mail, Mail.State.SENDING, Mail.State.UNCERTAIN, error)
    except Exception as error:
        if _for_good(error):
            _settle(mail, Mail.State.SENDING, Mail.State.FAILED, error)
            return
        _settle(mail, Mail.State.SENDING, Mail.State.WAITING, error)
        raise TryAgainError(str(error)) from error
    else:
        # However long it took: ``sweep`` may have given this worker up.
        Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, sent_at=timezone.now(), trouble="")


def _settle(mail: Mail, before: str, state: str, error: Exception) -> None:
    Mail.objects.filter(pk=mail.pk, state=before).update(state=state, trouble=masked(_words(error))[:300])


def _for_good(error: Exception) -> bool:
    """A code of 500 or more: asking again would get the same answer (RFC 5321 4.2.1). An address that is none."""
    if isinstance(error, ValueError):
        return True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _words(error: Exception) -> str:
    said: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    elif isinstance(error, ValueError):
        return "收件地址不能用来发信"  # its own words quote the address
    elif isinstance(error, SealError):
        return f"邮件内容不能解密（{error}）"
    elif isinstance(error, StoreError):
        return f"附件不能读取（{error}）"
    elif isinstance(error, UncertainError):
        return f"正文已交给邮件服务器，但没有收到答复（{error}）"
    else:
        return f"连接邮件服务器失败（{error}）"
    return f"邮件服务器拒收（{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}）"

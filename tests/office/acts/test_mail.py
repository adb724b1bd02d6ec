"""Mail goes out after the commit, once, through a server that may be down, busy, or die at the worst moment."""

from __future__ import annotations

import datetime
import smtplib
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from office.workers import now_due, work
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import Mail
from gongkai.office.acts.personal.kinds import KINDS
from gongkai.office.acts.personal.sealed import Sealed
from gongkai.office.acts.services.mail import JOB, TryAgainError, _settle, deliver, post, send_again, sweep

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]

SERVER = Path(__file__).parent / "mail_server.py"


@pytest.fixture
def port(settings: object) -> int:
    """A free port, to which the office sends its mail."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    settings.EMAIL_BACKEND = "gongkai.office.acts.smtp.Backend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", number  # type: ignore[attr-defined]
    settings.DEFAULT_FROM_EMAIL = "公开办 <office@county.example>"  # type: ignore[attr-defined]
    return number


@pytest.fixture
def serve(port: int, tmp_path: Path) -> Callable[[str], object]:
    """``with serve(mode):`` a server of that mode runs; it stores in ``tmp_path``."""

    @contextmanager
    def run(mode: str) -> Iterator[None]:
        process = subprocess.Popen(
            [sys.executable, SERVER, str(port), tmp_path, mode], stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            yield
        finally:
            process.kill()
            process.communicate()

    return run


def written(to: str = "clerk@county.example") -> Mail:
    with transaction.atomic():
        return post(to, "期限将至", "您有一件申请\n.\n即将到期。")


def taken(folder: Path) -> list[str]:
    """The subjects of the mails the server took."""
    mails = [message_from_bytes(path.read_bytes()) for path in folder.iterdir()]
    return [str(make_header(decode_header(mail["Subject"]))) for mail in mails]


def test_mail_is_written_within_an_act_only() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        post("clerk@county.example", "期限将至", "正文")
    assert not Mail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_mail_of_an_act_that_failed_is_never_sent() -> None:
    with pytest.raises(Mail.DoesNotExist), transaction.atomic():
        Mail.objects.get(pk=post("clerk@county.example", "期限将至", "正文").pk, state=Mail.State.SENT)
    work()
    assert not django_mail.outbox
    assert not Mail.objects.exists()


def test_the_job_sends_the_mail_with_the_office_s_own_mark() -> None:
    """Here through Django's own backend for tests."""
    mail = written()
    assert not django_mail.outbox, "not within the request"
    work()
    mail.refresh_from_db()
    (sent,) = django_mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["clerk@county.example"], "期限将至", "您有一件申请\n.\n即将到期。")
    assert sent.extra_headers["Message-ID"] == mail.message_id
    assert (mail.state, mail.attempts, mail.trouble) == (Mail.State.SENT, 1, "")


def test_a_job_that_comes_twice_sends_once() -> None:
    mail = written()
    deliver(mail.pk)
    deliver(mail.pk)
    assert len(django_mail.outbox) == 1


def test_of_many_workers_at_once_one_sends(serve: Callable[[str], object], tmp_path: Path) -> None:
    mail = written()

    def one() -> None:
        try:
            deliver(mail.pk)
        finally:
            connection.close()

    with serve("take"):
        threads = [threading.Thread(target=one) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert taken(tmp_path) == ["期限将至"]


def test_while_no_server_answers_the_mail_waits_and_then_goes(serve: Callable[[str], object], tmp_path: Path) -> None:
    mail = written()
    work()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (Mail.State.WAITING, 0)
    assert mail.trouble.startswith("连接邮件服务器失败")
    assert ProcrastinateJob.objects.get(task_name=JOB).status == "todo", "the job comes again"
    with serve("take"):
        now_due()
        work()
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT
    assert taken(tmp_path) == ["期限将至"]


def test_when_the_database_goes_away_under_the_job_it_comes_again(
    serve: Callable[[str], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(_mail: Mail) -> None:
        monkeypatch.undo()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    mail = written()
    monkeypatch.setattr("gongkai.office.acts.services.mail._message", cut_off)
    with serve("take"):
        work()
        assert ProcrastinateJob.objects.get(task_name=JOB).status == "todo"
        now_due()
        work()
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT
    assert taken(tmp_path) == ["期限将至"]


@pytest.mark.parametrize("mode", ["busy", "hang up"])
def test_what_the_server_did_not_take_is_tried_again(serve: Callable[[str], object], tmp_path: Path, mode: str) -> None:
    mail = written()
    with serve(mode):
        work()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (Mail.State.WAITING, 1)
    assert mail.trouble
    with serve("take"):
        now_due()
        work()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (Mail.State.SENT, 2)
    assert taken(tmp_path) == ["期限将至"]


def test_what_the_server_refuses_for_good_is_not_tried_again(serve: Callable[[str], object], tmp_path: Path) -> None:
    mail = written()
    with serve("refuse"):
        work()
    mail.refresh_from_db()
    assert (mail.state, mail.trouble) == (Mail.State.FAILED, "邮件服务器拒收（550 no such mailbox）")
    assert ProcrastinateJob.objects.get(task_name=JOB).status == "succeeded"


def test_a_server_killed_between_text_and_answer_leaves_it_uncertain_and_unsent_again(
    serve: Callable[[str], object], tmp_path: Path
) -> None:
    mail = written()
    with serve("die"):
        work()
    mail.refresh_from_db()
    assert mail.state == Mail.State.UNCERTAIN
    with serve("take"):
        now_due()
        sweep()
        work()
    assert len(taken(tmp_path)) == 1, "it had taken the mail; nothing sends it a second time by itself"


def test_a_person_may_send_it_again_under_the_same_mark(serve: Callable[[str], object], tmp_path: Path) -> None:
    mail = written()
    with serve("die"):
        work()
    mail.refresh_from_db()
    with transaction.atomic():
        send_again(mail)
    with serve("take"):
        work()
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT
    marks = {message_from_bytes(path.read_bytes())["Message-ID"] for path in tmp_path.iterdir()}
    assert marks == {mail.message_id}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_sent_mail_is_not_sent_again() -> None:
    mail = written()
    deliver(mail.pk)
    send_again(mail)
    work()
    assert len(django_mail.outbox) == 1


def test_a_worker_killed_while_it_sends_leaves_it_uncertain() -> None:
    mail = written()
    Mail.objects.update(state=Mail.State.SENDING, tried_at=timezone.now() - datetime.timedelta(minutes=5))
    sweep()
    assert Mail.objects.get().state == Mail.State.SENDING, "it may still be at it"
    Mail.objects.update(tried_at=timezone.now() - datetime.timedelta(minutes=16))
    sweep()
    mail.refresh_from_db()
    assert mail.state == Mail.State.UNCERTAIN
    assert mail.trouble


def test_a_mail_whose_job_was_lost_gets_another() -> None:
    written()
    ProcrastinateJob.objects.all().delete()
    sweep()
    assert not ProcrastinateJob.objects.exists(), "a young one is left alone"
    Mail.objects.update(created_at=timezone.now() - datetime.timedelta(hours=2))
    sweep()
    sweep()
    assert ProcrastinateJob.objects.filter(task_name=JOB, status="todo").count() == 1
    work()
    assert len(django_mail.outbox) == 1


def test_after_five_days_it_is_given_up(port: int) -> None:
    mail = written()
    with pytest.raises(TryAgainError):
        deliver(mail.pk)
    Mail.objects.update(created_at=timezone.now() - datetime.timedelta(days=5, minutes=1))
    sweep()
    mail.refresh_from_db()
    assert mail.state == Mail.State.FAILED
    assert mail.trouble.startswith("连接邮件服务器失败")


def test_a_line_break_in_a_subject_begins_no_header() -> None:
    with transaction.atomic():
        mail = post("clerk@county.example", "期限\r\nBcc: all@example.cn", "正文")
    deliver(mail.pk)
    assert django_mail.outbox[0].subject == "期限 Bcc: all@example.cn"


def test_neither_address_nor_text_lies_in_the_database_in_the_clear() -> None:
    mail = written("zhangsan@county.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT acts_mail::text FROM acts_mail")
        (row,) = cursor.fetchone()
    for clear in ("zhangsan@county.example", "您有一件申请"):
        assert clear not in row
        assert clear.encode().hex() not in row
    assert Mail.objects.get(to_hash="ZhangSan@county.example") == mail


def test_what_a_server_says_is_kept_without_the_address(port: int) -> None:
    mail = written("zhangsan@county.example")
    Mail.objects.update(state=Mail.State.SENDING)
    refused = smtplib.SMTPRecipientsRefused({"zhangsan@county.example": (550, b"<zhangsan@county.example> unknown")})
    _settle(mail, Mail.State.SENDING, Mail.State.FAILED, refused)
    mail.refresh_from_db()
    assert mail.trouble == "邮件服务器拒收（550 <z****@county.example> unknown）"


def test_what_is_no_address_is_refused_before_it_is_written() -> None:
    with pytest.raises(ValidationError, match="电子邮箱"), transaction.atomic():
        post("张三", "期限将至", "正文")
    assert not Mail.objects.exists()


def test_an_address_that_is_none_is_not_tried_for_days_and_not_quoted(serve: Callable[[str], object]) -> None:
    """From before such addresses were refused."""
    mail = written()
    Mail.objects.filter(pk=mail.pk).update(to=Sealed(KINDS["email"], text="a,b@county.example"))
    with serve("take"):
        deliver(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.trouble) == (Mail.State.FAILED, "收件地址不能用来发信")

"""Attaching a file is an act: the original sealed, findings beside it, the entry in the log, the job in the queue."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings as office
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from office.acts.attachments.test_scanning import EICAR, Clamd, Server, serving
from office.acts.owners import OwnersPolicy
from office.workers import work
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.attachments.scanning import Verdict
from gongkai.office.acts.models import Act, Attachment, StoredFile
from gongkai.office.acts.policy import POLICIES, SYSTEM, Actor, Refused
from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.acts.services import attachments as service
from gongkai.office.acts.services.attachments import RefusedFileError, attach, examine, store
from gongkai.office.bodies.models import Body, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> OwnersPolicy:
    told = OwnersPolicy()
    monkeypatch.setitem(POLICIES, "bodies", told)
    return told


@pytest.fixture
def body(policy: OwnersPolicy, settings: Any, tmp_path: Path) -> Body:
    settings.DATA = tmp_path
    return Body.objects.create(kind="department", name="清源县民政局")


def upload(name: str = "说明.txt", content: bytes = "情况说明".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-whatever")


def word(author: str) -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.last_modified_by = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def attached(body: Body, file: SimpleUploadedFile, actor: Actor = SYSTEM) -> Attachment:
    return attach(actor, body, file, body=body)


def jobs() -> list[str]:
    return list(ProcrastinateJob.objects.values_list("task_name", flat=True))


def test_a_file_is_kept_recorded_and_logged(body: Body, policy: OwnersPolicy) -> None:
    person = Person.objects.create(account="wang", name="王晓燕", body=body)
    data = word("张三丰")
    made = attached(body, upload("C:\\资料\\报告\u202e.docx", data), Actor(person=person))
    made.refresh_from_db()
    assert (made.name, made.file.kind.key) == ("报告.docx", "docx")
    assert (made.thing_type, made.thing_id) == ("bodies.body", str(body.pk))
    assert (made.uploaded_by_id, made.uploaded_by_name) == (person.pk, "王晓燕")
    assert store().read(made.file.sha256) == data
    assert [finding.excerpt for finding in made.file.findings or []] == ["张三丰"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT findings_json FROM acts_storedfile")
        kept = bytes(cursor.fetchone()[0])
    assert not any(words in kept for words in ("张三丰".encode(), b"5f20", b"author")), "what was hidden is encrypted"
    assert made.file.scan.sentence() == "未扫描"
    assert policy.asked == ["bodies.attach", "bodies.attach"]
    act = Act.objects.get()
    assert (act.verb, act.label, act.thing_id, act.actor_name) == ("acts.attach", "上传附件", str(body.pk), "王晓燕")
    assert act.detail == {"附件": "报告.docx", "编号": made.pk, "校验值": made.file.sha256}


def test_the_bytes_that_were_handed_in_are_the_bytes_kept(body: Body) -> None:
    data = bytes(range(256)) * 3000
    made = attached(body, upload("数据.bin", data))
    assert store().read(made.file.sha256) == data
    assert made.file.size == len(data)


def test_without_the_right_nothing_is_written(body: Body, policy: OwnersPolicy) -> None:
    policy.why = "只有承办人可以上传"
    with pytest.raises(Refused, match="只有承办人"):
        attached(body, upload())
    assert not list(store().hashes())
    assert not StoredFile.objects.exists()


def test_things_of_an_app_without_a_policy_take_no_files(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(POLICIES, "bodies")
    with pytest.raises(Refused, match="没有设定办理权限"):
        attached(body, upload())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("说明.txt", b"", "空的"),
        ("报告.docx", b"\x7fELF" + bytes(60), "可执行程序"),
        ("说明.bat", b"text", "后缀 .bat"),
        ("大.txt", b"x" * 3000, "超过上限"),
        ("请示.txt", "机密★5年\n请示".encode(), "密级标志.*机密★5年"),
    ],
)
def test_what_is_not_taken_is_said_beside_the_field(
    body: Body, settings: Any, name: str, content: bytes, said: str
) -> None:
    settings.UPLOAD_BYTES = 2000
    with pytest.raises(RefusedFileError, match=said):
        attached(body, upload(name, content))
    assert not Attachment.objects.exists()
    assert not Act.objects.exists()


def test_the_same_content_is_kept_once_and_attached_once_to_each_thing(body: Body) -> None:
    other = Body.objects.create(kind="department", name="清源县教育局")
    attached(body, upload("甲.txt"))
    attached(other, upload("乙.txt"))
    with pytest.raises(RefusedFileError, match="不用重复上传"):
        attached(body, upload("丙.txt"))
    assert StoredFile.objects.count() == 1
    assert Attachment.objects.count() == 2
    assert len(list(store().hashes())) == 1


def test_ten_senders_of_the_same_at_once_make_one_attachment(body: Body) -> None:
    outcomes: list[str] = []

    def send() -> None:
        try:
            attached(body, upload())
            outcomes.append("attached")
        except RefusedFileError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["attached"] + ["refused"] * 9
    assert (StoredFile.objects.count(), Attachment.objects.count(), Act.objects.count()) == (1, 1, 1)


def test_too_many_are_refused(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST", 2)
    for text in ("甲", "乙"):
        attached(body, upload(content=text.encode() * 9))
    with pytest.raises(RefusedFileError, match="附件已有 2 个"):
        attached(body, upload(content=b"third one"))


def test_a_sealed_original_and_its_attachment_cannot_be_changed_in_the_database(body: Body) -> None:
    made = attached(body, upload())
    for change in (
        lambda: StoredFile.objects.update(sha256="0" * 64),
        lambda: StoredFile.objects.update(size=1),
        lambda: Attachment.objects.update(name="别的.txt"),
        lambda: Attachment.objects.update(uploaded_by_name="别人"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    made.refresh_from_db()
    assert made.name == "说明.txt"
    with pytest.raises(DatabaseError):
        made.file.delete()


def test_attachments_of_a_thing_are_listed_in_one_query(body: Body, django_assert_num_queries: Any) -> None:
    for text in ("甲甲甲", "乙乙乙", "丙丙丙"):
        attached(body, upload(f"{text}.txt", text.encode()))
    with django_assert_num_queries(1):
        listed = [(one.name, one.file.kind.name, one.disagreement) for one in attachments_of(body)]
    assert [name for name, _, _ in listed] == ["甲甲甲.txt", "乙乙乙.txt", "丙丙丙.txt"]


def test_a_large_file_is_looked_through_by_the_job(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_AT_ONCE", 100)
    made = attached(body, upload("报告.docx", word("张三丰")))
    assert made.file.findings is None
    assert jobs() == ["acts.examine"]
    for _ in range(2):  # a job may come twice
        examine(made.file.pk)
    made.file.refresh_from_db()
    assert [finding.excerpt for finding in made.file.findings or []] == ["张三丰"]


def test_a_worker_runs_the_job_and_tries_again_while_the_scanner_is_away(body: Body, settings: Any) -> None:
    settings.CLAMD = "/nowhere/clamd.sock"
    made = attached(body, upload())
    work()
    examinations = ProcrastinateJob.objects.filter(task_name="acts.examine")
    again = examinations.get()
    assert (again.status, again.attempts) == ("todo", 1)
    assert again.scheduled_at is not None
    server = Server(("127.0.0.1", 0), Clamd)
    with serving(server):
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        examinations.update(scheduled_at=timezone.now())
        work()
    made.file.refresh_from_db()
    assert made.file.scan.verdict == Verdict.CLEAN
    assert examinations.get().status == "succeeded"


def test_a_small_file_needs_no_job(body: Body) -> None:
    attached(body, upload())
    assert jobs() == []


def test_a_look_that_took_too_long_while_the_sender_waited_is_done_by_the_job(
    body: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_WAIT", 0.001)
    made = attached(body, upload("报告.docx", word("张三丰")))
    assert made.file.findings is None
    assert jobs() == ["acts.examine"]


def test_a_job_for_what_is_gone_does_nothing(body: Body) -> None:
    examine(123_456)


@pytest.fixture
def clamd(settings: Any) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Clamd)
    with serving(server):
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield settings.CLAMD


@pytest.mark.usefixtures("clamd")
def test_a_virus_is_refused_at_once_and_a_clean_file_says_so(body: Body) -> None:
    with pytest.raises(RefusedFileError, match="发现病毒：Eicar-Test-Signature"):
        attached(body, upload("附件.txt", EICAR))
    assert not Attachment.objects.exists()
    assert attached(body, upload()).file.scan.verdict == Verdict.CLEAN


def test_a_scanner_that_is_away_is_asked_again_by_the_job(body: Body, settings: Any) -> None:
    settings.CLAMD = "/nowhere/clamd.sock"
    made = attached(body, upload("附件.txt", EICAR))
    assert made.file.scan.verdict == Verdict.FAILED
    assert jobs() == ["acts.examine"]
    with pytest.raises(service.TryAgainError):
        examine(made.file.pk)
    server = Server(("127.0.0.1", 0), Clamd)
    with serving(server):
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        examine(made.file.pk)
    made.file.refresh_from_db()
    assert made.file.scan.verdict == Verdict.INFECTED
    with pytest.raises(RefusedFileError, match="发现病毒"):
        attached(Body.objects.create(kind="department", name="清源县教育局"), upload("又一次.txt", EICAR))


def test_the_settings_name_a_place_for_files(body: Body) -> None:
    assert store().root == Path(office.DATA) / "files"

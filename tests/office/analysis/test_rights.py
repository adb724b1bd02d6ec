"""Nobody sees another body's uploads; the department in charge sees all; everything else needs signing in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cli.documents import balanced, page
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from office.analysis.uploads import hand_in_and_read, person

from gongkai.office.acts.models import Act, Attachment, StoredFile
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.services.attachments import store
from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.models import Batch, Document, State
from gongkai.office.analysis.services.again import read_again
from gongkai.office.analysis.services.removing import remove
from gongkai.office.analysis.services.uploading import upload
from gongkai.office.bodies.models import Person

AsPerson = Callable[[Person], Client]


@pytest.fixture
def batch(clerk: Person, apart: Apart) -> Batch:
    wrong = {**balanced(3), "applications.received.total": 5}
    return hand_in_and_read(clerk, apart, ("年报.html", page(values=wrong).encode()))


def addresses(batch: Batch) -> list[tuple[str, str]]:
    document = batch.documents.get().pk
    return [
        ("get", f"/analysis/batches/{batch.pk}/"),
        ("get", f"/analysis/batches/{batch.pk}/progress/"),
        ("post", f"/analysis/batches/{batch.pk}/again/"),
        ("get", f"/analysis/batches/{batch.pk}/remove/"),
        ("post", f"/analysis/batches/{batch.pk}/remove/"),
        ("get", f"/analysis/documents/{document}/"),
        ("post", f"/analysis/documents/{document}/again/"),
        ("get", f"/analysis/documents/{document}/original/"),
        ("get", f"/analysis/documents/{document}/findings.json"),
        ("get", f"/analysis/documents/{document}/findings.docx"),
        ("get", f"/analysis/documents/{document}/report.json"),
        ("get", f"/analysis/documents/{document}/pages/1.png"),
    ]


def test_for_another_body_there_is_nothing(batch: Batch, stranger: Person, as_person: AsPerson) -> None:
    client = as_person(stranger)
    for method, address in addresses(batch):
        assert getattr(client, method)(address, {"reason": "试试"}).status_code == 404, address
    assert "年报.html" not in client.get("/analysis/").content.decode()
    assert "年报.html" not in client.get("/analysis/documents/").content.decode()
    assert Batch.objects.filter(pk=batch.pk).exists()


def test_the_verbs_themselves_refuse_another_body(batch: Batch, stranger: Person) -> None:
    with pytest.raises(Refused, match="别的机关"):
        remove(Actor(person=stranger), batch, ground="x")
    with pytest.raises(Refused, match="别的机关"):
        read_again(Actor(person=stranger), batch)
    with pytest.raises(Refused, match="不能以它的名义上传"):
        upload(Actor(person=stranger), Batch(body=batch.body, person=stranger), [SimpleUploadedFile("a.txt", b"x")])


def test_the_department_in_charge_sees_all(batch: Batch, supervisor: Person, as_person: AsPerson) -> None:
    client = as_person(supervisor)
    for method, address in addresses(batch):
        if method == "get" and not address.endswith(".png"):
            assert client.get(address, headers={"HX-Request": "true"}).status_code == 200, address
    assert "年报.html" in client.get("/analysis/").content.decode()


def test_who_has_no_role_sees_what_they_handed_in_and_nothing_else(
    batch: Batch, clerk: Person, apart: Apart, as_person: AsPerson
) -> None:
    newcomer = person("newcomer", clerk.body)
    own = hand_in_and_read(newcomer, apart, ("自己的.html", page().encode()))
    client = as_person(newcomer)
    assert client.get(f"/analysis/batches/{own.pk}/").status_code == 200
    assert client.get(f"/analysis/batches/{batch.pk}/").status_code == 404


def test_strangers_are_led_to_sign_in(batch: Batch) -> None:
    for method, address in [*addresses(batch), ("get", "/analysis/"), ("get", "/analysis/upload/")]:
        answer = getattr(Client(), method)(address)
        if method == "get":
            assert (answer.status_code, answer["Location"].partition("?")[2][:5]) == (302, "next="), address
        else:
            assert answer.status_code == 403, address


def test_what_changes_something_takes_no_get(batch: Batch, clerk: Person, as_person: AsPerson) -> None:
    client = as_person(clerk)
    for address in (f"/analysis/batches/{batch.pk}/again/", f"/analysis/documents/{batch.documents.get().pk}/again/"):
        assert client.get(address).status_code == 405


def test_every_act_is_logged_with_names_role_and_reason(batch: Batch, clerk: Person, as_person: AsPerson) -> None:
    client = as_person(clerk)
    client.post(f"/analysis/batches/{batch.pk}/again/")
    assert "请写明理由" in client.post(f"/analysis/batches/{batch.pk}/remove/", {"reason": "  "}).content.decode()
    client.post(f"/analysis/batches/{batch.pk}/remove/", {"reason": "传错了"})
    acts = Act.objects.filter(verb__startswith="analysis.").order_by("pk")
    assert [(act.label, act.actor_name, act.role) for act in acts] == [
        ("上传报告", clerk.name, "承办人"),
        ("读取完毕", "系统", "系统"),
        ("重新读取", clerk.name, "承办人"),
        ("删除分析批次", clerk.name, "承办人"),
    ]
    last = acts.last()
    assert last is not None
    assert (last.ground, last.detail, last.body_name) == (
        "传错了",
        {"files": ["年报.html"], "count": 1},
        clerk.body.name,
    )


def test_a_removed_batch_leaves_names_only(batch: Batch, clerk: Person) -> None:
    sha256 = batch.documents.get().sha256
    remove(Actor(person=clerk), batch, ground="传错了")
    assert not Batch.objects.exists()
    assert not Document.objects.exists()
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.filter(sha256=sha256).exists()
    from gongkai.office.acts.services.file_care import claimed

    assert claimed([sha256]) == set(), "the next sweep takes the content"


def test_an_original_that_another_batch_holds_too_stays(batch: Batch, clerk: Person, apart: Apart) -> None:
    sha256 = batch.documents.get().sha256
    other = hand_in_and_read(clerk, apart, ("同一份.html", store().read(sha256)))
    remove(Actor(person=clerk), batch, ground="重复")
    assert StoredFile.objects.filter(sha256=sha256).exists()
    assert other.documents.get().state == State.READ


def test_reading_again_shows_the_last_result_until_the_new_one(
    batch: Batch, clerk: Person, apart: Apart, as_person: AsPerson
) -> None:
    from office.analysis.uploads import read_all

    document = batch.documents.get()
    read_again(Actor(person=clerk), batch, document=document)
    shown = as_person(clerk).get(f"/analysis/documents/{document.pk}/").content.decode()
    assert "下面是上一次的结果" in shown
    batch.refresh_from_db()
    assert batch.finished_at is None
    read_all(batch, apart)
    assert batch.finished_at is not None
    assert Act.objects.filter(verb="analysis.finish").count() == 2

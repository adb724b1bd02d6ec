"""An act is whole or it is not at all, judges the thing as it is now, and says in the log who did it as what."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail as django_mail
from django.db import connection, transaction
from office.acts.deeds import lengthen, read, rename, visit
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import Act, Link, Mail, Sequence
from gongkai.office.acts.policy import SYSTEM, Actor, Refused
from gongkai.office.acts.selectors.chain import verify
from gongkai.office.acts.verbs import VERBS, verb
from gongkai.office.bodies.models import Body, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]


@pytest.fixture
def body() -> Body:
    return Body.objects.create(kind="other", name="城关镇人民政府")


def nothing_happened(body: Body) -> bool:
    body.refresh_from_db()
    left = [model.objects.count() for model in (Act, Link, Mail, Sequence, ProcrastinateJob)]
    return body.name == "城关镇人民政府" and left == [0, 0, 0, 0, 0] and not django_mail.outbox


def test_an_act_leaves_the_change_the_entry_the_job_and_the_mail(body: Body) -> None:
    returned = rename(SYSTEM, body, "新城镇人民政府", ground="县政府文件〔2024〕3号")
    body.refresh_from_db()
    assert returned == body
    assert body.name == "新城镇人民政府"
    act = Act.objects.get()
    assert (act.verb, act.label, act.ground) == ("deeds.rename", "更名", "县政府文件〔2024〕3号")
    assert (act.thing_type, act.thing_id, act.thing_name) == ("bodies.body", str(body.pk), "新城镇人民政府")
    assert act.detail == {"原名": "城关镇人民政府", "新名": "新城镇人民政府", "号": 1}
    assert Link.objects.get().act_id == act.pk
    jobs = ProcrastinateJob.objects.values_list("task_name", flat=True)
    assert sorted(jobs) == ["acts.deliver", "deeds.greet"]
    assert Mail.objects.get().state == Mail.State.WAITING


def test_a_refused_act_leaves_nothing(body: Body) -> None:
    Body.objects.filter(pk=body.pk).update(contact_fax="0571-1")
    with pytest.raises(Refused, match="有传真的机关不得改动"):
        rename(SYSTEM, body, "新城镇人民政府")
    assert nothing_happened(body)


def test_an_act_that_fails_in_the_middle_leaves_nothing(body: Body) -> None:
    with pytest.raises(RuntimeError, match="in the middle"):
        rename(SYSTEM, body, "新城镇人民政府", fail=True)
    assert nothing_happened(body)


def test_job_and_mail_wait_for_the_commit_of_the_whole_transaction(body: Body) -> None:
    with pytest.raises(Body.DoesNotExist), transaction.atomic():
        Body.objects.get(name="没有这个机关", parent=rename(SYSTEM, body, "新城镇人民政府"))
    assert nothing_happened(body)


def test_the_log_says_who_acted_as_what_for_whom_and_by_which_request(body: Body) -> None:
    person = Person.objects.create(account="zhang", name="张三", body=body)
    rename(Actor(person, request_number="r-17", address="10.0.0.8"), body, "新城镇人民政府")
    act = Act.objects.get()
    assert (act.actor_id, act.actor_name, act.role, act.standing_in_for) == (person.pk, "张三", "登记人", "王五")
    assert (act.body_id, act.body_name) == (7, "城关镇人民政府")
    assert (act.request_number, act.address) == ("r-17", "10.0.0.8")


def test_an_act_on_all_records_of_a_kind_names_the_kind() -> None:
    assert read(SYSTEM, None) is Act
    act = Act.objects.get()
    assert (act.actor_name, act.thing_type, act.thing_id, act.thing_name) == ("系统", "acts.act", "", "操作记录")


def test_the_second_writer_waits_and_judges_and_changes_what_the_first_left(body: Body) -> None:
    stale = Body.objects.get(pk=body.pk)
    waited: list[float] = []

    def second() -> None:
        began = time.monotonic()
        try:
            lengthen(SYSTEM, stale)
        finally:
            waited.append(time.monotonic() - began)
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        lengthen(SYSTEM, body)
        thread.start()
        time.sleep(0.5)
        assert not waited, "the second act did not wait for the first"
    thread.join()
    body.refresh_from_db()
    assert body.short_name == "长长"
    assert waited[0] >= 0.4


def test_acts_that_leave_the_thing_as_it_is_wait_for_a_change_and_not_for_each_other(body: Body) -> None:
    stale = Body.objects.get(pk=body.pk)
    ended: list[str] = []

    def second(act: Callable[..., object], name: str) -> threading.Thread:
        def run() -> None:
            try:
                act(SYSTEM, stale)
                ended.append(name)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    with transaction.atomic():
        visit(SYSTEM, body)
        changing = second(lengthen, "changed")
        time.sleep(0.3)
        assert ended == []
    changing.join()
    with transaction.atomic():
        visit(SYSTEM, body)
        second(visit, "visited").join(5)
        assert ended == ["changed", "visited"]
    assert Act.objects.latest("pk").detail == {"名称": "长"}, "as the thing is now"


def test_the_second_writer_is_refused_when_the_first_left_a_state_that_forbids_it(body: Body) -> None:
    stale = Body.objects.get(pk=body.pk)
    refused: list[str] = []

    def second() -> None:
        try:
            lengthen(SYSTEM, stale)
        except Refused as error:
            refused.append(str(error))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        Body.objects.filter(pk=body.pk).update(contact_fax="0571-1")
        thread.start()
        time.sleep(0.3)
    thread.join()
    assert refused == ["有传真的机关不得改动。"]
    assert Act.objects.count() == 0


def test_what_is_gone_is_refused_in_words(body: Body) -> None:
    Body.objects.filter(pk=body.pk).delete()
    with pytest.raises(Refused, match="已经不存在"):
        lengthen(SYSTEM, body)


def test_a_code_names_one_verb() -> None:
    with pytest.raises(ValueError, match=r"deeds\.rename"):
        verb("deeds.rename", "又一次更名", policy=VERBS["deeds.rename"].policy)


def test_twenty_clerks_at_once_neither_wait_for_ever_nor_lose_an_act(body: Body) -> None:
    """On the same thing and on different ones, with numbers, jobs, mails and the chain's lock at every commit."""
    others = [Body.objects.create(kind="other", name=f"第{n}局") for n in range(3)]
    things = [body, *others]

    def clerk(seed: int) -> None:
        try:
            for n in range(4):
                rename(SYSTEM, things[(seed + n) % 4], f"第{seed}人第{n}次")
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(clerk, range(20)))
    assert Act.objects.count() == Link.objects.count() == Mail.objects.count() == 80
    assert {one.last for one in Sequence.objects.all()} == {20}
    assert verify().intact

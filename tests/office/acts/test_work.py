"""Work in the background: asked for once, seen while it goes on, ended once, by its job, by a person or as lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, transaction
from django.db.models.functions import Now
from office.at_once import at_once
from office.workers import now_due, work
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import Work
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.services import work as works
from gongkai.office.bodies.models import Body, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]
TASK = "deeds.rename_by_job"
done: list[Any] = []  # what the work does, one after the other; emptied by each test


@app.task(name=TASK, retry=works.RETRY)
def rename_by_job(work_id: int) -> None:
    """The next thing of the test, then the name."""
    works.carry_out(work_id, _rename)


def _rename(work: Work, hand: works.Hand) -> None:
    with transaction.atomic():
        Body.objects.filter(pk=work.thing_id).update(name="新名")
        if done:
            done.pop(0)(work, hand)
        works.finish(work, made=7)


@pytest.fixture
def body(transactional_db: None) -> Body:
    done.clear()
    return Body.objects.create(kind="department", name="旧名")


@pytest.fixture
def actor(body: Body) -> Actor:
    person = Person.objects.create(account="wang", name="王晓燕", body=body)
    return Actor(person=person, request_number="r1", address="192.0.2.7")


def named() -> str:
    return Body.objects.get().name


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=TASK).count()


def test_it_is_asked_for_with_the_transaction_around_or_not_at_all(body: Body, actor: Actor) -> None:
    with transaction.atomic():
        works.ask(actor, TASK, body)
        transaction.set_rollback(True)
    assert (Work.objects.count(), jobs()) == (0, 0)


def test_of_many_who_ask_at_once_one_does(body: Body, actor: Actor) -> None:
    assert at_once(*[lambda: works.ask(actor, TASK, body)] * 8) == [None] * 8
    assert (Work.objects.count(), jobs()) == (1, 1)
    work()
    assert (Work.objects.get().state, named()) == (Work.State.DONE, "新名")
    works.ask(actor, TASK, body)
    assert Work.objects.count() == 2, "when it has ended it may be asked for again"


def test_the_job_knows_who_asked_by_which_request_and_says_what_came_of_it(body: Body, actor: Actor) -> None:
    done.append(lambda work, hand: told.append(works.actor_of(work)))
    told: list[Actor] = []
    works.ask(actor, TASK, body, version=3)
    assert ProcrastinateJob.objects.get(task_name=TASK).args == {"work_id": Work.objects.get().pk}
    work()
    assert told == [actor]
    assert Work.objects.get().facts == {"version": 3, "made": 7}


def test_progress_is_seen_while_the_transaction_is_open(body: Body, actor: Actor) -> None:
    seen: list[tuple[int, int]] = []

    def look() -> None:
        now = Work.objects.get()
        seen.append((now.done, now.total))

    def do(work: Work, hand: works.Hand) -> None:
        hand.heed(3, 10)
        at_once(look)
        hand.heed(4, 10)  # too soon after the last to be written
        at_once(look)

    done.append(do)
    works.ask(actor, TASK, body)
    work()
    assert seen == [(3, 10), (3, 10)]
    assert Work.objects.get().done == 10


def test_stopped_before_its_end_it_leaves_nothing_and_after_it_everything(body: Body, actor: Actor) -> None:
    done.append(lambda work, hand: at_once(lambda: works.stop(work, "停了")))
    one = works.ask(actor, TASK, body)
    work()
    one.refresh_from_db()
    assert (one.state, one.note, named()) == (Work.State.STOPPED, "停了", "旧名")
    second = works.ask(actor, TASK, body)
    work()
    assert not works.stop(second)
    second.refresh_from_db()
    assert (second.state, named()) == (Work.State.DONE, "新名")


def test_stopped_while_it_waits_it_never_begins(body: Body, actor: Actor) -> None:
    one = works.ask(actor, TASK, body)
    assert works.stop(one)
    work()
    assert named() == "旧名"


def test_what_is_refused_is_told_and_nothing_is_kept(body: Body, actor: Actor) -> None:
    def refuse(work: Work, hand: works.Hand) -> None:
        raise Refused("您的账号已停用。")

    done.append(refuse)
    one = works.ask(actor, TASK, body)
    work()
    one.refresh_from_db()
    assert (one.state, one.note, named()) == (Work.State.FAILED, "您的账号已停用。", "旧名")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_when_the_database_was_away_it_is_tried_again(body: Body, actor: Actor, error: type[Exception]) -> None:
    def away(work: Work, hand: works.Hand) -> None:
        raise error("away")

    done.append(away)
    one = works.ask(actor, TASK, body)
    work()
    one.refresh_from_db()
    assert (one.state, named()) == (Work.State.RUNNING, "旧名")
    assert works.end_lost() == 0, "its job will try again"
    now_due()
    work()
    assert named() == "新名"


def test_what_nobody_foresaw_ends_the_work_and_fails_the_job(body: Body, actor: Actor) -> None:
    def broken(work: Work, hand: works.Hand) -> None:
        raise LookupError("11010519491231002X")

    done.append(broken)
    one = works.ask(actor, TASK, body)
    work()
    one.refresh_from_db()
    assert one.state == Work.State.FAILED
    assert f"后台工作{one.pk}" in one.note
    assert "11010519491231002X" not in one.note
    assert ProcrastinateJob.objects.get(task_name=TASK).status == "failed"


def test_an_attempt_that_was_overtaken_gives_up(body: Body, actor: Actor) -> None:
    def overtaken(work: Work, hand: works.Hand) -> None:
        at_once(lambda: Work.objects.update(begun_at=Now()))
        with pytest.raises(works.StoppedError):
            hand.heed(1)
        raise Refused("这一次不算数。")

    done.append(overtaken)
    one = works.ask(actor, TASK, body)
    rename_by_job(one.pk)  # not by a worker, whose sweep would find that there is no other attempt
    one.refresh_from_db()
    assert (one.state, one.note, named()) == (Work.State.RUNNING, "", "旧名"), "the other attempt still counts"


def test_the_sweep_ends_what_no_job_will_ever_do_and_nothing_else(body: Body, actor: Actor) -> None:
    other = Body.objects.create(kind="department", name="别的")
    lost, waits = works.ask(actor, TASK, body), works.ask(actor, TASK, other)
    ProcrastinateJob.objects.filter(args__work_id=lost.pk).delete()
    app.tasks["acts.sweep_work"].func(0)
    states = dict(Work.objects.values_list("pk", "state"))
    assert states == {lost.pk: Work.State.FAILED, waits.pk: Work.State.WAITING}

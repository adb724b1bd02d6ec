"""Jobs by a real worker; killed in the middle they are run again, and nothing is there twice."""

from __future__ import annotations

import os
import signal
from collections import Counter
from pathlib import Path

import psutil
import pytest
from asgiref.sync import async_to_sync
from cli.documents import balanced, page
from django.db import transaction
from office.analysis.test_reading import zipped
from office.analysis.uploads import Role, body, hand_in, person
from office.workers import now_due, until, worker
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import Act
from gongkai.office.analysis.models import Batch, Document, Reading, State
from gongkai.office.analysis.tasks.reading import sweep
from gongkai.office.bodies.models import Person
from gongkai.office.config.interrupted import run_again

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS = 40


@pytest.fixture
def uploader(transactional_db: None) -> Person:
    ProcrastinateJob.objects.all().delete()
    return person("uploader", body("青禾县水务局"), Role.HANDLER)


def archive() -> bytes:
    return zipped(*((f"{n}.html", page(f"青禾县第{n}局", 2023, balanced(n)).encode()) for n in range(MEMBERS)))


def read_count(batch: Batch) -> int:
    return batch.documents.filter(state=State.READ).count()


def test_a_worker_killed_in_the_middle_leaves_work_that_another_ends(uploader: Person, tmp_path: Path) -> None:
    batch = hand_in(uploader, ("年报.zip", archive()))
    now_due()
    first = worker(tmp_path, "--queues", "analysis", "--wait")
    until(lambda: read_count(batch) >= 3)
    children = psutil.Process(first.pid).children(recursive=True)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    done = read_count(batch)
    assert done < MEMBERS, "it was in the middle"
    until(lambda: not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children), 10)

    async_to_sync(run_again)(app.job_manager, silent_for=0)
    for _ in range(20):
        now_due()
        assert worker(tmp_path, "--queues", "analysis", "--one-shot").wait(60) == 0
        batch.refresh_from_db()
        if batch.finished_at:
            break
    assert batch.finished_at is not None
    assert (read_count(batch), batch.documents.count(), Reading.objects.count()) == (MEMBERS, MEMBERS, MEMBERS)
    assert max(batch.documents.values_list("tries", flat=True)) <= 2
    assert Act.objects.filter(verb="analysis.finish").count() == 1


def test_two_workers_at_once_read_everything_once(uploader: Person, tmp_path: Path) -> None:
    batch = hand_in(uploader, ("年报.zip", archive()))
    now_due()
    pair = [worker(tmp_path, "--queues", "analysis", "--wait"), worker(tmp_path, "--queues", "analysis", "--wait")]
    try:
        until(lambda: Batch.objects.get().finished_at is not None)
    finally:
        for one in pair:
            one.kill()
            one.wait()
    found = Counter(batch.documents.values_list("state", "tries"))
    assert found == {(State.READ, 1): MEMBERS}
    assert Act.objects.filter(verb="analysis.finish").count() == 1


def test_what_lost_its_job_gets_another(uploader: Person, tmp_path: Path) -> None:
    batch = hand_in(uploader, ("年报.html", page().encode()))
    ProcrastinateJob.objects.all().delete()
    sweep(0)
    assert not ProcrastinateJob.objects.exists(), "what was uploaded just now has its job"
    Document.objects.update(touched_at="2020-01-01T00:00:00Z")
    sweep(0)
    sweep(0)
    assert ProcrastinateJob.objects.filter(task_name="analysis.read").count() == 1
    assert worker(tmp_path, "--queues", "analysis", "--one-shot").wait(60) == 0
    assert read_count(batch) == 1


def test_an_upload_that_is_rolled_back_leaves_no_job(uploader: Person) -> None:
    with transaction.atomic():
        hand_in(uploader, ("年报.html", page().encode()))
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
    assert not Batch.objects.exists()

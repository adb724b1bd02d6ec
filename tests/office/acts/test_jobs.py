"""Jobs are put into the queue with the transaction that needs them, on a page as in a worker."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.jobs import enqueue

pytestmark = pytest.mark.django_db(transaction=True)


def waiting() -> list[str]:
    return [job.task_name for job in ProcrastinateJob.objects.filter(task_name="test.job")]


def test_a_job_goes_back_with_its_transaction_also_where_a_worker_has_replaced_the_connector() -> None:
    with app.replace_connector(app.connector.get_worker_connector()), app.open():
        with transaction.atomic():
            enqueue("test.job", number=1)
            transaction.set_rollback(True)
        assert waiting() == []
        enqueue("test.job", number=1)
    assert waiting() == ["test.job"]


def test_once_is_enough_and_the_transaction_around_goes_on() -> None:
    with transaction.atomic():
        enqueue("test.job", once="one", number=1)
        enqueue("test.job", once="one", number=1)
        enqueue("test.job", number=2)
    assert waiting() == ["test.job", "test.job"]

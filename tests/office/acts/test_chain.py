"""The act log in the database: it only grows, and tampering shows."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.office.acts.models import Act, Link


def write(name: str) -> Act:
    return Act.objects.create(
        verb="test.write", label="写入", actor_name="张三", thing_type="x", thing_id="1", thing_name=name
    )


@pytest.mark.django_db(transaction=True)
def test_every_act_is_tied_to_the_one_before_at_commit() -> None:
    first, second = write("一"), write("二")
    one, two = Link.objects.all()
    assert (one.act_id, one.sequence, one.previous) == (first.pk, 1, "0" * 64)
    assert (two.act_id, two.sequence, two.previous) == (second.pk, 2, one.hash)
    assert len({one.hash, two.hash}) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acts_act SET actor_name = '李四'",
        "DELETE FROM acts_act",
        "TRUNCATE acts_act CASCADE",
        "UPDATE acts_link SET hash = 'x'",
        "DELETE FROM acts_link",
        "TRUNCATE acts_link",
        "INSERT INTO acts_link (act_id, sequence, previous, hash) SELECT id, 9, 'a', 'b' FROM acts_act",
    ],
)
def test_the_owner_of_the_tables_too_is_refused(statement: str) -> None:
    write("一")
    with pytest.raises(IntegrityError, match="操作日志"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Link.objects.count() == 1

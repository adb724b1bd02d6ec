"""Numbers have no gaps and no doubles, whoever fails and however many ask at once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from gongkai.office.acts.models import Act, Link, Sequence
from gongkai.office.acts.numbering import next_number
from gongkai.office.acts.selectors.chain import verify
from gongkai.office.bodies.models import Body

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, EACH = 50, 6


@pytest.fixture
def body() -> Body:
    return Body.objects.create(kind="other", name="城关镇人民政府")


def test_body_kind_and_year_each_count_for_themselves(body: Body) -> None:
    other = Body.objects.create(kind="other", name="县财政局")
    with transaction.atomic():
        given = [
            next_number(*key)
            for key in [
                (body.pk, "申请", 2024),
                (body.pk, "申请", 2024),
                (body.pk, "申请", 2025),
                (body.pk, "答复", 2024),
                (other.pk, "申请", 2024),
            ]
        ]
    assert given == [1, 2, 1, 1, 1]


def test_a_number_is_not_given_outside_a_transaction(body: Body) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        next_number(body.pk, "申请", 2024)
    assert not Sequence.objects.exists()


class _ThinksBetterOfItError(Exception):
    pass


def test_fifty_writers_of_whom_many_fail_leave_no_gap_and_no_double(body: Body) -> None:
    """Each takes a number, writes an act (so that the chain's lock is in play too), and commits or not."""

    def write(seed: int) -> list[int]:
        chance, kept = random.Random(seed), []
        try:
            for _ in range(EACH):
                try:
                    with transaction.atomic():
                        number = next_number(body.pk, "申请", 2024)
                        Act.objects.create(
                            verb="x",
                            label="写入",
                            actor_name=str(seed),
                            thing_type="x",
                            thing_id=str(number),
                            thing_name="x",
                        )
                        if chance.random() < 0.4:
                            raise _ThinksBetterOfItError
                    kept.append(number)
                except _ThinksBetterOfItError:
                    pass
            return kept
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        numbers = [number for kept in pool.map(write, range(WRITERS)) for number in kept]
    assert 0 < len(numbers) < WRITERS * EACH, "some failed, some did not"
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert Act.objects.count() == Link.objects.count() == len(numbers)
    assert verify().intact


def test_the_year_of_the_number_is_a_matter_of_the_act(body: Body) -> None:
    """Nothing in the counter looks at the calendar."""
    with transaction.atomic():
        assert next_number(body.pk, "申请", date.max.year) == 1

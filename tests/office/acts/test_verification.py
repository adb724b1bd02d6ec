"""Whoever changes the log, even with the database's safeguards switched off, is found out, and the place is named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.office.acts.models import Act, Link
from gongkai.office.acts.selectors import chain
from gongkai.office.acts.selectors.chain import head, verify

pytestmark = pytest.mark.django_db(transaction=True)

TRIGGERS = [
    ("acts_act", "acts_act_chain"),
    ("acts_act", "acts_act_fixed"),
    ("acts_link", "acts_link_fixed"),
    ("acts_link", "acts_link_born"),
]


def write(name: str) -> Act:
    return Act.objects.create(
        verb="test.write",
        label="写入",
        actor_name="张三",
        thing_type="x",
        thing_id="1",
        thing_name=name,
        detail={"数": [1.5, None]},
    )


@pytest.fixture
def ten() -> Iterator[list[int]]:
    """Ten acts; what a test switched off is switched on again, for its verdict has been given."""
    yield [write(f"第{n}件").pk for n in range(1, 11)]
    guarded("ENABLE ALWAYS")


def guarded(how: str) -> None:
    with connection.cursor() as cursor:
        for table, trigger in TRIGGERS:
            cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {trigger}")


def tamper(*statements: str) -> None:
    """As the owner of the tables may, with the safeguards off and then on again."""
    guarded("DISABLE")
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    guarded("ENABLE ALWAYS")


def found() -> list[tuple[str, int | None]]:
    return [(fault.kind, fault.sequence) for fault in verify().faults]


def test_an_untouched_log_is_intact(ten: list[int]) -> None:
    outcome = verify()
    assert outcome.intact
    assert (outcome.count, outcome.first, outcome.last) == (10, 1, 10)
    assert (outcome.last, outcome.head) == head()


def test_an_empty_log_is_intact() -> None:
    outcome = verify()
    assert outcome.intact
    assert (outcome.count, outcome.last, outcome.head) == (0, 0, "0" * 64)


def test_twenty_parallel_writers_make_one_chain_without_gaps() -> None:
    def many(writer: int) -> None:
        try:
            for n in range(10):
                with transaction.atomic():
                    write(f"{writer}的第{n}件")
                    write(f"{writer}的第{n}件之附")
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(many, range(20)))
    assert list(Link.objects.values_list("sequence", flat=True)) == list(range(1, 401))
    assert verify().intact


@pytest.mark.parametrize(
    "change",
    [
        "actor_name = '李四'",
        "at = at + interval '1 second'",
        "detail = '{\"数\": [1.50, null]}'",
        "detail = detail || '{\"多\": 1}'",
        "ground = ' '",
        "actor_id = 9",
        "address = '10.0.0.1'",
    ],
)
def test_a_changed_act_shows(ten: list[int], change: str) -> None:
    tamper(f"UPDATE acts_act SET {change} WHERE id = {ten[3]}")
    assert found() == [("altered", 4)]
    assert f"第4号（操作记录{ten[3]}）" in verify().faults[0].sentence


def test_an_act_changed_together_with_its_own_hash_shows_at_the_next(ten: list[int]) -> None:
    tamper(
        f"UPDATE acts_act SET actor_name = '李四' WHERE id = {ten[3]}",
        "UPDATE acts_link l"
        " SET hash = encode(sha256(convert_to(l.previous || E'\\n' || acts_canonical(a), 'UTF8')), 'hex')"
        f" FROM acts_act a WHERE a.id = l.act_id AND a.id = {ten[3]}",
    )
    assert found() == [("untied", 5)]


def test_an_act_deleted_from_the_middle_shows(ten: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'acts_link'::regclass AND contype = 'f'"
        )
        name, definition = cursor.fetchone()
    tamper(f"ALTER TABLE acts_link DROP CONSTRAINT {name}", f"DELETE FROM acts_act WHERE id = {ten[4]}")
    try:
        assert found() == [("gone", 5)]
    finally:
        tamper(f"ALTER TABLE acts_link ADD CONSTRAINT {name} {definition} NOT VALID")


def test_an_act_deleted_with_its_link_shows(ten: list[int]) -> None:
    tamper(f"DELETE FROM acts_link WHERE act_id = {ten[4]}", f"DELETE FROM acts_act WHERE id = {ten[4]}")
    assert found() == [("missing", 5)]


def test_a_gap_closed_by_moving_up_what_follows_shows(ten: list[int]) -> None:
    tamper(
        f"DELETE FROM acts_link WHERE act_id = {ten[4]}",
        f"DELETE FROM acts_act WHERE id = {ten[4]}",
        "UPDATE acts_link SET sequence = -sequence WHERE sequence > 5",
        "UPDATE acts_link SET sequence = -sequence - 1 WHERE sequence < 0",
    )
    assert found() == [("untied", 5)]


def test_a_cut_beginning_shows(ten: list[int]) -> None:
    tamper("DELETE FROM acts_link WHERE sequence <= 3", f"DELETE FROM acts_act WHERE id <= {ten[2]}")
    assert found() == [("missing", 1)]
    assert verify().faults[0].sentence == "第1至3号缺失，其后是第4号"


def test_a_cut_tail_shows_against_a_known_head(ten: list[int]) -> None:
    _, known = head()
    tamper("DELETE FROM acts_link WHERE sequence > 7", f"DELETE FROM acts_act WHERE id > {ten[6]}")
    assert verify().intact, "without a known head nothing can show: what is left is a chain"
    fault = verify({known: "三月一日所记"}).faults[0]
    assert (fault.kind, fault.sequence) == ("head", 7)
    assert known in fault.sentence
    assert "三月一日所记" in fault.sentence


def test_a_head_in_the_middle_is_known_too(ten: list[int]) -> None:
    earlier = Link.objects.get(sequence=4).hash
    assert verify({earlier: "较早时所记"}).intact


def test_a_chain_written_anew_from_a_changed_act_on_shows_against_a_known_head(ten: list[int]) -> None:
    _, known = head()
    tamper(f"UPDATE acts_act SET actor_name = '李四' WHERE id = {ten[3]}")
    before = Link.objects.get(sequence=3).hash
    for sequence in range(4, 11):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT acts_canonical(a) FROM acts_act a JOIN acts_link l ON l.act_id = a.id WHERE l.sequence = %s",
                [sequence],
            )
            after = hashlib.sha256(f"{before}\n{cursor.fetchone()[0]}".encode()).hexdigest()
        tamper(f"UPDATE acts_link SET previous = '{before}', hash = '{after}' WHERE sequence = {sequence}")
        before = after
    assert verify().intact
    assert [fault.kind for fault in verify({known: "x"}).faults] == ["head"]


def test_an_act_slipped_in_past_the_chain_shows(ten: list[int]) -> None:
    tamper(
        "INSERT INTO acts_act (verb, label, actor_name, role, standing_in_for, body_name, thing_type, thing_id,"
        " thing_name, detail, ground, request_number, address)"
        " SELECT verb, label, actor_name, role, standing_in_for, body_name,"
        f" thing_type, thing_id, '伪造', detail, ground, request_number, address FROM acts_act WHERE id = {ten[0]}"
    )
    forged = Act.objects.get(thing_name="伪造")
    assert [(f.kind, f.act_id) for f in verify().faults] == [("loose", forged.pk)]


def test_two_acts_that_changed_places_show(ten: list[int]) -> None:
    tamper(
        "UPDATE acts_link SET sequence = -1 WHERE sequence = 4",
        "UPDATE acts_link SET sequence = 4 WHERE sequence = 6",
        "UPDATE acts_link SET sequence = 6 WHERE sequence = -1",
    )
    assert found()[0] == ("untied", 4)


def test_contents_that_changed_places_show(ten: list[int]) -> None:
    tamper(
        f"UPDATE acts_act SET thing_name = '第5件' WHERE id = {ten[3]}",
        f"UPDATE acts_act SET thing_name = '第4件' WHERE id = {ten[4]}",
    )
    assert found() == [("altered", 4), ("altered", 5)]


def test_a_function_that_tells_the_old_text_of_a_changed_act_shows(ten: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('acts_canonical'::regproc)")
        honest = cursor.fetchone()[0]
    lying = honest.replace("a.actor_name", "replace(a.actor_name, '李四', '张三')")
    assert lying != honest
    tamper(lying, f"UPDATE acts_act SET actor_name = '李四' WHERE id = {ten[3]}")
    try:
        assert found() == [("two-faced", 4), ("unguarded", None)]
    finally:
        tamper(honest)


def test_a_safeguard_that_is_off_shows(ten: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE acts_act DISABLE TRIGGER acts_act_fixed")
        cursor.execute("ALTER TABLE acts_link ENABLE TRIGGER acts_link_born")
    sentences = [fault.sentence for fault in verify().faults]
    assert sorted(sentences) == [
        "保护操作日志的触发器acts_act_fixed已被停用",
        "保护操作日志的触发器acts_link_born已被停用",
    ]


def test_a_long_log_is_read_in_batches_and_tells_how_far_it_is(ten: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "BATCH", 4)
    told: list[tuple[int, int]] = []
    with CaptureQueriesContext(connection) as queries:
        outcome = verify(progress=lambda done, total: told.append((done, total)))
    assert outcome.intact
    assert outcome.count == 10
    assert told == [(4, 10), (8, 10), (10, 10)]
    assert sum("acts_canonical(a)" in query["sql"] for query in queries) == 3, "one question for each batch"


def test_a_fault_after_the_first_batch_is_found(ten: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "BATCH", 3)
    tamper(
        f"DELETE FROM acts_link WHERE act_id IN ({ten[2]}, {ten[3]})",
        f"DELETE FROM acts_act WHERE id IN ({ten[2]}, {ten[3]})",
    )
    assert found() == [("missing", 3)]
    assert verify().count == 8

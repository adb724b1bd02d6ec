"""Rotation seals everything anew under the first key, may be stopped anywhere, and changes no word."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from office.acts.personal.numbers import identity_number

from gongkai.office.acts.personal import rotation
from gongkai.office.acts.personal.keys import keyring


def fill(records: Any, count: int = 25) -> dict[int, str]:
    made = records.objects.bulk_create(
        records(id_number=identity_number(serial=serial), phone="13812345678" if serial % 2 else None)
        for serial in range(count)
    )
    return {record.pk: record.id_number.reveal() for record in made}


def contents(records: Any) -> dict[int, str]:
    return {record.pk: record.id_number.reveal() for record in records.objects.all()}


def stale(records: Any) -> int:
    names = ("id_number", "phone")
    return sum(rotation.waiting(records._meta.get_field(name)).count() for name in names)


def done() -> int:
    return sum(result.done for result in rotation.rotate())


def test_after_rotation_the_old_key_is_not_needed(records: Any, keys: list[bytes], settings: Any) -> None:
    before = fill(records)
    settings.DATA_KEYS = (keys[1], keys[0])
    assert contents(records) == before
    assert stale(records) == 25 + 12
    assert done() == 25 + 12
    settings.DATA_KEYS = (keys[1],)
    assert contents(records) == before
    assert stale(records) == 0


def test_lookups_find_before_amid_and_after_rotation(records: Any, keys: list[bytes], settings: Any) -> None:
    before = fill(records, 4)
    number = before[max(before)]
    settings.DATA_KEYS = (keys[1], keys[0])
    records.objects.filter(pk=max(before)).update(id_number=number)
    assert records.objects.filter(id_number_hash__in=list(before.values())).count() == 4
    rotation.rotate()
    settings.DATA_KEYS = (keys[1],)
    assert records.objects.get(id_number_hash=number).pk == max(before)
    assert records.objects.filter(id_number_hash__in=list(before.values())).count() == 4


def test_a_second_run_finds_nothing_to_do(records: Any, keys: list[bytes], settings: Any) -> None:
    fill(records)
    settings.DATA_KEYS = (keys[1], keys[0])
    assert done() > 0
    assert done() == 0


def test_stopped_amid_it_goes_on_where_it_was(
    records: Any, keys: list[bytes], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fill(records)
    settings.DATA_KEYS = (keys[1], keys[0])
    monkeypatch.setattr(rotation, "BATCH", 4)

    class StoppedError(Exception):
        pass

    def stop(result: rotation.Rotated) -> None:
        if result.done >= 8:
            raise StoppedError

    with pytest.raises(StoppedError):
        rotation.rotate(stop)
    assert stale(records) == 25 + 12 - 8
    assert done() == 25 + 12 - 8
    assert contents(records) == before


def test_what_does_not_open_is_named_left_alone_and_stops_nothing(
    records: Any, keys: list[bytes], settings: Any
) -> None:
    before = fill(records, 5)
    lost = min(before)
    settings.DATA_KEYS = (keys[2],)
    records.objects.filter(pk=lost).update(id_number=before[lost])
    settings.DATA_KEYS = (keys[1], keys[0])
    columns = {result.column: result for result in rotation.rotate()}
    results = {column.name: result for column, result in columns.items() if column and column.model is records}
    assert results["id_number"].broken == [lost]
    assert results["id_number"].done == 4
    settings.DATA_KEYS = (keys[1], keys[2])
    assert contents(records) == before


def test_the_command_says_what_it_did(records: Any, keys: list[bytes], settings: Any) -> None:
    fill(records, 3)
    settings.DATA_KEYS = (keys[1], keys[0])
    said = io.StringIO()
    call_command("rotate_data_keys", stdout=said)
    assert "申请人·身份证号码：3 条" in said.getvalue()
    assert "已重新加密 4 条，没有遗漏" in said.getvalue()


def test_the_command_fails_when_something_does_not_open(records: Any, keys: list[bytes], settings: Any) -> None:
    fill(records, 3)
    settings.DATA_KEYS = (keys[1],)
    said = io.StringIO()
    with pytest.raises(CommandError, match="无法解密"):
        call_command("rotate_data_keys", stdout=io.StringIO(), stderr=said)
    assert "申请人·身份证号码：3 条无法解密" in said.getvalue()


def test_rows_are_not_rotated_while_somebody_holds_them(records: Any, keys: list[bytes]) -> None:
    """``FOR NO KEY UPDATE`` is asked for: what another transaction writes is waited for, not overwritten."""
    fill(records, 1)
    rows = rotation.waiting(records._meta.get_field("id_number")).select_for_update(no_key=True)
    assert "FOR NO KEY UPDATE" in str(rows.query)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sample_record WHERE substring(id_number from 1 for 5) = %s", [keyring().current]
        )
        assert cursor.fetchone() == (1,)

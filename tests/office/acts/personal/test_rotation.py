"""Rotation seals everything anew under the first key, may be stopped anywhere, and changes no word."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from office.acts.attachments.kept import overwrite, place
from office.acts.personal.numbers import identity_number
from shared_files import ROOT

from gongkai.office.acts.personal import rotation
from gongkai.office.acts.personal.keys import keyring
from gongkai.office.acts.services.attachments import store


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


def test_files_are_sealed_anew_too_and_the_old_key_is_not_needed(keys: list[bytes], settings: Any, db: None) -> None:
    files = [store().put([b"%d" % number * 1000], 10_000).sha256 for number in range(3)]
    settings.DATA_KEYS = (keys[1], keys[0])
    assert [store().read(sha256)[:1] for sha256 in files] == [b"0", b"1", b"2"]
    files.append(store().put([b"new"], 10_000).sha256)
    said = io.StringIO()
    call_command("rotate_data_keys", stdout=said)
    assert "存储的文件：3 条" in said.getvalue()
    assert "没有遗漏；密钥列表中的旧密钥现在可以去掉" in said.getvalue()
    settings.DATA_KEYS = (keys[1],)
    assert [store().read(sha256)[:1] for sha256 in files] == [b"0", b"1", b"2", b"n"]
    assert done() == 0


@pytest.mark.parametrize("harm", ["foreign", "damaged"])
def test_while_one_file_does_not_open_no_key_is_said_to_be_dispensable(
    keys: list[bytes], settings: Any, db: None, harm: str
) -> None:
    whole = store().put([b"whole"], 10_000).sha256
    settings.DATA_KEYS = (keys[2] if harm == "foreign" else keys[0],)
    harmed = store().put([b"harmed"], 10_000).sha256
    if harm == "damaged":
        overwrite(place(store(), harmed), place(store(), harmed).read_bytes()[:-1])
    settings.DATA_KEYS = (keys[1], keys[0])
    said = io.StringIO()
    with pytest.raises(CommandError, match="已重新加密 1 条，但有内容无法解密，旧密钥不要去掉"):
        call_command("rotate_data_keys", stdout=io.StringIO(), stderr=said)
    assert f"存储的文件：1 条无法解密（编号 {harmed[:12]}）" in said.getvalue()
    settings.DATA_KEYS = (keys[1], keys[2])
    assert store().read(whole) == b"whole"
    if harm == "foreign":
        assert store().read(harmed) == b"harmed"
        assert done() == 1


ROTATOR = """
import sys
from pathlib import Path
from gongkai.office.acts.attachments.store import FileStore
from gongkai.office.acts.personal.keys import Keyring
store = FileStore(Path(sys.argv[1]), Keyring([bytes([2]) * 32, bytes([1]) * 32]))
for sha256 in store.outdated():
    store.reseal(sha256)
    print(sha256, flush=True)
"""


def test_killed_while_files_are_sealed_anew_every_file_is_whole_and_the_next_run_goes_on(
    keys: list[bytes], settings: Any, db: None
) -> None:
    contents = {store().put([bytes([number]) * 400_000], 1_000_000).sha256: number for number in range(40)}
    settings.DATA_KEYS = (keys[1], keys[0])
    rounds, left = 0, list(store().outdated())
    while left:
        rounds += 1
        rotator = subprocess.Popen(
            [sys.executable, "-c", ROTATOR, str(store().root)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.PIPE,
        )
        assert rotator.stdout is not None
        for _ in range(min(11, len(left))):
            rotator.stdout.readline()
        rotator.send_signal(signal.SIGKILL)  # somewhere amid the next
        rotator.wait()
        rotator.stdout.close()
        assert all(store().read(sha256) == bytes([number]) * 400_000 for sha256, number in contents.items())
        before, left = left, list(store().outdated())
        assert len(left) < len(before)
    assert rounds > 1
    store().sweep()
    assert [path for path in store().root.rglob("*") if path.is_file() and path.name not in contents] == []


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

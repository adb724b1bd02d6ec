"""Nightly care: nothing that a record claims is removed, damage is found, what is open gets its job."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from typing import Any

import pytest
from office.acts.attachments.kept import FOREIGN_KEY, overwrite, place
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import StoredFile
from gongkai.office.acts.services import file_care
from gongkai.office.acts.services.attachments import TryAgainError, examine, store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    """A store of the test's own."""
    settings.DATA = tmp_path


def kept(content: bytes, *, old: bool = True) -> str:
    sha256 = store().put([content], 1000).sha256
    if old:
        os.utime(place(store(), sha256), (time.time() - 100_000,) * 2)
    return sha256


def recorded(content: bytes, **values: Any) -> StoredFile:
    sha256 = kept(content)
    return StoredFile.objects.create(sha256=sha256, size=len(content), kind_key="text", findings_json="[]", **values)


def test_only_what_no_record_of_any_app_claims_is_removed() -> None:
    from gongkai.office.analysis.models import Document

    mine = recorded(b"attached").sha256
    assert "sha256" in {field.name for field in Document._meta.fields}
    forgotten, new = kept(b"rolled back"), kept(b"on its way", old=False)
    assert file_care.claimed([mine, forgotten, new]) == {mine}
    file_care.sweep()
    assert set(store().hashes()) == {mine, new}


def test_what_was_never_looked_through_gets_a_job() -> None:
    recorded(b"done")
    file = recorded(b"open")
    StoredFile.objects.filter(pk=file.pk).update(findings_json=None)
    file_care.sweep()
    file_care.sweep()
    assert list(ProcrastinateJob.objects.values_list("args", flat=True)) == [{"file_id": file.pk}]


def test_damage_is_found_and_taken_back_when_it_is_healed() -> None:
    good, bad, gone = recorded(b"good"), recorded(b"bad"), recorded(b"gone")
    overwrite(place(store(), bad.sha256), b"bed")
    place(store(), gone.sha256).unlink()
    assert set(file_care.verify()) == {bad.sha256, gone.sha256}
    assert set(StoredFile.objects.filter(damaged=True)) == {bad, gone}
    kept(b"bad")
    kept(b"gone")
    assert file_care.verify() == []
    assert not StoredFile.objects.filter(damaged=True).exists()
    assert good.sha256 in set(store().hashes())


def test_verification_goes_on_where_it_stopped() -> None:
    files = [recorded(bytes([65 + number]) * 10) for number in range(5)]
    for file in files:
        place(store(), file.sha256).unlink()
    assert file_care.verify(20) == [files[0].sha256, files[1].sha256]
    assert file_care.verify(20) == [files[2].sha256, files[3].sha256]
    assert file_care.verify(20) == [files[4].sha256, files[0].sha256]


def test_files_from_before_and_files_under_an_old_key_are_sealed_at_night(settings: Any) -> None:
    plain, older = recorded(b"from before"), recorded(b"under the old key")
    overwrite(place(store(), plain.sha256), b"from before")
    settings.DATA_KEYS = (FOREIGN_KEY, *settings.DATA_KEYS)
    file_care.sweep()
    assert list(store().outdated()) == []
    assert b"before" not in place(store(), plain.sha256).read_bytes()
    settings.DATA_KEYS = (FOREIGN_KEY,)
    assert [store().read(file.sha256) for file in (plain, older)] == [b"from before", b"under the old key"]


def test_a_missing_key_is_no_damage_and_stops_nothing(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    locked = recorded(b"locked")
    mine, settings.DATA_KEYS = settings.DATA_KEYS, (FOREIGN_KEY,)
    bad = recorded(b"bad")
    overwrite(place(store(), bad.sha256), b"bed")
    with caplog.at_level(logging.ERROR):
        file_care.sweep()
        assert file_care.verify(10) == [bad.sha256], "what cannot be judged takes nothing from what can be read a night"
    assert "2 files could not be sealed anew" in caplog.text, "nor is one that was changed sealed as if it were whole"
    assert "1 stored files cannot be verified: their data key is missing" in caplog.text
    assert list(StoredFile.objects.filter(damaged=True)) == [bad]
    settings.DATA_KEYS = (FOREIGN_KEY, *mine)
    assert file_care.verify() == [bad.sha256]
    assert store().read(locked.sha256) == b"locked"


def test_a_look_at_a_file_whose_key_is_missing_is_tried_again_and_a_damaged_one_is_marked(settings: Any) -> None:
    locked, bad = recorded(b"locked"), recorded(b"bad")
    StoredFile.objects.update(findings_json=None)
    overwrite(place(store(), bad.sha256), place(store(), bad.sha256).read_bytes()[:-1])
    examine(bad.pk)
    bad.refresh_from_db()
    assert bad.damaged
    settings.DATA_KEYS = (FOREIGN_KEY,)
    with pytest.raises(TryAgainError, match="缺少当时的数据密钥"):
        examine(locked.pk)
    locked.refresh_from_db()
    assert not locked.damaged
